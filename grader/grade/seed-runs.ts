import { rename } from 'node:fs/promises';
import { join } from 'node:path';
import type { Failure, Scored, SeedRun, Submission } from '../contract.ts';
import { GraderError, toFailure, usageError } from '../errors.ts';
import { type Grading, scratchOf } from './grading.ts';
import { seedOf, type Outcome } from './outcome.ts';
import type { GradeRequest } from './request.ts';

interface Trained {
  readonly run: SeedRun;
  /** What this training left behind, and where. */
  readonly outcome: Outcome;
  readonly directory: string;
  /** Null where the training failed by its own fault. */
  readonly scored: Scored | null;
  readonly failure: Failure | null;
}

/** Throws with fault `usage` where several seeds or a sweep are asked for and nothing is trained, of one file alone. */
export function checkSeeds(request: GradeRequest, { trained }: Submission): void {
  const { seeds, sweep, isOneOfMany } = request;
  if ((seeds === 1 && !sweep) || trained === null || isOneOfMany) return;
  const [what, option] = seeds > 1 ? ['Several seeds', '--seeds'] : ['A sweep', '--sweep'];
  throw usageError(
    'nothing-to-train',
    `${what} (${option}) was asked for, and this model file is graded with the weights it has: there is nothing to train.`,
    `Leave ${option} out, or train its architecture anew with --retrain or --recipe.`,
  );
}

/**
 * Trains and scores a recipe by one seed after the other, and leaves the outcome of the median as that of
 * the grading: of an even number, of the worse one of both in the middle. A training that fails by the
 * submission's fault is worse than any score. A first Ctrl-C leaves those that are done. Throws what one
 * training throws where the median failed, or none was done.
 */
export async function gradeSeeds(
  grading: Grading,
  submission: Submission,
  gradeOnce: (grading: Grading) => Promise<Scored>,
): Promise<Scored> {
  const { request, outcome, listener } = grading;
  const { seeds: asked, interrupt } = request;
  const first = seedOf(request, submission);
  const done: Trained[] = [];
  for (let at = 0; at < asked; at++) {
    const seed = first + at;
    listener.onSeed?.({ seed, number: at + 1, of: asked, run: null });
    const trained = await trainSeed(grading, seed, gradeOnce).catch((error: unknown) => {
      if (request.kill.aborted || !interrupt.aborted || done.length === 0) throw error;
      return null;
    });
    // What was cut short is no sample of what the recipe does; alone it is better than nothing.
    if (!trained || (interrupt.aborted && done.length > 0)) break;
    done.push(trained);
    listener.onSeed?.({ seed, number: at + 1, of: asked, run: trained.run });
    if (interrupt.aborted) break;
  }
  const median = medianOf(done, request.problem.definition.metric.better);
  Object.assign(outcome, median.outcome, { seeds: { asked, runs: done.map(({ run }) => run) } });
  outcome.seed = median.run.seed;
  if (median.failure !== null || median.scored === null) {
    throw new GraderError(median.failure ?? noScore);
  }
  await keep(median.directory, request.directory);
  return median.scored;
}

const noScore: Failure = {
  fault: 'grader',
  code: 'no-score',
  message: 'internal: a training has neither a score nor a failure.',
};

async function trainSeed(
  grading: Grading,
  seed: number,
  gradeOnce: (grading: Grading) => Promise<Scored>,
): Promise<Trained> {
  const { request } = grading;
  const directory = join(scratchOf(request), `seed-${seed}`);
  const outcome = { ...grading.outcome, notes: [...grading.outcome.notes] };
  const own = { ...grading, outcome, request: { ...request, seed, directory } };
  let [scored, failure]: [Scored | null, Failure | null] = [null, null];
  try {
    scored = await gradeOnce(own);
  } catch (error) {
    failure = toFailure(error);
    if (failure.fault !== 'candidate' && failure.fault !== 'limit') throw error;
  }
  const { training } = outcome;
  const run = {
    seed,
    value: scored?.score.value ?? null,
    points: scored?.score.points ?? 0,
    epochs: training?.history.length ?? 0,
    trainSeconds: training?.trainSeconds ?? 0,
    failure: failure?.code ?? null,
  };
  return { run, outcome, directory, scored, failure };
}

/** By the metric, the worst first; equal ones in the order of their seeds. */
function medianOf(done: readonly Trained[], better: 'lower' | 'higher'): Trained {
  const sign = better === 'higher' ? 1 : -1;
  const rank = ({ run }: Trained) => (run.value === null ? -Infinity : sign * run.value);
  const sorted = [...done].sort((a, b) => rank(a) - rank(b) || 0);
  const median = sorted[Math.floor((sorted.length - 1) / 2)];
  if (!median) throw new Error('internal: no training was done');
  return median;
}

async function keep(from: string, to: string): Promise<void> {
  for (const name of ['model', 'predictions.f32']) await rename(join(from, name), join(to, name));
}
