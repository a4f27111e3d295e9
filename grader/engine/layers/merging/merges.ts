import { tf, type Tensor } from '../../tensorflow/tf.ts';
import { layer } from '../definition.ts';
import type { Shape, Shapes } from '../shapes.ts';
import { anyMask, refusedMask } from './merge-mask.ts';

const merge = { check: severalInputs, shape: broadcastShape };

export const add = layer('Add', {
  ...merge,
  call: (_options, _weights, { inputs }) => folded(inputs, tf.add),
  mask: anyMask,
});

export const average = layer('Average', {
  ...merge,
  call: (_options, _weights, { inputs }) => tf.mul(1 / inputs.length, folded(inputs, tf.add)),
  mask: anyMask,
});

export const multiply = layer('Multiply', {
  ...merge,
  call: (_options, _weights, { inputs }) => folded(inputs, tf.mul),
  mask: refusedMask('Multiply'),
});

export const maximum = layer('Maximum', {
  ...merge,
  call: (_options, _weights, { inputs }) => folded(inputs, tf.maximum),
  mask: refusedMask('Maximum'),
});

export const minimum = layer('Minimum', {
  ...merge,
  call: (_options, _weights, { inputs }) => folded(inputs, tf.minimum),
  mask: refusedMask('Minimum'),
});

/** The first without the second. */
export const subtract = layer('Subtract', {
  ...merge,
  check(_options, inputs) {
    if (inputs.length === 2) return;
    throw new Error(`Subtract takes two inputs, got ${inputs.length}`);
  },
  call: (_options, _weights, { inputs }) => folded(inputs, tf.sub),
  mask: anyMask,
});

type Merge = (a: Tensor, b: Tensor) => Tensor;

/** Inputs of fewer axes get some of size one behind the batch. */
function folded(inputs: readonly Tensor[], mergeTwo: Merge): Tensor {
  const most = Math.max(...inputs.map(({ rank }) => rank));
  return inputs.map((input) => withRank(input, most)).reduce((a, b) => mergeTwo(a, b));
}

function withRank(input: Tensor, rank: number): Tensor {
  const [batch = 0, ...sizes] = input.shape;
  const ones = Array<number>(rank - input.rank).fill(1);
  return ones.length === 0 ? input : tf.reshape(input, [batch, ...ones, ...sizes]);
}

function severalInputs(_options: unknown, inputs: Shapes): void {
  if (inputs.length >= 2) return;
  throw new Error(
    `A merge layer should be called on an Array of at least 2 inputs. Got ${inputs.length} input(s).`,
  );
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
