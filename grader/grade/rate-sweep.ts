import { join } from 'node:path';
import type { RateRun, RateSweep, Recipe, RecipeSubmission } from '../contract.ts';
import { isKerasObject } from '../recipe/keras-class.ts';
import { toFailure } from '../errors.ts';
import { type Grading, scratchOf } from './grading.ts';
import { seedOf } from './outcome.ts';
import { rateFactors } from './swept-rates.ts';

/** Steps of a short training, in two epochs at least. */
const steps = 100;

interface Sweeping {
  /** Of the training part. */
  readonly rows: number;
  readonly train: (grading: Grading, submission: RecipeSubmission) => Promise<unknown>;
}

/**
 * Trains a recipe for about a hundred steps at each of nine constant learning rates around its own, as in a
 * learning-rate range test (L. N. Smith, Cyclical learning rates for training neural networks, 2017), and
 * judges its own by the losses; also where the training that was to be graded had no finite loss. Null where there is nothing to go by, or a Ctrl-C came.
 */
export async function sweepRates(
  grading: Grading,
  submission: RecipeSubmission,
  { rows, train }: Sweeping,
): Promise<RateSweep | null> {
  const { request, outcome, listener } = grading;
  const first = outcome.training?.history[0]?.learningRate ?? firstRate(submission.recipe);
  // A float32 has more digits than anybody wrote.
  const own = Number(first.toPrecision(3));
  if (!(own > 0)) return null;
  const seed = outcome.seed ?? seedOf(request, submission);
  const runs: RateRun[] = [];
  for (const [at, factor] of rateFactors.entries()) {
    const rate = Number((own * factor).toPrecision(3));
    const directory = join(scratchOf(request), `rate-${at}`);
    const short = {
      ...{ ...grading, listener: {}, outcome: { ...outcome, notes: [] } },
      request: { ...request, seed, directory },
    };
    const recipe = withRate(submission.recipe, rate, rows);
    const loss = await lossOf(short, () => train(short, { ...submission, recipe }));
    if (request.interrupt.aborted) return null;
    runs.push({ rate, loss });
    listener.onRate?.({ rate, loss, number: at + 1, of: rateFactors.length });
  }
  return judged(own, runs);
}

/** That of a training which had no whole epoch; 0 where a schedule does not begin with the rate that it names. */
function firstRate({ compile }: Recipe): number {
  const { learning_rate: rate } = compile.optimizer.config;
  if (typeof rate === 'number') return rate;
  const named = isKerasObject(rate) ? rate.config['initial_learning_rate'] : null;
  return typeof named === 'number' ? named : 0;
}

/** The recipe for a few steps, at one rate, without what would change or end it. */
function withRate(recipe: Recipe, rate: number, rows: number): Recipe {
  const { optimizer } = recipe.compile;
  const batches = Math.max(1, Math.ceil(rows / recipe.fit.batch_size));
  const stepsPerEpoch = Math.min(recipe.fit.steps_per_epoch ?? batches, steps / 2);
  const epochs = Math.max(2, Math.ceil(steps / stepsPerEpoch));
  const config = { ...optimizer.config, learning_rate: rate };
  return {
    ...recipe,
    compile: { ...recipe.compile, optimizer: { ...optimizer, config } },
    fit: {
      ...recipe.fit,
      ...{ epochs, steps_per_epoch: stepsPerEpoch, validation_freq: epochs, callbacks: [] },
    },
  };
}

/** The loss of the last epoch; null where it is no number. */
async function lossOf(short: Grading, train: () => Promise<unknown>): Promise<number | null> {
  try {
    await train();
  } catch (error) {
    const { fault } = toFailure(error);
    if (!['candidate', 'limit', 'interrupted'].includes(fault)) throw error;
  }
  const { stoppedBy, history = [] } = short.outcome.training ?? {};
  const loss = history.at(-1)?.logs['loss'] ?? NaN;
  return stoppedBy !== 'not-finite' && Number.isFinite(loss) ? loss : null;
}

/** Of the way to the lowest loss: as far as the best rate, clearly less far. */
const [asFar, lessFar] = [0.9, 0.4];

/** A short training likes a higher rate than a long one, so the lowest of those that come as far is taken. */
function judged(own: number, runs: readonly RateRun[]): RateSweep | null {
  const losses = runs.flatMap(({ loss }) => loss ?? []);
  const lowest = Math.min(...losses);
  const best = runs.findIndex(({ loss }) => loss === lowest);
  const at = rateFactors.indexOf(1);
  // Where the lowest rate is best already, it is the way back from the recipe's own.
  const least = runs.slice(0, (best === 0 ? at : best) + 1);
  const start = Math.max(...least.flatMap(({ loss }) => loss ?? []));
  if (!(start > lowest)) return null;
  const way = ({ loss }: RateRun) =>
    loss === null ? -Infinity : (start - loss) / (start - lowest);
  const taken = runs.find((run) => way(run) >= asFar);
  const mine = runs[at];
  if (!taken || !mine) return null;
  const isClear = way(mine) < lessFar;
  const verdict = !isClear ? 'about-right' : own > taken.rate ? 'too-high' : 'too-low';
  return { own, taken: taken.rate, verdict, runs };
}
