import type { KerasObject } from '../../../contract.ts';
import { initializerTable } from '../../../recipe/initializers.ts';
import type { StoredOptions } from '../../../recipe/option.ts';
import { storedOptions } from '../../../recipe/stored-options.ts';
import { productOf } from '../../../sizes.ts';
import type { WeightSpec } from '../definition.ts';
import type { AnyOptions, OfOptions } from '../of-options.ts';
import { tf, type Tensor } from '../../tensorflow/tf.ts';
import { orthogonal } from './orthogonal.ts';
import { scaled, scalings } from './variance-scaling.ts';

type Table = typeof initializerTable;
type Options<ClassName extends keyof Table> = StoredOptions<Table[ClassName]['options']>;

/** First values of a weight of this shape. */
type Initializer<Options> = OfOptions<Options, [shape: number[]], Tensor>;

/** Keras's initializers; those without a seed draw from `Math.random`. */
const initializers: { readonly [ClassName in keyof Table]: Initializer<Options<ClassName>> } = {
  Zeros: (_options, shape) => tf.zeros(shape),
  Ones: (_options, shape) => tf.ones(shape),
  Constant: ({ value }, shape) => tf.mul(tf.scalar(value), tf.ones(shape)),
  RandomUniform: ({ minval, maxval, seed }, shape) =>
    tf.randomUniform(shape, minval, maxval, 'float32', seed ?? undefined),
  RandomNormal: ({ mean, stddev, seed }, shape) =>
    tf.randomNormal(shape, mean, stddev, 'float32', seed ?? undefined),
  TruncatedNormal: ({ mean, stddev, seed }, shape) =>
    tf.truncatedNormal(shape, mean, stddev, 'float32', seed ?? undefined),
  VarianceScaling: (options, shape) => scaled(options, shape),
  GlorotUniform: ({ seed }, shape) => scaled({ ...scalings.GlorotUniform, seed }, shape),
  GlorotNormal: ({ seed }, shape) => scaled({ ...scalings.GlorotNormal, seed }, shape),
  HeUniform: ({ seed }, shape) => scaled({ ...scalings.HeUniform, seed }, shape),
  HeNormal: ({ seed }, shape) => scaled({ ...scalings.HeNormal, seed }, shape),
  LeCunUniform: ({ seed }, shape) => scaled({ ...scalings.LeCunUniform, seed }, shape),
  LeCunNormal: ({ seed }, shape) => scaled({ ...scalings.LeCunNormal, seed }, shape),
  Orthogonal: orthogonal,
  Identity: ({ gain }, shape) => {
    const [rows = 0, columns] = shape;
    if (shape.length === 2 && rows === columns) return tf.mul(gain, tf.eye(rows));
    throw new Error('Identity matrix initializer can only be used for 2D square matrices.');
  },
};

/** Throws for a class that is none. */
export function initialValue(
  { class_name, config }: KerasObject,
  shape: readonly number[],
): Tensor {
  if (!isKnown(class_name)) throw new Error(`Unknown initializer: ${class_name}`);
  const initialize: Initializer<AnyOptions> = initializers[class_name];
  const options = storedOptions(initializerTable[class_name].options, config);
  return tf.tidy(() => initialize(options, [...shape]));
}

/**
 * The initializer of a weight that its layer sees as a matrix of so many rows, as Keras's EinsumDense does:
 * variance is scaled by that matrix's inputs and outputs (`keras/src/layers/core/einsum_dense.py`).
 */
export function asMatrix(initializer: KerasObject, rows: number): WeightSpec['initializer'] {
  if (!isScaling(initializer.class_name)) return initializer;
  return (shape) =>
    tf.tidy(() => {
      const matrix = initialValue(initializer, [rows, productOf(shape) / rows]);
      return tf.reshape(matrix, [...shape]);
    });
}

function isScaling(className: string): boolean {
  return className === 'VarianceScaling' || Object.hasOwn(scalings, className);
}

function isKnown(className: string): className is keyof Table {
  return Object.hasOwn(initializers, className);
}
