import { cp, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { problemIn } from '../../problems/load-problems.ts';
import type { Problem } from '../contract.ts';
import { temporaryFolder } from '../files/temporary.ts';
import type { Prepared } from '../prepare/prepared.ts';

/**
 * Does some work with a copy of a package that was changed, and removes the copy. Its data are prepared anew, as
 * those of any package that is another.
 */
export async function withCopy<Result>(
  directory: string,
  change: (folder: string) => Promise<void>,
  work: (copy: Problem) => Promise<Result>,
): Promise<Result> {
  const scratch = temporaryFolder('package');
  const folder = join(scratch, basename(directory));
  try {
    await cp(directory, folder, { recursive: true, filter: (path) => !unneeded.test(path) });
    await change(folder);
    return await work(problemIn(folder));
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}

const unneeded = /\/(?:node_modules|results|\.git)$/;

/** Removes prepared data that no grading will ask for again. */
export async function forgetPrepared({ data }: Prepared): Promise<void> {
  const folder = dirname(dirname(data.training.inputs.path));
  await rm(folder, { recursive: true, force: true });
}
