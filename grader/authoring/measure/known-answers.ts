import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { problemIn } from '../../../problems/load-problems.ts';
import type { Problem } from '../../contract.ts';
import { fileDigest } from '../../files/digest.ts';
import { earnPoints } from '../../metrics/points.ts';
import { pathsOf, type Prepared } from '../../prepare/prepared.ts';
import { runPrepare } from '../../prepare/start.ts';
import { constantPredictor } from '../constant-rows.ts';
import { forgetPrepared, withCopy } from '../package-copy.ts';
import { gradeRecipe, referenceOf, type Measuring } from './grade-recipe.ts';

/** A question whose answer is known of every package in order. */
interface KnownAnswer {
  readonly id: 'deterministic' | 'sample' | 'constant' | 'starter' | 'reference';
  readonly isRight: boolean;
  /** What was asked, and what came. */
  readonly text: string;
}

/** Asks a package all questions, one after the other. Throws what is not an answer, such as an interrupt. */
export async function knownAnswers(
  directory: string,
  { reference, ...measuring }: Measuring & { readonly reference?: string | undefined },
): Promise<readonly KnownAnswer[]> {
  const problem = problemIn(directory);
  const file = referenceOf(directory, reference);
  const prepared = await prepare(problem, false, measuring);
  return [
    await preparedTwice(problem, prepared, measuring),
    ...(problem.definition.sample ? [await sampleData(problem, measuring)] : []),
    await constantPoints(problem, prepared),
    await recipePoints(problem, { id: 'starter', file: join(directory, 'starter.ts') }, measuring),
    await recipePoints(problem, { id: 'reference', file }, measuring),
  ];
}

function prepare(
  { directory }: Problem,
  sample: boolean,
  { signal, listener }: Measuring,
): Promise<Prepared> {
  const onProgress = listener.onPrepare?.bind(listener) ?? (() => undefined);
  return runPrepare({ directory, sample, sampleSeed: 1 }, { signal, onProgress });
}

/** A copy with one file more is another package, whose data are made anew. */
async function preparedTwice(
  { directory }: Problem,
  first: Prepared,
  measuring: Measuring,
): Promise<KnownAnswer> {
  const addFile = (folder: string) => writeFile(join(folder, '.prepared-again'), '');
  return withCopy(directory, addFile, async (copy) => {
    const again = await prepare(copy, false, measuring);
    try {
      const isRight = (await digestOfAll(first)) === (await digestOfAll(again));
      const text = `prepared twice, the data are ${isRight ? 'the same' : 'not the same'}`;
      return { id: 'deterministic', isRight, text };
    } finally {
      await forgetPrepared(again);
    }
  });
}

function digestOfAll(prepared: Prepared): Promise<string> {
  return fileDigest(...pathsOf(prepared));
}

async function sampleData(problem: Problem, measuring: Measuring): Promise<KnownAnswer> {
  const { data } = await prepare(problem, true, measuring);
  const rows = data.training.inputs.shape[0] ?? 0;
  return { id: 'sample', isRight: rows > 0, text: `the sample has ${rows} training rows` };
}

async function constantPoints({ definition }: Problem, prepared: Prepared): Promise<KnownAnswer> {
  const { value } = await constantPredictor(definition, prepared);
  const { metric, profiles } = definition;
  const { points } = earnPoints(value, profiles.strict, metric.better);
  const text = `one answer for all rows has ${metric.name} ${short(value)} and ${points} points; it must have 0`;
  return { id: 'constant', isRight: points === 0, text };
}

async function recipePoints(
  problem: Problem,
  { id, file }: { readonly id: 'starter' | 'reference'; readonly file: string },
  measuring: Measuring,
): Promise<KnownAnswer> {
  const { metric, passMark } = problem.definition;
  const report = await gradeRecipe({ problem, file, seed: 1 }, measuring);
  const points = report.score?.points ?? 0;
  const isRight = id === 'reference' ? points === 5 : report.failure === null && points < passMark;
  const must = id === 'reference' ? 'it must have 5' : `it must have less than ${passMark}`;
  const came = report.score
    ? `has ${metric.name} ${short(report.score.value)} and ${points} points`
    : `fails: ${report.failure?.message ?? ''}`;
  return { id, isRight, text: `the ${id} ${came}; ${must}` };
}

function short(value: number): string {
  return String(Number(value.toPrecision(4)));
}
