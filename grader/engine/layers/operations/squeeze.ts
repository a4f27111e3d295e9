import { showShape } from '../../../text/shape.ts';
import { tf } from '../../tensorflow/tf.ts';
import { layer } from '../definition.ts';
import { ownAxes, type Shape } from '../shapes.ts';

export const squeeze = layer('Squeeze', {
  shape: ({ axis }, [input]) => {
    const left = axesLeft(axis, input);
    return input.filter((_size, at) => !left.includes(at));
  },
  call({ axis }, _weights, { input }) {
    const left = axesLeft(axis, input.shape);
    return tf.reshape(
      input,
      input.shape.filter((_size, at) => !left.includes(at)),
    );
  },
});

/** Throws where one is not of size one. */
function axesLeft(axis: readonly number[] | null, shape: Shape): readonly number[] {
  const ones = shape.flatMap((size, at) => (size === 1 && at > 0 ? [at] : []));
  const wanted = axis === null ? ones : ownAxes(axis, shape.length);
  if (wanted.every((at) => shape[at] === 1)) return wanted;
  throw new Error(`axes of size one alone are squeezed, of shape ${showShape(shape)}`);
}
