import type { MetricDefinition } from './metrics/definition.ts';
import type { Logs } from './trainer.ts';

/** A metric as the logs name it. */
export interface LoggedMetric extends Pick<MetricDefinition, 'sums' | 'value'> {
  readonly name: string;
}

/** How many numbers a batch adds for these metrics. */
export function countSums(metrics: readonly LoggedMetric[]): number {
  return metrics.reduce((total, { sums }) => total + sums, 0);
}

/** Sums over the examples of a pass, from which its logs come, whatever the batches' sizes. */
export class EpochSums {
  steps = 0;
  private readonly metrics: readonly LoggedMetric[];
  private readonly totals: number[];
  private rows = 0;
  private loss = 0;

  constructor(metrics: readonly LoggedMetric[]) {
    this.metrics = metrics;
    this.totals = Array<number>(countSums(metrics)).fill(0);
  }

  /** A batch by its rows, its loss and what the metrics sum over its examples, one after the other. */
  add(rows: number, loss: number, sumOf: (index: number) => number): void {
    this.steps += 1;
    this.rows += rows;
    this.loss += loss * rows;
    this.totals.forEach((total, index) => {
      this.totals[index] = total + sumOf(index);
    });
  }

  logs(): Logs {
    const { rows, loss, totals } = this;
    let start = 0;
    const metrics = this.metrics.map(({ name, sums, value }) => [
      name,
      value(totals.slice(start, (start += sums)), rows),
    ]);
    return { loss: loss / rows, ...(Object.fromEntries(metrics) as Logs) };
  }
}
