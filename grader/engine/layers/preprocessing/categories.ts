import { tf, type Tensor } from '../../tensorflow/tf.ts';
import { layer } from '../definition.ts';
import type { Shape } from '../shapes.ts';
import { floatInput } from './float-input.ts';

type Mode = 'int' | 'multi_hot' | 'one_hot' | 'count';

export const categoryEncoding = layer('CategoryEncoding', {
  leastRank: 2,
  check: ({ outputMode }, [input]) => checkRank(outputMode, input),
  shape: ({ outputMode, numTokens }, [input]) => encodedShape(outputMode, numTokens, input),
  call: ({ outputMode, numTokens }, _weights, { input }) => encode(outputMode, numTokens, input),
});

export const discretization = layer('Discretization', {
  leastRank: 2,
  check: ({ outputMode }, [input]) => checkRank(outputMode, input),
  shape: ({ outputMode, binBoundaries }, [input]) =>
    encodedShape(outputMode, binBoundaries.length + 1, input),
  call({ outputMode, binBoundaries }, _weights, { input }) {
    const starts = tf.tensor1d([...binBoundaries]);
    const isReached = tf.greaterEqual(tf.expandDims(floatInput(input), -1), starts);
    const bins = tf.sum(tf.cast(isReached, 'float32'), -1);
    return encode(outputMode, binBoundaries.length + 1, bins);
  },
});

/** Keras goes over another axis than its shape says where there are more. */
function checkRank(mode: Mode, { length }: Shape): void {
  if (length > 2 && (mode === 'multi_hot' || mode === 'count')) {
    throw new Error(`${mode} is of one number or one list in each example`);
  }
}

/** `[batch, …, n]` becomes `[batch, …, depth]`, or of each number on its own `[batch, …, n, depth]`. */
function encodedShape(mode: Mode, depth: number, input: Shape): Shape {
  if (mode === 'int') return input;
  const isEach = mode === 'one_hot' && input.at(-1) !== 1;
  return [...(isEach ? input : input.slice(0, -1)), depth];
}

/** Numbers outside of 0 to below `depth` are none of them. */
function encode(mode: Mode, depth: number, numbers: Tensor): Tensor {
  if (mode === 'int') return numbers;
  const each = tf.oneHot(tf.cast(numbers, 'int32'), depth, 1, 0, 'float32');
  if (mode === 'count') return tf.sum(each, -2);
  const isAlone = mode === 'multi_hot' || numbers.shape.at(-1) === 1;
  return isAlone ? tf.max(each, -2) : each;
}
