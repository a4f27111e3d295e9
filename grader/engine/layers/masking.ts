import { tf, type Tensor } from '../tf.ts';
import {
  classNamed,
  firstTensor,
  replaceClass,
  type BaseLayer,
  type CallOptions,
} from './class-map.ts';

/** GlobalAveragePooling1D over the unmasked steps only, as in Keras; TF.js ignores the mask. */
export function registerMaskedPooling(): void {
  const Base = classNamed<BaseLayer & { computeMask(): null }>('GlobalAveragePooling1D');
  replaceClass(
    'GlobalAveragePooling1D',
    class GlobalAveragePooling1D extends Base {
      override supportsMasking = true;

      override computeMask(): null {
        return null;
      }

      override call(inputs: Tensor | Tensor[], options: CallOptions): Tensor | Tensor[] {
        const given = options['mask'] as Tensor | Tensor[] | null | undefined;
        if (!given) return super.call(inputs, options);
        return tf.tidy(() => {
          const weight = tf.expandDims(tf.cast(firstTensor(given), 'float32'), -1);
          const total = tf.sum(tf.mul(firstTensor(inputs), weight), 1);
          return tf.div(total, tf.sum(weight, 1));
        });
      }
    },
  );
}

/**
 * Bidirectional with a mask: Keras zeroes the masked steps of a returned sequence
 * (`zero_output_for_mask`); TF.js repeats the last output there.
 */
export function registerMaskedBidirectional(): void {
  const Base = classNamed<BaseLayer & { readonly returnSequences: boolean }>('Bidirectional');
  replaceClass(
    'Bidirectional',
    class Bidirectional extends Base {
      override call(inputs: Tensor | Tensor[], options: CallOptions): Tensor | Tensor[] {
        const output = super.call(inputs, options);
        const mask = options['mask'] as Tensor | Tensor[] | null | undefined;
        if (!mask || !this.returnSequences || Array.isArray(output)) return output;
        return tf.tidy(() =>
          tf.mul(output, tf.expandDims(tf.cast(firstTensor(mask), 'float32'), -1)),
        );
      }
    },
  );
}
