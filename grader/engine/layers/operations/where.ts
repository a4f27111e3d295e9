import { tf } from '../../tensorflow/tf.ts';
import { layer } from '../definition.ts';
import { isTrue } from './arithmetic.ts';
import { broadcast, operandOf } from './broadcast.ts';

/** A tensor for each of the two that is no constant stands behind the condition. */
export const where = layer('Where', {
  check({ then, otherwise }, inputs) {
    const wanted = 1 + [then, otherwise].filter((constant) => constant === null).length;
    if (inputs.length === wanted) return;
    throw new Error(`where got ${inputs.length} tensors, not ${wanted}`);
  },
  shape: ({ then, otherwise }, inputs) =>
    broadcast(
      inputs,
      [then, otherwise].filter((constant) => constant !== null),
    ),
  call({ then, otherwise }, _weights, { input, inputs: [, ...tensors] }) {
    const [first, second] = [then, otherwise].map((constant) =>
      constant === null ? tensors.shift() : operandOf(constant),
    );
    if (first === undefined || second === undefined) throw new Error('where got too few tensors');
    return tf.where(isTrue(input), first, second);
  },
});
