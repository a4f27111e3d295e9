import type { StoredLayerOptions } from '../../../recipe/layers.ts';
import { tf, type Tensor } from '../../tensorflow/tf.ts';
import { layer } from '../definition.ts';
import { broadcast, operandOf, type Operand } from './broadcast.ts';

type Options = StoredLayerOptions<'Arithmetic'>;

const functions: Readonly<Record<Options['function'], (a: Operand, b: Operand) => Tensor>> = {
  add: (a, b) => tf.add(a, b),
  subtract: (a, b) => tf.sub(a, b),
  multiply: (a, b) => tf.mul(a, b),
  divide: (a, b) => tf.div(a, b),
  divide_no_nan: (a, b) => tf.divNoNan(a, b),
  multiply_no_nan: (a, b) => tf.where(tf.equal(b, 0), 0, tf.mul(a, b)),
  power: (a, b) => tf.pow(a, b),
  maximum: (a, b) => tf.maximum(a, b),
  minimum: (a, b) => tf.minimum(a, b),
  floor_divide: (a, b) => tf.floor(tf.div(a, b)),
  mod: (a, b) => tf.mod(a, b),
  atan2: (a, b) => tf.atan2(a, b),
  squared_difference: (a, b) => tf.squaredDifference(a, b),
  equal: (a, b) => number(tf.equal(a, b)),
  not_equal: (a, b) => number(tf.notEqual(a, b)),
  greater: (a, b) => number(tf.greater(a, b)),
  greater_equal: (a, b) => number(tf.greaterEqual(a, b)),
  less: (a, b) => number(tf.less(a, b)),
  less_equal: (a, b) => number(tf.lessEqual(a, b)),
  logical_and: (a, b) => number(tf.logicalAnd(isTrue(a), isTrue(b))),
  logical_or: (a, b) => number(tf.logicalOr(isTrue(a), isTrue(b))),
  logical_xor: (a, b) => number(tf.notEqual(number(isTrue(a)), number(isTrue(b)))),
};

export const arithmetic = layer('Arithmetic', {
  check({ constant }, inputs) {
    const wanted = constant === null ? 2 : 1;
    if (inputs.length !== wanted) {
      throw new Error(`an operation of two values got ${inputs.length} tensors, not ${wanted}`);
    }
  },
  shape: ({ constant }, inputs) => broadcast(inputs, constant === null ? [] : [constant]),
  call({ function: name, constant, constantFirst }, _weights, { inputs, input }) {
    const [, other] = inputs;
    const second = constant === null ? other : operandOf(constant);
    if (second === undefined) throw new Error('an operation of two values got one');
    return constantFirst ? functions[name](second, input) : functions[name](input, second);
  },
});

/** What is not zero. */
export function isTrue(x: Operand): Tensor {
  return tf.notEqual(x, 0);
}

export function number(truth: Tensor): Tensor {
  return tf.cast(truth, 'float32');
}
