import { tf } from '../../tensorflow/tf.ts';
import { layer } from '../definition.ts';
import { acrossExamples } from '../shapes.ts';

export const pad = layer('Pad', {
  check({ paddings }, [input]) {
    if (paddings.length !== input.length) {
      throw new Error(`${paddings.length} axes are padded of ${input.length}`);
    }
    if (paddings[0]?.every((size) => size === 0)) return;
    throw acrossExamples('adds to');
  },
  shape: ({ paddings }, [input]) =>
    input.map((size, axis) => {
      const [before, behind] = paddings[axis] ?? [0, 0];
      return size === null ? null : before + size + behind;
    }),
  call: ({ paddings, value }, _weights, { input }) =>
    tf.pad(
      input,
      paddings.map(([before, behind]) => [before, behind]),
      value,
    ),
});
