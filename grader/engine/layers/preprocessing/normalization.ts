import { tf, type Tensor } from '../../tensorflow/tf.ts';
import {
  floatInput,
  firstShape,
  layerBase,
  positiveAxes,
  replaceClass,
  type Config,
  type LayerShape,
} from '../class-map.ts';

/** A number or nested lists of numbers, as Keras writes arrays into a configuration. */
type Numbers = number | readonly Numbers[];

/** Smallest standard deviation that Keras divides by. */
const epsilon = 1e-7;

/**
 * Keras's Normalization with the statistics of its configuration: (x - mean) / deviation, or the way
 * back. Without statistics it leaves the input as it is, as a layer in Keras that was never adapted.
 */
export function registerNormalization(): void {
  replaceClass(
    'Normalization',
    class Normalization extends layerBase {
      override supportsMasking = true;
      private readonly axis: number | readonly number[] | null;
      private readonly mean: Numbers | null;
      private readonly variance: Numbers | null;
      private readonly invert: boolean;
      private statistics: Statistics | null = null;

      constructor(config: Config) {
        super(config);
        this.axis = (config['axis'] === undefined ? -1 : config['axis']) as typeof this.axis;
        this.mean = (config['mean'] ?? null) as Numbers | null;
        this.variance = (config['variance'] ?? null) as Numbers | null;
        this.invert = config['invert'] === true;
        if ((this.mean === null) === (this.variance === null)) return;
        throw new Error('Normalization needs both mean and variance, or neither');
      }

      override build(shape: LayerShape): void {
        const { mean, variance } = this;
        const kept = keptAxes(this.axis, firstShape(shape));
        if (mean !== null && variance !== null) {
          const spread = (array: NumberArray) => alignWith(array, kept, firstShape(shape));
          const deviation = arrayOf(variance, (value) => Math.max(Math.sqrt(value), epsilon));
          this.statistics = { mean: spread(arrayOf(mean)), deviation: spread(deviation) };
        }
        this.built = true;
      }

      override call(inputs: Tensor | Tensor[]): Tensor | Tensor[] {
        return tf.tidy(() => {
          const input = floatInput(inputs);
          if (!this.statistics) return input;
          const mean = tensorOf(this.statistics.mean);
          const deviation = tensorOf(this.statistics.deviation);
          if (this.invert) return tf.add(mean, tf.mul(input, deviation));
          return tf.div(tf.sub(input, mean), deviation);
        });
      }

      override getConfig(): Record<string, unknown> {
        const { axis, mean, variance, invert } = this;
        return { ...super.getConfig(), axis, mean, variance, invert };
      }
    },
  );
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
function keptAxes(axis: number | readonly number[] | null, shape: LayerShape): number[] {
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
function alignWith({ shape, values }: NumberArray, kept: number[], input: LayerShape): NumberArray {
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
