import { tf, type Tensor } from '../../tensorflow/tf.ts';
import type { MetricDefinition } from './definition.ts';

/** Of what is called positive, how much is (keras/src/metrics/confusion_metrics.py, at 0.5). */
export const precision = shareOfTruePositives((isPositive, isCalled) =>
  tf.logicalAnd(tf.logicalNot(isPositive), isCalled),
);

/** Of what is positive, how much is called so. */
export const recall = shareOfTruePositives((isPositive, isCalled) =>
  tf.logicalAnd(isPositive, tf.logicalNot(isCalled)),
);

/** Keras's `num_thresholds`. */
const thresholds = 200;

/** Area under the ROC curve of the thresholds, between which it is straight. */
export const auc: MetricDefinition = {
  sums: 2 * thresholds,
  ignoresMasks: true,
  ofBatch(targets, predictions, { mask }) {
    const shares = tf.clipByValue(tf.reshape(predictions, [-1]), 0, 1);
    const steps = tf.sub(tf.ceil(tf.mul(shares, thresholds - 1)), 1);
    // Not a number is in no bucket; with the others below 0 it goes to the first.
    const buckets = tf.where(tf.greaterEqual(steps, 0), steps, tf.zerosLike(steps));
    const isPositive = tf.notEqual(tf.reshape(targets, [-1]), 0);
    const kinds = [isPositive, tf.logicalNot(isPositive)];
    const weights = mask && tf.reshape(alongSteps(mask, predictions), [-1]);
    const counted = tf.stack(
      kinds.map((kind) => count(kind, weights)),
      1,
    );
    const sums = tf.unsortedSegmentSum(counted, tf.cast(buckets, 'int32').as1D(), thresholds);
    return tf.reshape(tf.transpose(sums), [-1]);
  },
  value: (sums) => areaUnder(called(sums.slice(0, thresholds)), called(sums.slice(thresholds))),
};

function shareOfTruePositives(
  isWrong: (isPositive: Tensor, isCalled: Tensor) => Tensor,
): MetricDefinition {
  return {
    sums: 2,
    ignoresMasks: true,
    ofBatch(targets, predictions, { mask }) {
      const isPositive = tf.notEqual(targets, 0);
      const isCalled = tf.greater(predictions, 0.5);
      const right = tf.logicalAnd(isPositive, isCalled);
      const weights = mask && alongSteps(mask, predictions);
      const both = [right, isWrong(isPositive, isCalled)];
      return tf.stack(both.map((each) => tf.sum(count(each, weights))));
    },
    value: ([right = 0, wrong = 0]) => ratio(right, right + wrong),
  };
}

function count(isSo: Tensor, weights: Tensor | null | undefined): Tensor {
  const counted = tf.cast(isSo, 'float32');
  return weights ? tf.mul(counted, weights) : counted;
}

/** A mask [batch, ...] for each value of predictions [batch, ..., outputs]. */
function alongSteps(mask: Tensor, { shape, rank }: Tensor): Tensor {
  const ones = Array<number>(rank - mask.rank).fill(1);
  return tf.mul(tf.reshape(mask, [...mask.shape, ...ones]), tf.ones(shape));
}

/** How many are called positive at each threshold: those in its bucket and in all above it. */
function called(inBuckets: readonly number[]): readonly number[] {
  let total = 0;
  return inBuckets
    .toReversed()
    .map((each) => (total += each))
    .toReversed();
}

function areaUnder(positives: readonly number[], negatives: readonly number[]): number {
  const shares = (counts: readonly number[]) => counts.map((each) => ratio(each, counts[0] ?? 0));
  const [heights, widths] = [shares(positives), shares(negatives)];
  const at = (values: readonly number[], index: number) => values[index] ?? 0;
  return widths.slice(1).reduce((area, _, index) => {
    const width = at(widths, index) - at(widths, index + 1);
    return area + (width * (at(heights, index) + at(heights, index + 1))) / 2;
  }, 0);
}

/** 0 where there is nothing to divide by, as in Keras. */
function ratio(part: number, whole: number): number {
  return whole === 0 ? 0 : part / whole;
}
