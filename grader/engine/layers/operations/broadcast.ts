import type { Numbers } from '../../../recipe/layers/options.ts';
import { showShape } from '../../../text/shape.ts';
import { tf, type Tensor } from '../../tensorflow/tf.ts';
import type { Shape, Shapes } from '../shapes.ts';

export type Operand = Tensor | number;

/** Numbers of a file as an operand. */
export function operandOf(constant: Numbers): Operand {
  return typeof constant === 'number' ? constant : tf.tensor(constant.flat(7), shapeOf(constant));
}

/** Sizes of an array of numbers. Throws where its rows differ in length. */
export function shapeOf(numbers: Numbers): number[] {
  if (typeof numbers === 'number') return [];
  const [first = [], ...others] = numbers.map(shapeOf);
  if (others.every((other) => String(other) === String(first))) return [numbers.length, ...first];
  throw new Error('an array of numbers has rows of different lengths');
}

/**
 * The shape of tensors and constants together. Batches stand beside each other only where all tensors
 * have as many axes; a constant has none of its own. Throws where they do not fit.
 */
export function broadcast(inputs: Shapes, constants: readonly Numbers[] = []): Shape {
  const [{ length: rank }] = inputs;
  const fixed = constants.map((constant) => withRank(shapeOf(constant), rank));
  const shapes = [...inputs, ...fixed];
  const isBatch = fixed.every(([batch]) => batch === 1);
  const isFit =
    isBatch &&
    shapes.every(({ length }) => length === rank) &&
    inputs[0].every((_size, axis) => sizesOf(shapes, axis).length <= 1);
  if (isFit) {
    return inputs[0].map((_size, axis) => {
      const [size] = sizesOf(shapes, axis);
      return size ?? (shapes.every((shape) => shape[axis] === 1) ? 1 : null);
    });
  }
  const shown = [...inputs, ...constants.map(shapeOf)].map(showShape).join(' ');
  throw new Error(`Operands could not be broadcast together with shapes ${shown}`);
}

/** Of an axis, those that are known and not one. */
function sizesOf(shapes: readonly Shape[], axis: number): readonly number[] {
  const sizes = shapes.map((shape) => shape[axis] ?? 1).filter((size) => size !== 1);
  return [...new Set(sizes)];
}

/** With axes of size one in front. */
function withRank(shape: readonly number[], rank: number): readonly number[] {
  return [...Array<number>(Math.max(0, rank - shape.length)).fill(1), ...shape];
}
