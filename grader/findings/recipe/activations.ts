/** Activations by what they give, by Keras's names (keras/src/activations/activations.py). */
export const sigmoids: readonly (string | null)[] = [
  ...['sigmoid', 'hard_sigmoid', 'keras2_hard_sigmoid', 'sparse_sigmoid'],
];

export const softmaxes: readonly (string | null)[] = ['softmax', 'log_softmax'];

/** Never below 0. */
export const positive: readonly (string | null)[] = [
  ...['relu', 'relu6', 'softplus', 'squareplus', 'sparse_plus', 'exponential'],
];

/** From -1 to 1. */
export const tanhs: readonly (string | null)[] = ['tanh', 'hard_tanh', 'softsign'];
