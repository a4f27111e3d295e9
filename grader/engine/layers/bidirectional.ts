import { tf, type Tensor } from '../tf.ts';
import { classNamed, maskOf, replaceClass, type BaseLayer, type CallOptions } from './class-map.ts';

interface WithLosses {
  readonly losses: readonly unknown[];
}

interface BidirectionalLayer extends BaseLayer {
  readonly forwardLayer: WithLosses;
  readonly backwardLayer: WithLosses;
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
