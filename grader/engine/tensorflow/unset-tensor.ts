import { tf, type Tensor } from './tf.ts';

/** A tensor without values, of which a backend knows shape and type only until it is assigned to. */
export function unsetTensor(shape: number[]): Tensor {
  // A backend brings values into its memory when they are first used; these never are. Types know
  // no tensor without values.
  const dataId = tf.backend().write(null as never, shape, 'float32');
  return tf.engine().makeTensorFromTensorInfo({ dataId, shape, dtype: 'float32' });
}
