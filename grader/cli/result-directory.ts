import { mkdir, readdir, rm } from 'node:fs/promises';
import { basename, join, resolve, sep } from 'node:path';
import { GraderError } from '../errors.ts';

/**
 * Makes the folder for one grading: the named one, or a new one in `results/`. Throws with fault
 * `usage` when the named folder holds anything that is not an earlier result, `machine` when it
 * cannot be made.
 */
export async function resultDirectory(
  problemId: string,
  file: string,
  named: string | undefined,
): Promise<string> {
  if (named === undefined) return newDirectory(problemId, file);
  const present = await mkdir(named, { recursive: true })
    .then(() => readdir(named))
    .catch((cause: unknown) => {
      throw resultNotWritten(named, cause);
    });
  if (present.length === 0) return named;
  if (present.includes('report.json') || isCutShort(present)) {
    await removeEarlier(named, file);
    return named;
  }
  throw new GraderError({
    fault: 'usage',
    code: 'out',
    message: `${named} is not empty and holds no earlier result.`,
    help: 'Name another folder with --out.',
  });
}

/** What a grading leaves; a later one that ends early must not stand beside an earlier one's model. */
const resultFiles = [
  ...['.scratch', 'model', 'predictions.f32', 'recipe.json', 'report.html', 'report.json'],
];

const logFile = 'log.txt';

/** What a grading leaves that was killed: its log, and nothing that is not its own. */
function isCutShort(present: readonly string[]): boolean {
  const own = [logFile, ...resultFiles];
  return present.includes(logFile) && present.every((name) => own.includes(name));
}

async function removeEarlier(directory: string, submission: string): Promise<void> {
  const paths = resultFiles.map((name) => resolve(directory, name));
  const graded = resolve(submission);
  // The recipe or the model of an earlier result may be what is graded now.
  const isGraded = (path: string) => graded === path || graded.startsWith(`${path}${sep}`);
  for (const path of paths.filter((each) => !isGraded(each))) {
    await rm(path, { recursive: true, force: true }).catch((cause: unknown) => {
      throw resultNotWritten(path, cause);
    });
  }
}

async function newDirectory(problemId: string, file: string): Promise<string> {
  const name = basename(file).replace(/\.[^.]+$/, '');
  const time = new Date().toISOString().slice(0, 19).replace(/[-:]/g, '').replace('T', '-');
  const stem = name === problemId ? `${problemId}-${time}` : `${problemId}-${name}-${time}`;
  for (let attempt = 1; ; attempt++) {
    const directory = join('results', attempt === 1 ? stem : `${stem}-${attempt}`);
    await mkdir('results', { recursive: true }).catch((cause: unknown) => {
      throw resultNotWritten(resolve('results'), cause);
    });
    try {
      await mkdir(directory);
      return directory;
    } catch (error) {
      // Another grading of the same second has it.
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') {
        throw resultNotWritten(directory, error);
      }
    }
  }
}

/** For what keeps a result from the disk: rights, room, or a file where the folder should be. */
export function resultNotWritten(path: string, cause: unknown): GraderError {
  const reason = cause instanceof Error ? cause.message : String(cause);
  return new GraderError(
    {
      fault: 'machine',
      code: 'results-not-written',
      message: `The results cannot be written to ${path}: ${reason}.`,
      help: 'Name another folder with --out.',
    },
    { cause },
  );
}
