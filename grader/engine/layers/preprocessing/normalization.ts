import type { StoredLayerOptions } from '../../../recipe/layers.ts';
import { tf, type Tensor } from '../../tensorflow/tf.ts';
import { layer, passesMask } from '../definition.ts';
import { positiveAxes, type Shape } from '../shapes.ts';
import { floatInput } from './float-input.ts';

type Options = StoredLayerOptions<'Normalization'>;

/** A number or nested lists of numbers, as Keras writes arrays into a configuration. */
type Numbers = number | readonly Numbers[];

/** Smallest standard deviation that Keras divides by. */
const epsilon = 1e-7;

/**
 * (x - mean) / deviation with the statistics of its options, or the way back. Without statistics it
 * leaves the input as it is, as a layer in Keras that was never adapted.
 */
export const normalization = layer('Normalization', {
  check(options, [input]) {
    statisticsOf(options, input);
  },
  call(options, _weights, { input }) {
    const values = floatInput(input);
    const statistics = statisticsOf(options, input.shape);
    if (!statistics) return values;
    const mean = tensorOf(statistics.mean);
    const deviation = tensorOf(statistics.deviation);
    if (options.invert) return tf.add(mean, tf.mul(values, deviation));
    return tf.div(tf.sub(values, mean), deviation);
  },
  mask: passesMask,
});

function statisticsOf({ axis, mean, variance }: Options, input: Shape): Statistics | null {
  if ((mean === null) !== (variance === null)) {
    throw new Error('Normalization needs both mean and variance, or neither');
  }
  const kept = keptAxes(axis, input);
  if (mean === null || variance === null) return null;
  const spread = (array: NumberArray) => alignWith(array, kept, input);
  const deviation = arrayOf(variance, (value) => Math.max(Math.sqrt(value), epsilon));
  return { mean: spread(arrayOf(mean)), deviation: spread(deviation) };
}

interface NumberArray {
  readonly shape: readonly number[];
  readonly values: Float32Array;
}

interface Statistics {
  readonly mean: NumberArray;
  readonly deviation: NumberArray;
}

/** Those that have statistics of their own. Throws where one of them has no size. */
function keptAxes(axis: number | readonly number[] | null, shape: Shape): number[] {
  const kept = positiveAxes(axis ?? [], shape.length).sort((a, b) => a - b);
  const unknown = kept.find((each) => shape[each] === null);
  if (unknown === undefined) return kept;
  throw new Error(`Normalization needs to know the size of axis ${unknown} of its input`);
}

function arrayOf(numbers: Numbers, change = (value: number) => value): NumberArray {
  const shape: number[] = [];
  for (let part = numbers; typeof part !== 'number'; part = part[0] ?? 0) shape.push(part.length);
  const values = ([numbers] as unknown[]).flat(Infinity) as number[];
  return { shape, values: Float32Array.from(values, (value) => change(Math.fround(value))) };
}

/** An array whose last axes are the kept ones, with ones between them so that it broadcasts. */
function alignWith({ shape, values }: NumberArray, kept: number[], input: Shape): NumberArray {
  // Keras 2 writes an axis of one for the batch.
  const trimmed = shape.slice(shape.findIndex((size) => size !== 1));
  const spread = input.map(() => 1);
  trimmed.forEach((size, index) => {
    const axis = kept.at(index - trimmed.length);
    const wanted = axis === undefined ? null : input[axis];
    if (axis === undefined || (size !== 1 && size !== wanted) || spread[axis] === undefined) {
      throw new Error(
        `Normalization has statistics of shape [${shape.join(', ')}] for an input of [${kept
          .map((each) => input[each])
          .join(', ')}]`,
      );
    }
    spread[axis] = size;
  });
  return { shape: spread, values };
}

function tensorOf({ shape, values }: NumberArray): Tensor {
  return tf.tensor(values, [...shape], 'float32');
}
