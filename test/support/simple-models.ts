import type { ProblemData } from '../../grader/contract.ts';
import { rowsOf } from './split-facts.ts';

/** Held-out accuracy of the class whose mean training picture is nearest. */
export function nearestCentroidAccuracy(
  { training, heldOut }: ProblemData,
  classes: number,
): number {
  const size = training.inputs.data.length / (training.inputs.shape[0] ?? 1);
  const means = Array.from({ length: classes }, () => new Float64Array(size));
  const perClass = (training.inputs.shape[0] ?? 1) / classes;
  rowsOf(training.inputs).forEach((row, index) => {
    const mean = means[training.targets.data[index] ?? 0];
    row.forEach((value, at) => {
      if (mean) mean[at] = (mean[at] ?? 0) + value / perClass;
    });
  });
  const right = rowsOf(heldOut.inputs).filter((row, index) => {
    const distances = means.map((mean) =>
      row.reduce((sum, value, at) => sum + (value - (mean[at] ?? 0)) ** 2, 0),
    );
    return distances.indexOf(Math.min(...distances)) === heldOut.targets.data[index];
  });
  return right.length / (heldOut.inputs.shape[0] ?? 1);
}

/** Held-out accuracy of a model that adds up the log odds of a headline's words. */
export function naiveBayesAccuracy({ training, heldOut }: ProblemData): number {
  const counts = new Map<number, [number, number]>();
  rowsOf(training.inputs).forEach((row, index) => {
    for (const id of row.filter((word) => word > 0)) {
      const count = counts.get(id) ?? [1, 1];
      const label = training.targets.data[index] === 1 ? 1 : 0;
      count[label]++;
      counts.set(id, count);
    }
  });
  const odds = (id: number) => {
    const [serious, sarcastic] = counts.get(id) ?? [1, 1];
    return Math.log(sarcastic / serious);
  };
  const right = rowsOf(heldOut.inputs).filter((row, index) => {
    const sum = row.filter((word) => word > 0).reduce((total, id) => total + odds(id), 0);
    return (sum > 0 ? 1 : 0) === heldOut.targets.data[index];
  });
  return right.length / (heldOut.inputs.shape[0] ?? 1);
}
