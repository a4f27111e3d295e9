import { tf, type Tensor } from '../../tensorflow/tf.ts';
import type { Given } from '../definition.ts';
import { dropoutMask } from '../regularization/dropout.ts';

/** What an attention layer is called on, each [batch, ..., channels]; without a key the value is the key. */
export function sequencesOf({ inputs }: Pick<Given, 'inputs'>) {
  const [query, value, key = value] = inputs;
  if (query && value && key) return { query, value, key };
  throw new Error('attention needs a query and a value');
}

/** Drops a share of the attention weights [..., query steps, value steps] while training. */
export function dropWeights(
  { dropout: rate }: { readonly dropout: number },
  weights: Tensor,
  { training, draws }: Pick<Given, 'training' | 'draws'>,
): Tensor {
  if (!training || rate <= 0) return weights;
  return tf.mul(weights, dropoutMask(draws, { shape: weights.shape, rate, stream: 0 }));
}

/** Whether two sizes can be the same. */
export function isAlike(one: number | null = null, other: number | null = null): boolean {
  return one === other || one === null || other === null;
}
