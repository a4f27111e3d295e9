import { mkdir, readdir, rm } from 'node:fs/promises';
import { join, resolve, sep } from 'node:path';
import { GraderError } from '../errors.ts';
import { isUnfinished, removeUnfinished } from '../files/atomic.ts';
import { claimFile, claimFolder, claimLock, type Claim, type HeldFolder } from '../files/claim.ts';
import { resultsFolder } from './results-folder.ts';

/** A folder that no other grading writes in until it is given back. */
interface ResultDirectory {
  readonly path: string;
  readonly giveBack: () => Promise<void>;
}

interface GradedFile {
  readonly problemId: string;
  readonly file: string;
  /** What the report calls the file. */
  readonly name: string;
}

/**
 * Makes and claims the folder for one grading: the named one, or a new one in `results/`. Throws with
 * fault `usage` when another grading writes there or the named folder holds anything that is not an
 * earlier result, `machine` when it cannot be made.
 */
export async function resultDirectory(
  { problemId, file, name }: GradedFile,
  named: string | undefined,
): Promise<ResultDirectory> {
  const path = named ?? (await newDirectory(problemId, name));
  // Before anything is written, also the claim: a stranger's folder stays as it is.
  refuseStrange(path, await contentsOf(path));
  const giveBack = await claim(path, file);
  try {
    await removeEarlier(path, file);
    return { path, giveBack };
  } catch (error) {
    await giveBack();
    throw error;
  }
}

function contentsOf(path: string): Promise<string[]> {
  return mkdir(path, { recursive: true })
    .then(() => readdir(path))
    .catch((cause: unknown) => {
      throw resultNotWritten(path, cause);
    });
}

async function claim(path: string, file: string): Promise<() => Promise<void>> {
  const claimed = await claimFolder(path, resolve(file)).catch((cause: unknown) => {
    throw resultNotWritten(path, cause);
  });
  if (typeof claimed === 'function') return claimed;
  throw beingWritten(path, claimed);
}

function beingWritten(path: string, { holder }: HeldFolder): GraderError {
  const who = holder === null ? 'another grading' : nameOf(holder);
  return new GraderError({
    fault: 'usage',
    code: 'out-in-use',
    message: `${path} is being written by ${who}.`,
    help: `Name another folder with --out, or wait until it is done. (It says so in ${join(path, claimFile)}.)`,
  });
}

function nameOf({ pid, host, since, about }: Claim): string {
  return `the grading of ${about} (process ${pid} on ${host}, since ${since})`;
}

/** What a result of a class depends on. */
export const gradedAsFile = 'graded-as.json';

/** What a grading leaves; a later one that ends early must not stand beside an earlier one's model. */
const resultFiles = [
  ...[gradedAsFile, '.scratch', 'held-out.csv', 'model', 'predictions.f32', 'recipe.json'],
  ...['report.html', 'report.json'],
];

const logFile = 'log.txt';

const traces = [logFile, claimFile, claimLock];
const isTrace = (name: string) =>
  traces.includes(name) || isUnfinished(name, [...traces, ...resultFiles]);
const isOwn = (name: string) => isTrace(name) || resultFiles.includes(name);

/** Paths of all that a grading writes into its folder. */
export function filesOfResult(folder: string): string[] {
  return [...resultFiles, ...traces].map((name) => join(folder, name));
}

/** Whether a folder with these names in it holds a result and nothing else. */
export function isResult(present: readonly string[]): boolean {
  return present.includes('report.json') && present.every(isOwn);
}

/** Throws unless a folder is empty, holds a result, or what a killed grading has left. */
function refuseStrange(path: string, present: readonly string[]): void {
  // A model or a recipe alone may be the user's.
  const isCutShort = present.some(isTrace) && present.every(isOwn);
  if (present.length === 0 || present.includes('report.json') || isCutShort) return;
  throw new GraderError({
    fault: 'usage',
    code: 'out',
    message: `${path} is not empty and holds no earlier result.`,
    help: 'Name another folder with --out.',
  });
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
  await removeUnfinished(directory, [...resultFiles, logFile, claimFile]).catch(
    (cause: unknown) => {
      throw resultNotWritten(directory, cause);
    },
  );
}

/** What the names of new folders for a submission begin with; the time follows. */
export function folderStem(problemId: string, submission: string): string {
  const name = submission.replace(/\.[^.]+$/, '').replaceAll('/', '-');
  return name === problemId ? problemId : `${problemId}-${name}`;
}

async function newDirectory(problemId: string, submission: string): Promise<string> {
  const time = new Date().toISOString().slice(0, 19).replace(/[-:]/g, '').replace('T', '-');
  const stem = `${folderStem(problemId, submission)}-${time}`;
  for (let attempt = 1; ; attempt++) {
    const directory = join(resultsFolder, attempt === 1 ? stem : `${stem}-${attempt}`);
    await mkdir(resultsFolder, { recursive: true }).catch((cause: unknown) => {
      throw resultNotWritten(resolve(resultsFolder), cause);
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
