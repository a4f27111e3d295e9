import { tf, type Tensor } from '../../tensorflow/tf.ts';
import { layer } from '../definition.ts';
import type { Shape, Shapes } from '../shapes.ts';
import { maskedExtreme, maskedProduct } from './masked-merges.ts';
import { mergedMask } from './merge-mask.ts';

const merge = { shape: broadcastShape };

export const add = layer('Add', {
  ...merge,
  call: (_options, _weights, { inputs }) => folded(inputs, tf.add),
  mask: mergedMask,
});

export const average = layer('Average', {
  ...merge,
  call: (_options, _weights, { inputs }) => tf.mul(1 / inputs.length, folded(inputs, tf.add)),
  mask: mergedMask,
});

export const multiply = layer('Multiply', {
  ...merge,
  call: ({ keras2Masks }, _weights, { inputs, masks }) =>
    keras2Masks ? folded(inputs, tf.mul) : maskedProduct(withOneRank(inputs), masks),
  mask: mergedMask,
});

export const maximum = layer('Maximum', {
  ...merge,
  call: ({ keras2Masks }, _weights, { inputs, masks }) =>
    keras2Masks
      ? folded(inputs, tf.maximum)
      : maskedExtreme(withOneRank(inputs), masks, (a, b) => tf.maximum(a, b)),
  mask: mergedMask,
});

export const minimum = layer('Minimum', {
  ...merge,
  call: ({ keras2Masks }, _weights, { inputs, masks }) =>
    keras2Masks
      ? folded(inputs, tf.minimum)
      : maskedExtreme(withOneRank(inputs), masks, (a, b) => tf.minimum(a, b)),
  mask: mergedMask,
});

/** The first without the second. */
export const subtract = layer('Subtract', {
  ...merge,
  call: (_options, _weights, { inputs }) => folded(inputs, tf.sub),
  mask: mergedMask,
});

type Merge = (a: Tensor, b: Tensor) => Tensor;

function folded(inputs: readonly Tensor[], mergeTwo: Merge): Tensor {
  return withOneRank(inputs).reduce((a, b) => mergeTwo(a, b));
}

/** Inputs of fewer axes get some of size one behind the batch. */
function withOneRank(inputs: readonly Tensor[]): Tensor[] {
  const most = Math.max(...inputs.map(({ rank }) => rank));
  return inputs.map((input) => withRank(input, most));
}

function withRank(input: Tensor, rank: number): Tensor {
  const [batch = 0, ...sizes] = input.shape;
  const ones = Array<number>(rank - input.rank).fill(1);
  return ones.length === 0 ? input : tf.reshape(input, [batch, ...ones, ...sizes]);
}

function broadcastShape(_options: unknown, [first, ...others]: Shapes): Shape {
  const [batch = null, ...sizes] = first;
  return [batch, ...others.reduce<Shape>((shape, [, ...other]) => broadcast(shape, other), sizes)];
}

function broadcast(a: Shape, b: Shape): Shape {
  if (a.length < b.length) return broadcast(b, a);
  const before = a.length - b.length;
  return a.map((size, axis) => {
    const other = axis < before ? 1 : (b[axis - before] ?? null);
    if (other === 1 || size === other) return size;
    if (size === 1) return other;
    if (size === null || other === null) return null;
    throw new Error(
      `Operands could not be broadcast together with shapes ${JSON.stringify(a)} ${JSON.stringify(b)}`,
    );
  });
}
