import { uniform } from '../../tensorflow/randomness.ts';
import { tf, type Tensor } from '../../tensorflow/tf.ts';
import {
  classNamed,
  firstTensor,
  replaceClass,
  type BaseLayer,
  type CallOptions,
} from '../class-map.ts';

interface DropoutLayer extends BaseLayer {
  readonly rate: number;
  /** Null where each number is dropped by itself. */
  getNoiseShape(input: Tensor): number[] | null | undefined;
}

/** Dropout and its spatial kinds, whose numbers come from the layer's seed and the training step. */
export function registerDropout(): void {
  registerSpatialDropout2D();
  for (const className of ['Dropout', 'SpatialDropout1D', 'SpatialDropout2D']) {
    const Base = classNamed<DropoutLayer>(className);
    replaceClass(
      className,
      class extends Base {
        override call(inputs: Tensor | Tensor[], options: CallOptions): Tensor | Tensor[] {
          const input = firstTensor(inputs);
          if (options['training'] !== true || this.rate <= 0) return input;
          return tf.tidy(() => {
            const shape = this.getNoiseShape(input) ?? input.shape;
            return tf.mul(input, dropoutMask(this, { shape, rate: this.rate, stream: 0 }));
          });
        }
      },
    );
  }
}

/** Drops whole channels of pictures; TF.js has this for sequences only. */
function registerSpatialDropout2D(): void {
  const Base = classNamed<DropoutLayer>('Dropout');
  replaceClass(
    'SpatialDropout2D',
    class SpatialDropout2D extends Base {
      readonly inputSpec = [{ ndim: 4 }];

      override getNoiseShape({ shape }: Tensor): number[] {
        const [batch = 0, , , channels = 0] = shape;
        return [batch, 1, 1, channels];
      }
    },
  );
}

interface Drop {
  readonly shape: readonly number[];
  /** Share that is dropped, 0 to 1. */
  readonly rate: number;
  readonly stream: number;
}

/** Zero where something is dropped, and elsewhere what keeps the mean: 1 / (1 - rate). */
export function dropoutMask(layer: object, { shape, rate, stream }: Drop): Tensor {
  const kept = tf.greaterEqual(uniform(layer, shape, stream), rate);
  return tf.mul(tf.cast(kept, 'float32'), rate < 1 ? 1 / (1 - rate) : 0);
}
