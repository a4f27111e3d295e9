import { tf } from '../../tensorflow/tf.ts';
import { layer } from '../definition.ts';
import { ownAxes, positiveAxes, type Shape } from '../shapes.ts';
import { joinedMask } from './merge-mask.ts';

export const concatenate = layer('Concatenate', {
  check({ axis }, inputs) {
    ownAxes(axis, inputs[0].length);
    const others = new Set(inputs.map((shape) => JSON.stringify(withoutAxis(shape, axis))));
    if (others.size === 1) return;
    throw new Error(
      'A `Concatenate` layer requires inputs with matching shapes except for the concat axis. ' +
        `Got input shapes: ${JSON.stringify(inputs)}`,
    );
  },
  shape({ axis }, inputs) {
    const [place = 0] = positiveAxes(axis, inputs[0].length);
    const sizes = inputs.map((shape) => shape[place] ?? null);
    const known = sizes.filter((size) => size !== null);
    const sum = known.reduce((total, size) => total + size, 0);
    return inputs[0].with(place, known.length === sizes.length ? sum : null);
  },
  call: ({ axis }, _weights, { inputs }) => tf.concat([...inputs], axis),
  mask: joinedMask,
});

function withoutAxis(shape: Shape, axis: number): Shape {
  const [place = 0] = positiveAxes(axis, shape.length);
  return shape.toSpliced(place, 1);
}
