import { tf } from '../../tensorflow/tf.ts';
import { cosineSimilarity, logarithmicErrors, percentageErrors } from '../losses/regression.ts';
import type { Compare, MetricDefinition } from './definition.ts';
import { meanOf } from './means.ts';

const squares: Compare = (y, p) => tf.square(tf.sub(p, y));

export const mae = meanOf((y, p) => tf.abs(tf.sub(p, y)));
export const mse = meanOf(squares);
export const rmse: MetricDefinition = { ...meanOf(squares, Math.sqrt), ignoresMasks: true };
export const mape = meanOf(percentageErrors);
export const msle = meanOf(logarithmicErrors);
export const cosine = meanOf((y, p) => cosineSimilarity(y, p, -1));
