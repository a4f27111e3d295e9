import { tf } from '../../tensorflow/tf.ts';
import { layer } from '../definition.ts';
import { positiveAxes, sizeOf, type Shape } from '../shapes.ts';

/**
 * x / sqrt(mean(x²) + epsilon) over one axis or several, times a scale of their sizes that lies along
 * the last axes (`_rms_normalization` in keras/src/ops/nn.py). A mask ends here, as in Keras.
 */
export const rmsNormalization = layer('RMSNormalization', {
  check({ axis }, [input]) {
    const scale = scaleShape(axis, input);
    const last = input.slice(-scale.length);
    if (scale.every((size, index) => size === 1 || size === last[index])) return;
    throw new Error(`a scale of the shape [${scale.join(', ')}] does not lie along its last axes`);
  },
  weights({ axis }, [input]) {
    return {
      scale: { shape: scaleShape(axis, input), initializer: { class_name: 'Ones', config: {} } },
    };
  },
  call({ axis, epsilon }, { scale }, { input }) {
    const square = tf.mean(tf.square(input), positiveAxes(axis, input.rank), true);
    return tf.mul(tf.mul(input, tf.rsqrt(tf.add(square, epsilon))), scale);
  },
});

function scaleShape(axis: number | readonly number[], input: Shape): number[] {
  const axes = positiveAxes(axis, input.length).sort((a, b) => a - b);
  return axes.map((at) => sizeOf(input, at, `axis ${at} of the input`));
}
