import { tf, type Tensor } from '../../tensorflow/tf.ts';
import {
  classNamed,
  maskOf,
  replaceClass,
  type BaseLayer,
  type CallOptions,
  type Config,
} from '../class-map.ts';

interface InnerLayer {
  readonly losses: readonly unknown[];
  zeroOutputForMask: boolean;
}

interface BidirectionalLayer extends BaseLayer {
  readonly forwardLayer: InnerLayer;
  readonly backwardLayer: InnerLayer;
  readonly returnSequences: boolean;
}

/**
 * Bidirectional with a mask: Keras zeroes the masked steps of a returned sequence
 * (`zero_output_for_mask`); TF.js repeats the last output there, and leaves out the regularizers.
 */
export function registerBidirectional(): void {
  const Base = classNamed<BidirectionalLayer>('Bidirectional');
  replaceClass(
    'Bidirectional',
    class Bidirectional extends Base {
      constructor(config: Config) {
        super(config);
        // Keras sets it for sequences and takes it off otherwise, whatever the layers say.
        this.forwardLayer.zeroOutputForMask = false;
        this.backwardLayer.zeroOutputForMask = false;
      }

      get losses(): readonly unknown[] {
        return [...this.forwardLayer.losses, ...this.backwardLayer.losses];
      }

      override call(inputs: Tensor | Tensor[], options: CallOptions): Tensor | Tensor[] {
        const output = super.call(inputs, options);
        const mask = maskOf(options);
        if (!mask || !this.returnSequences || Array.isArray(output)) return output;
        return tf.tidy(() => tf.mul(output, tf.expandDims(tf.cast(mask, 'float32'), -1)));
      }
    },
  );
}
