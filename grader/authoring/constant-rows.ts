import { readArray } from '../array-file.ts';
import type { ProblemDefinition } from '../contract.ts';
import { measure, type Measured } from '../metrics/measure.ts';
import { sharesOf } from '../metrics/best-constant.ts';
import { metricOf } from '../metrics/metric.ts';
import { readValues } from '../metrics/read-output.ts';
import type { Prepared } from '../prepare/prepared.ts';

/**
 * What a model has that knows only the training targets and gives every held-out row the same answer: the value or
 * the label that is best of them, each label as probable as it is frequent.
 */
export async function constantPredictor(
  { metric, task, classes }: ProblemDefinition,
  { data, heldOut }: Prepared,
): Promise<Measured> {
  const truth = await readArray(heldOut.targets);
  const known = Array.from((await readArray(data.training.targets)).data);
  const actual = classes ? Array.from(truth.data) : readValues(truth, task).predicted;
  const guess = metricOf(metric.id).bestConstant(known);
  const predicted = actual.map(() => guess);
  if (!classes) return measure(metric.id, { actual, predicted });
  const shares = classes.map((_, label) => sharesOf(known)[label] ?? 0);
  return measure(metric.id, { actual, predicted, probabilities: actual.map(() => shares) });
}
