import { tf, type Tensor } from './tf.ts';

interface CustomGradient {
  readonly value: Tensor;
  /** The gradients of the inputs, in their order, from that of the value and what was saved. */
  readonly gradFunc: (dy: Tensor, saved: Tensor[]) => Tensor | Tensor[];
}

/** `tf.customGrad`, whose types know no number of inputs. */
export function withGradient<Inputs extends readonly [Tensor, ...Tensor[]]>(
  inputs: Inputs,
  compute: (inputs: Inputs, save: (tensors: Tensor[]) => void) => CustomGradient,
): Tensor {
  const operation = tf.customGrad((...given) => {
    // TF.js calls it with the inputs and, last, the function that saves; it types all as tensors.
    const save = given.pop() as unknown as (tensors: Tensor[]) => void;
    return compute(given as unknown as Inputs, save);
  });
  return operation(...inputs);
}
