import { tf } from '../../tensorflow/tf.ts';
import { cosineSimilarity, logarithmicErrors, percentageErrors } from '../losses/regression.ts';
import type { MetricDefinition } from './definition.ts';
import { meanOf, perRow } from './means.ts';

const ofSquares = meanOf(perRow((y, p) => tf.square(tf.sub(p, y))));

export const mae = meanOf(perRow((y, p) => tf.abs(tf.sub(p, y))));
export const mse = ofSquares;
export const rmse: MetricDefinition = {
  ...ofSquares,
  value: ([total = 0], rows) => Math.sqrt(total / rows),
};
export const mape = meanOf(perRow(percentageErrors));
export const msle = meanOf(perRow(logarithmicErrors));
export const cosine = meanOf(perRow((y, p) => cosineSimilarity(y, p, -1)));
