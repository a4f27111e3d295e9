import { showShape } from '../../../text/shape.ts';
import { layer } from '../definition.ts';
import { productOf } from '../../../sizes.ts';
import type { Shape } from '../shapes.ts';
import { tf } from '../../tensorflow/tf.ts';

/** One size may be -1, which stands for what is left. */
export const reshape = layer('Reshape', {
  shape({ targetShape }, [[batch = null, ...sizes]]) {
    const known = sizes.filter((size) => size !== null);
    if (known.length < sizes.length) {
      return [batch, ...targetShape.map((size) => (size < 0 ? null : size))];
    }
    return [batch, ...filledIn(targetShape, known)];
  },
  call({ targetShape }, _weights, { input }) {
    const [batch = 0, ...sizes] = input.shape;
    return tf.reshape(input, [batch, ...filledIn(targetShape, sizes)]);
  },
});

export const flatten = layer('Flatten', {
  shape(_options, [input]) {
    const [batch = null, ...sizes] = input;
    return [batch, productOf(sizes.map((size) => size ?? notDefined(input)))];
  },
  call({ dataFormat }, _weights, { input }) {
    const [batch = 0, ...sizes] = input.shape;
    const [first, channels, ...others] = input.shape.map((_, axis) => axis);
    const isMoved = dataFormat === 'channels_first' && first !== undefined && others.length > 0;
    const ordered =
      isMoved && channels !== undefined ? tf.transpose(input, [first, ...others, channels]) : input;
    return tf.reshape(ordered, [batch, productOf(sizes)]);
  },
});

export const permute = layer('Permute', {
  check({ dims }, [input]) {
    const sorted = [...dims].sort((a, b) => a - b);
    if (sorted.some((dim, index) => dim !== index + 1)) {
      throw new Error(
        `Invalid permutation \`dims\`: ${JSON.stringify(dims)} \`dims\` must contain consecutive integers starting from 1.`,
      );
    }
    if (input.length !== dims.length + 1) {
      throw new Error(`Permute of ${dims.length} axes got an input of ${showShape(input)}`);
    }
  },
  shape: ({ dims }, [input]) => [input[0] ?? null, ...dims.map((dim) => input[dim] ?? null)],
  call: ({ dims }, _weights, { input }) => tf.transpose(input, [0, ...dims]),
});

export const repeatVector = layer('RepeatVector', {
  rank: 2,
  shape: ({ n }, [[batch = null, size = null]]) => [batch, n, size],
  call: ({ n }, _weights, { input }) => tf.tile(tf.expandDims(input, 1), [1, n, 1]),
});

/** An axis of size one, at a place among the output's axes. */
export const expandDims = layer('ExpandDims', {
  shape: ({ axis }, [input]) => input.toSpliced(placeOf(axis, input.length), 0, 1),
  call: ({ axis }, _weights, { input }) => tf.expandDims(input, placeOf(axis, input.rank)),
});

function filledIn(target: readonly number[], from: readonly number[]): number[] {
  if (target.filter((size) => size < 0).length > 1) {
    throw new Error('Can only specifiy one unknown dimension.');
  }
  const known = productOf(target.filter((size) => size >= 0));
  const rest = productOf(from) / known;
  const isUnknown = target.some((size) => size < 0);
  if (isUnknown ? Number.isInteger(rest) : rest === 1) {
    return target.map((size) => (size < 0 ? rest : size));
  }
  throw new Error('Total size of new array must be unchanged.');
}

function notDefined(input: Shape): never {
  throw new Error(
    `The shape of the input to "Flatten" is not fully defined (got ${input.slice(1).join()}). ` +
      'Make sure to pass a complete "input_shape" or "batch_input_shape" argument to the first layer in your model.',
  );
}

/** Throws where the new axis would come before the batch, or beyond the end. */
function placeOf(axis: number, rank: number): number {
  const place = axis < 0 ? axis + rank + 1 : axis;
  if (place > 0 && place <= rank) return place;
  throw new Error(`ExpandDims cannot put axis ${axis} into an input of ${rank} axes`);
}
