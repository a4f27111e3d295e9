import type { EpochSums } from '../../train/epoch-sums.ts';
import type { GradientNorms } from '../../train/gradient-norms.ts';
import type { TypedArray } from './session.ts';

/** Batches of one size that one call takes. */
export interface Run {
  readonly batch: number;
  readonly steps: number;
  readonly rows: Int32Array;
}

/** What a call gave: for each round the loss and the metrics; of a training half the gradients' squares as well. */
export interface Rounds {
  readonly rounds: number;
  readonly values: TypedArray;
}

/** The longest that one call into TensorFlow should take, so that an interrupt is heard. */
const callMilliseconds = 100;

/** How many batches a call should take, from how long those of a run took. */
export function batchesPerCall({ steps }: Run, milliseconds: number): number {
  return Math.max(1, Math.floor((callMilliseconds * steps) / milliseconds));
}

/** Consecutive batches of one size, as many as one call should take. */
export function* groupRuns(
  batches: Iterable<Int32Array>,
  stepsPerCall: () => number,
): Generator<Run> {
  let run: Int32Array[] = [];
  for (const batch of batches) {
    const isFull = run.length >= stepsPerCall();
    if (run.length > 0 && (isFull || batch.length !== run[0]?.length)) {
      yield runOf(run);
      run = [];
    }
    run.push(batch);
  }
  if (run.length > 0) yield runOf(run);
}

function runOf(batches: readonly Int32Array[]): Run {
  const batch = batches[0]?.length ?? 0;
  const rows = new Int32Array(batch * batches.length);
  batches.forEach((each, index) => rows.set(each, index * batch));
  return { batch, steps: batches.length, rows };
}

export function countRounds(sums: EpochSums, batch: number, { rounds, values }: Rounds): void {
  const width = values.length / rounds;
  for (let round = 0; round < rounds; round++) {
    const at = round * width;
    sums.add(batch, values[at] ?? NaN, (metric) => values[at + 1 + metric] ?? NaN);
  }
}

/** Of the rounds that were measured. */
export function countNorms(
  norms: GradientNorms,
  measured: Uint8Array,
  { rounds, values }: Rounds,
): void {
  const width = values.length / rounds;
  for (let round = 0; round < rounds; round++) {
    if (measured[round] === 1) norms.add(2 * (values[(round + 1) * width - 1] ?? NaN));
  }
}

export function lastLoss({ rounds, values }: Rounds): number {
  return values[(rounds - 1) * (values.length / rounds)] ?? NaN;
}
