import { arithmetic } from './arithmetic.ts';
import type { Operation } from './operation.ts';
import { pictures } from './pictures.ts';
import { products } from './products.ts';
import { reductions } from './reductions.ts';
import { shapes } from './shapes.ts';
import { slices } from './slices.ts';
import { valueOperations } from './values.ts';

/**
 * Operations by their names in lower case without underscores and without the module: Keras 3's classes
 * (`keras.ops.leaky_relu` is LeakyRelu) and TensorFlow's functions (`tf.nn.leaky_relu`).
 */
export const operations: Readonly<Record<string, Operation>> = {
  ...arithmetic,
  ...valueOperations,
  ...reductions,
  ...slices,
  ...shapes,
  ...products,
  ...pictures,
};
