import { tf, type Tensor } from './tf.ts';

/**
 * Builds models whose weights are given values afterwards: meanwhile initializers draw nothing, and
 * weights are tensors without data, of which a backend knows shape and type only.
 */
export async function withoutInitialValues<Result>(build: () => Promise<Result>): Promise<Result> {
  const layer = tf.layers.Layer.prototype as unknown as { addWeight: AddWeight };
  const { addWeight } = layer;
  layer.addWeight = function (...settings) {
    return addWeight.apply(this, settings.with(initializerPosition, withoutData));
  };
  try {
    return await build();
  } finally {
    layer.addWeight = addWeight;
  }
}

type AddWeight = (...settings: unknown[]) => unknown;

/** `addWeight(name, shape, dtype, initializer, ...)`. */
const initializerPosition = 3;

const withoutData = {
  apply(shape: number[], dtype: 'float32' | 'int32' = 'float32'): Tensor {
    // A backend brings values into its memory when they are first used; these never are.
    const dataId = tf.backend().write(null as never, shape, dtype);
    return tf.engine().makeTensorFromTensorInfo({ dataId, shape, dtype });
  },
};
