import type { Logs } from './trainer.ts';

/** Sums over the examples of a pass, from which its means come, whatever the batches' sizes. */
export class EpochSums {
  steps = 0;
  private readonly metricNames: readonly string[];
  private readonly totals: number[];
  private rows = 0;
  private loss = 0;

  constructor(metricNames: readonly string[]) {
    this.metricNames = metricNames;
    this.totals = metricNames.map(() => 0);
  }

  /** A batch by its rows, its mean loss and the sum of each metric over its examples. */
  add(rows: number, loss: number, sumOf: (metric: number) => number): void {
    this.steps += 1;
    this.rows += rows;
    this.loss += loss * rows;
    this.totals.forEach((total, metric) => {
      this.totals[metric] = total + sumOf(metric);
    });
  }

  means(): Logs {
    const { rows, loss, totals } = this;
    const metrics = this.metricNames.map((name, index) => [name, (totals[index] ?? 0) / rows]);
    return { loss: loss / rows, ...(Object.fromEntries(metrics) as Logs) };
  }
}
