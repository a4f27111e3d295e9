import { seededRandom, shuffle, type Random } from '../../random.ts';
import type { FitOptions } from '../../contract.ts';
import { batchesOf } from '../rows/batches.ts';

/** The batches of each epoch: shuffled anew whenever the rows are used up. */
export class BatchOrder {
  /** Steps of one epoch. */
  readonly steps: number;
  private readonly rows: Int32Array;
  private readonly fit: FitOptions;
  private readonly random: Random;
  private rest: Iterator<Int32Array, undefined> | null = null;

  constructor(rows: Int32Array, fit: FitOptions, seed: number) {
    this.rows = rows.slice();
    this.fit = fit;
    this.random = seededRandom(seed);
    this.steps = fit.steps_per_epoch ?? Math.ceil(rows.length / fit.batch_size);
  }

  /** With `steps_per_epoch` an epoch goes on where the last one ended, as in Keras. */
  *epoch(): Generator<Int32Array> {
    for (let step = 0; step < this.steps; step++) yield this.next();
  }

  private next(): Int32Array {
    const batch = this.rest?.next();
    if (batch && !batch.done) return batch.value;
    if (this.fit.shuffle) shuffle(this.rows, this.random);
    this.rest = batchesOf(this.rows.slice(), this.fit.batch_size) as Iterator<
      Int32Array,
      undefined
    >;
    return this.next();
  }
}
