import { tf } from '../../tensorflow/tf.ts';
import { layer } from '../definition.ts';

/** A number that is no place has no place that is different. */
export const oneHot = layer('OneHot', {
  shape: ({ depth }, [input]) => [...input, depth],
  call: ({ depth, onValue, offValue }, _weights, { input }) =>
    tf.oneHot(tf.cast(input, 'int32'), depth, onValue, offValue, 'float32'),
});
