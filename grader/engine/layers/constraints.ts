import type { KerasObject } from '../../contract.ts';
import { constraintTable } from '../../recipe/constraints.ts';
import type { StoredOptions } from '../../recipe/option.ts';
import { storedOptions } from '../../recipe/stored-options.ts';
import type { AnyOptions, OfOptions } from './of-options.ts';
import { tf, type Tensor } from '../tensorflow/tf.ts';

type Table = typeof constraintTable;
type Constraint<Options> = OfOptions<Options, [weight: Tensor], Tensor>;

/** What becomes of a weight after each step of a training. */
const constraints: {
  readonly [ClassName in keyof Table]: Constraint<StoredOptions<Table[ClassName]['options']>>;
} = {
  MaxNorm({ maxValue, axis }, weight) {
    const norms = normsOf(weight, axis);
    return withNorms(weight, { norms, wanted: tf.clipByValue(norms, 0, maxValue) });
  },
  UnitNorm: ({ axis }, weight) => tf.div(weight, tf.add(epsilon, normsOf(weight, axis))),
  NonNeg: (_options, weight) => tf.relu(weight),
  MinMaxNorm({ minValue, maxValue, rate, axis }, weight) {
    const norms = normsOf(weight, axis);
    const near = tf.mul(rate, tf.clipByValue(norms, minValue, maxValue));
    return withNorms(weight, { norms, wanted: tf.add(near, tf.mul(1 - rate, norms)) });
  },
};

/** Keras's fuzz factor. */
const epsilon = 1e-7;

/** Throws for a class that is none. */
export function constrained({ class_name, config }: KerasObject, weight: Tensor): Tensor {
  if (!isKnown(class_name)) throw new Error(`Unknown constraint: ${class_name}`);
  const constrain: Constraint<AnyOptions> = constraints[class_name];
  const options = storedOptions(constraintTable[class_name].options, config);
  return tf.tidy(() => constrain(options, weight));
}

function isKnown(className: string): className is keyof Table {
  return Object.hasOwn(constraints, className);
}

function normsOf(weight: Tensor, axis: number | readonly number[]): Tensor {
  return tf.sqrt(tf.sum(tf.mul(weight, weight), [axis].flat(), true));
}

function withNorms(weight: Tensor, { norms, wanted }: { norms: Tensor; wanted: Tensor }): Tensor {
  return tf.mul(weight, tf.div(wanted, tf.add(epsilon, norms)));
}
