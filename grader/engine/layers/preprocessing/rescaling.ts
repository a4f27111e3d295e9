import { tf, type Tensor } from '../../tensorflow/tf.ts';
import { layer, passesMask } from '../definition.ts';
import { floatInput } from './float-input.ts';

type Numbers = number | readonly Numbers[];

/** x * scale + offset, each a number or a list along the last axis. */
export const rescaling = layer('Rescaling', {
  check({ scale, offset }, [input]) {
    const places = input.at(-1);
    for (const [name, factor] of Object.entries({ scale, offset })) {
      if (typeof factor === 'number' || factor.length === places) continue;
      throw new Error(
        `Rescaling has ${factor.length} numbers in ${name} for an axis of ${places ?? 'None'}`,
      );
    }
  },
  call: ({ scale, offset }, _weights, { input }) =>
    tf.add(tf.mul(floatInput(input), factorOf(scale)), factorOf(offset)),
  mask: passesMask,
});

function factorOf(numbers: Numbers): number | Tensor {
  return typeof numbers === 'number' ? numbers : tf.tensor1d(numbers.map(Number));
}
