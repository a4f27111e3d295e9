import { layer } from '../definition.ts';
import { tf } from '../../tensorflow/tf.ts';

export const masking = layer('Masking', {
  call({ maskValue }, _weights, { input }) {
    const shown = tf.any(tf.notEqual(input, maskValue), -1, true);
    return tf.mul(input, tf.cast(shown, input.dtype));
  },
  mask: ({ maskValue }, { input }) => tf.any(tf.notEqual(input, maskValue), -1),
});
