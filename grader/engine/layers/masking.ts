import { tf, type Tensor } from '../tensorflow/tf.ts';
import {
  classNamed,
  firstTensor,
  maskOf,
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
        const mask = maskOf(options);
        if (!mask) return super.call(inputs, options);
        return tf.tidy(() => {
          const weight = tf.expandDims(tf.cast(mask, 'float32'), -1);
          const total = tf.sum(tf.mul(firstTensor(inputs), weight), 1);
          return tf.div(total, tf.sum(weight, 1));
        });
      }
    },
  );
}

/**
 * A layer that knows no masks drops the one it gets, as in Keras, where TF.js throws; and what one
 * layer was called with does not reach the next, as it does in TF.js.
 */
export function registerMaskDropping(): void {
  const layer = tf.layers.Layer.prototype as unknown as MaskingLayer;
  layer.computeMask = function (_inputs, mask) {
    return this.supportsMasking ? mask : null;
  };
  const apply = Reflect.get<MaskingLayer, 'apply'>(layer, 'apply');
  layer.apply = function (inputs, options) {
    try {
      return apply.call(this, inputs, options);
    } finally {
      // TF.js calls all layers of a model with one object.
      for (const key of options ? ['mask', 'initialState'] : []) {
        Reflect.deleteProperty(options as object, key);
      }
    }
  };
}

interface MaskingLayer {
  readonly supportsMasking: boolean;
  computeMask(this: MaskingLayer, inputs: unknown, mask: unknown): unknown;
  apply(this: MaskingLayer, inputs: unknown, options?: object | null): unknown;
}

/** Activation layers hand a mask on, as in Keras; these of TF.js do not. */
export function registerMaskedActivations(): void {
  for (const className of ['LeakyReLU', 'ThresholdedReLU']) {
    const Base = classNamed<BaseLayer>(className);
    replaceClass(
      className,
      class extends Base {
        override supportsMasking = true;
      },
    );
  }
}
