import { tf, type Tensor } from '../../tensorflow/tf.ts';
import {
  classNamed,
  firstShape,
  firstTensor,
  replaceClass,
  type BaseLayer,
  type CallOptions,
  type Config,
  type LayerShape,
} from '../class-map.ts';

interface ConvLayer extends BaseLayer {
  readonly kernelSize: number[];
  readonly dilationRate: number | number[];
}

/**
 * Conv1D with `padding: 'causal'`, which TF.js refuses: (kernel - 1) * dilation zeros in front of
 * the sequence, then a valid convolution, as Keras does it.
 */
export function registerConv1D(): void {
  const Base = classNamed<ConvLayer>('Conv1D');
  replaceClass(
    'Conv1D',
    class Conv1D extends Base {
      private readonly causal: boolean;

      constructor(config: Config) {
        const causal = config['padding'] === 'causal';
        super(causal ? { ...config, padding: 'valid' } : config);
        this.causal = causal;
      }

      override call(inputs: Tensor | Tensor[], options: CallOptions): Tensor | Tensor[] {
        if (!this.causal) return super.call(inputs, options);
        return tf.tidy(() => {
          const zeros: [number, number][] = [
            [0, 0],
            [this.left(), 0],
            [0, 0],
          ];
          return super.call(tf.pad(firstTensor(inputs), zeros), options);
        });
      }

      override computeOutputShape(shape: LayerShape): LayerShape {
        const [batch, length, channels] = firstShape(shape);
        if (!this.causal || typeof length !== 'number') return super.computeOutputShape(shape);
        return super.computeOutputShape([batch ?? null, length + this.left(), channels ?? null]);
      }

      override getConfig(): Record<string, unknown> {
        const config = super.getConfig();
        return this.causal ? { ...config, padding: 'causal' } : config;
      }

      private left(): number {
        const rate = Array.isArray(this.dilationRate) ? this.dilationRate[0] : this.dilationRate;
        return ((this.kernelSize[0] ?? 1) - 1) * (rate ?? 1);
      }
    },
  );
}
