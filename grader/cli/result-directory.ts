import { mkdir, readdir } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { GraderError } from '../errors.ts';

/**
 * Makes the folder for one grading: the named one, or a new one in `results/`. Throws with fault
 * `usage` when the named folder holds anything that is not an earlier result.
 */
export async function resultDirectory(
  problemId: string,
  file: string,
  named: string | undefined,
): Promise<string> {
  if (named === undefined) return newDirectory(problemId, file);
  await mkdir(named, { recursive: true }).catch((cause: unknown) => {
    throw unusable(`${named} cannot be made: ${reasonOf(cause)}.`, cause);
  });
  const present = await readdir(named);
  if (present.length === 0 || present.includes('report.json')) return named;
  throw unusable(`${named} is not empty and holds no earlier result.`);
}

async function newDirectory(problemId: string, file: string): Promise<string> {
  const name = basename(file).replace(/\.[^.]+$/, '');
  const time = new Date().toISOString().slice(0, 19).replace(/[-:]/g, '').replace('T', '-');
  const stem = name === problemId ? `${problemId}-${time}` : `${problemId}-${name}-${time}`;
  for (let attempt = 1; ; attempt++) {
    const directory = join('results', attempt === 1 ? stem : `${stem}-${attempt}`);
    await mkdir('results', { recursive: true });
    try {
      await mkdir(directory);
      return directory;
    } catch (error) {
      // Another grading of the same second has it.
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    }
  }
}

function unusable(message: string, cause?: unknown): GraderError {
  return new GraderError(
    { fault: 'usage', code: 'out', message, help: 'Name another folder with --out.' },
    { cause },
  );
}

function reasonOf(cause: unknown): string {
  return cause instanceof Error ? cause.message : String(cause);
}
