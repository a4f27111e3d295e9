import { tf, type Tensor } from '../../tensorflow/tf.ts';
import {
  classNamed,
  firstTensor,
  maskOf,
  replaceClass,
  type BaseLayer,
  type CallOptions,
  type LayerVariable,
} from '../class-map.ts';

interface NormalizationLayer extends BaseLayer {
  readonly axis: number;
  readonly epsilon: number;
  readonly momentum: number;
  readonly gamma: LayerVariable | null;
  readonly beta: LayerVariable | null;
  readonly movingMean: LayerVariable;
  readonly movingVariance: LayerVariable;
}

/**
 * BatchNormalization as in Keras 3: a frozen layer normalises with its moving statistics, and
 * `center: false` or `scale: false` train, where TF.js would fail.
 */
export function registerBatchNormalization(): void {
  const Base = classNamed<NormalizationLayer>('BatchNormalization');
  replaceClass(
    'BatchNormalization',
    class BatchNormalization extends Base {
      override call(inputs: Tensor | Tensor[], options: CallOptions): Tensor | Tensor[] {
        const isTraining = options['training'] === true && this.trainable;
        if (!isTraining) return super.call(inputs, { ...options, training: false });
        return tf.tidy(() => normalizeBatch(this, firstTensor(inputs), maskOf(options)));
      }
    },
  );
}

function normalizeBatch(layer: NormalizationLayer, input: Tensor, mask: Tensor | null): Tensor {
  const axis = layer.axis < 0 ? layer.axis + input.rank : layer.axis;
  const otherAxes = input.shape.map((_, index) => index).filter((index) => index !== axis);
  const { mean, variance } = mask
    ? maskedMoments(input, mask, otherAxes)
    : tf.moments(input, otherAxes, true);
  const normalized = tf.mul(tf.sub(input, mean), tf.rsqrt(tf.add(variance, layer.epsilon)));
  const broadcast = input.shape.map((size, index) => (index === axis ? size : 1));
  const scale = layer.gamma && tf.reshape(layer.gamma.read(), broadcast);
  const offset = layer.beta && tf.reshape(layer.beta.read(), broadcast);
  follow(layer.movingMean, mean, layer.momentum);
  follow(layer.movingVariance, variance, layer.momentum);
  const scaled = scale ? tf.mul(normalized, scale) : normalized;
  return offset ? tf.add(scaled, offset) : scaled;
}

/** Over what is not masked; Keras adds its epsilon to the count. */
function maskedMoments(input: Tensor, mask: Tensor, axes: number[]) {
  const shown = tf.tile(tf.cast(tf.expandDims(mask, -1), 'float32'), [
    ...mask.shape.map(() => 1),
    input.shape.at(-1) ?? 1,
  ]);
  const count = tf.add(tf.sum(shown, axes, true), 1e-7);
  const mean = tf.div(tf.sum(tf.mul(input, shown), axes, true), count);
  const difference = tf.mul(tf.sub(input, mean), shown);
  return { mean, variance: tf.div(tf.sum(tf.square(difference), axes, true), count) };
}

function follow(moving: LayerVariable, batch: Tensor, momentum: number): void {
  const value = tf.reshape(batch, moving.shape as number[]);
  moving.write(tf.add(tf.mul(moving.read(), momentum), tf.mul(value, 1 - momentum)));
}
