import type { KerasObject } from '../../contract.ts';
import type { StoredOptions } from '../../recipe/option.ts';
import { regularizerTable } from '../../recipe/regularizers.ts';
import { storedOptions } from '../../recipe/stored-options.ts';
import type { AnyOptions, OfOptions } from './of-options.ts';
import { tf, type Scalar, type Tensor } from '../tensorflow/tf.ts';

type Table = typeof regularizerTable;
type Regularizer<Options> = OfOptions<Options, [weight: Tensor], Tensor>;

/** What a weight adds to the loss of a training. */
const regularizers: {
  readonly [ClassName in keyof Table]: Regularizer<StoredOptions<Table[ClassName]['options']>>;
} = {
  L1L2({ l1, l2 }, weight) {
    let penalty: Tensor = tf.zeros([1]);
    if (l1 !== 0) penalty = tf.add(penalty, tf.sum(tf.mul(l1, tf.abs(weight))));
    if (l2 !== 0) penalty = tf.add(penalty, tf.sum(tf.mul(l2, tf.mul(weight, weight))));
    return tf.reshape(penalty, []);
  },
};

/** Throws for a class that is none. */
export function penalty({ class_name, config }: KerasObject, weight: Tensor): Scalar {
  if (!isKnown(class_name)) throw new Error(`Unknown regularizer: ${class_name}`);
  const regularize: Regularizer<AnyOptions> = regularizers[class_name];
  const options = storedOptions(regularizerTable[class_name].options, config);
  return tf.tidy(() => regularize(options, weight)) as Scalar;
}

function isKnown(className: string): className is keyof Table {
  return Object.hasOwn(regularizers, className);
}
