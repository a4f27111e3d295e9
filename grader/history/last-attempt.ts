import { readdir, readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { ArrayFile, Attempt, ProblemDefinition } from '../contract.ts';
import { folderStem } from '../results/result-directory.ts';
import { resultsFolder } from '../results/results-folder.ts';
import { readAttempt } from './read-attempt.ts';
import { findPredictions } from './stored-predictions.ts';

/** An attempt that was scored, with what it predicted. */
export interface EarlierAttempt {
  /** The name of its result folder. */
  readonly folder: string;
  readonly attempt: Attempt & { readonly score: NonNullable<Attempt['score']> };
  /** Null where the file is not there as it should be. */
  readonly predictions: Predictions | null;
}

type Predictions = Pick<ArrayFile, 'dtype' | 'shape'> & { readonly bytes: Uint8Array };

interface Sought {
  readonly problem: Pick<ProblemDefinition, 'id' | 'version' | 'metric'>;
  /** Of the submission. */
  readonly name: string;
  readonly sample: boolean;
  /** The folder that the grading will write; null for a new one in `results/`. */
  readonly out: string | null;
}

/** Folders that are looked into: most attempts are scored. */
const mostRead = 50;

/**
 * The last scored attempt with the same problem, submission name and kind of data: among the folders in
 * `results/`, or in the folder that is to be written again. What cannot be read is passed over.
 */
export async function findLastAttempt(sought: Sought): Promise<EarlierAttempt | null> {
  for (const folder of (await candidates(sought)).slice(0, mostRead)) {
    const attempt = await readAttempt(join(folder, 'report.json'));
    if (typeof attempt === 'string' || !isSought(attempt, sought)) continue;
    const { score } = attempt;
    if (score === null) continue;
    const predictions = await readPredictions(folder, attempt);
    return { folder: basename(folder), attempt: { ...attempt, score }, predictions };
  }
  return null;
}

/** By the names that gradings give them: thousands of folders take one look at the list. */
async function candidates({ problem, name, out }: Sought): Promise<readonly string[]> {
  if (out !== null) return [out];
  const stem = `${folderStem(problem.id, name)}-`;
  const names = await readdir(resultsFolder).catch(() => []);
  return names
    .filter((each) => each.startsWith(stem) && time.test(each.slice(stem.length)))
    .sort((a, b) => b.localeCompare(a, 'en', { numeric: true }))
    .map((each) => join(resultsFolder, each));
}

const time = /^\d{8}-\d{6}(-\d+)?$/;

function isSought(attempt: Attempt, { problem, name, sample }: Sought): boolean {
  return (
    attempt.countsAsAttempt &&
    attempt.submission.file === name &&
    attempt.problem.id === problem.id &&
    attempt.problem.version === problem.version &&
    attempt.problem.metric.id === problem.metric.id &&
    attempt.data?.sample === sample
  );
}

async function readPredictions(folder: string, attempt: Attempt): Promise<Predictions | null> {
  const found = await findPredictions(folder, attempt);
  const bytes = found && (await readFile(found.path).catch(() => null));
  return found && bytes && { dtype: found.dtype, shape: found.shape, bytes };
}
