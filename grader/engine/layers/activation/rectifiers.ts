import { tf, type Tensor } from '../../tensorflow/tf.ts';
import {
  classNamed,
  firstTensor,
  replaceClass,
  type BaseLayer,
  type CallOptions,
  type Config,
} from '../class-map.ts';

/** ReLU with `negative_slope` and `threshold`, ELU with any `alpha`; TF.js has neither. */
export function registerRectifiers(): void {
  registerRelu();
  registerElu();
}

interface ReluLayer extends BaseLayer {
  readonly maxValue: number | null | undefined;
}

function registerRelu(): void {
  const Base = classNamed<ReluLayer>('ReLU');
  replaceClass(
    'ReLU',
    class ReLU extends Base {
      private readonly slope: number;
      private readonly threshold: number;

      constructor(config: Config) {
        super(config);
        this.slope = numberIn(config, 'negativeSlope', 0);
        this.threshold = numberIn(config, 'threshold', 0);
      }

      override call(inputs: Tensor | Tensor[], options: CallOptions): Tensor | Tensor[] {
        const { slope, threshold } = this;
        if (slope === 0 && threshold === 0) return super.call(inputs, options);
        const input = firstTensor(inputs);
        return tf.tidy(() => {
          const above = bounded(beyond(input, threshold), this.maxValue);
          return tf.sub(above, tf.mul(tf.relu(tf.sub(threshold, input)), slope));
        });
      }

      override getConfig(): Record<string, unknown> {
        const { slope, threshold } = this;
        return { ...super.getConfig(), negativeSlope: slope, threshold };
      }
    },
  );
}

/** The input where it exceeds the threshold, and zero elsewhere. */
function beyond(input: Tensor, threshold: number): Tensor {
  if (threshold === 0) return tf.relu(input);
  return tf.mul(input, tf.cast(tf.greater(input, threshold), 'float32'));
}

function bounded(values: Tensor, maxValue: number | null | undefined): Tensor {
  return typeof maxValue === 'number' ? tf.clipByValue(values, 0, maxValue) : values;
}

function registerElu(): void {
  const Base = classNamed<BaseLayer>('ELU');
  replaceClass(
    'ELU',
    class ELU extends Base {
      override supportsMasking = true;
      private readonly saturation: number;

      constructor(config: Config) {
        super({ ...config, alpha: 1 });
        this.saturation = numberIn(config, 'alpha', 1);
      }

      override call(inputs: Tensor | Tensor[], options: CallOptions): Tensor | Tensor[] {
        if (this.saturation === 1) return super.call(inputs, options);
        const input = firstTensor(inputs);
        return tf.tidy(() => {
          const above = tf.relu(input);
          return tf.add(above, tf.mul(tf.sub(tf.elu(input), above), this.saturation));
        });
      }

      override getConfig(): Record<string, unknown> {
        return { ...super.getConfig(), alpha: this.saturation };
      }
    },
  );
}

function numberIn(config: Config, key: string, fallback: number): number {
  const value = config[key];
  return typeof value === 'number' ? value : fallback;
}
