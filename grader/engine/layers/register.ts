import { registerHardSigmoid } from './activations.ts';
import { registerBatchNormalization } from './batch-normalization.ts';
import { registerConv1D } from './convolution.ts';
import { registerGru } from './gru.ts';
import { registerLstm } from './lstm.ts';
import { registerMaskedBidirectional, registerMaskedPooling } from './masking.ts';

let isDone = false;

/** Makes TF.js build Keras's layers where its own lack something or compute otherwise. */
export function registerKerasLayers(): void {
  if (isDone) return;
  isDone = true;
  for (const register of [
    registerHardSigmoid,
    registerBatchNormalization,
    registerConv1D,
    registerGru,
    registerLstm,
    registerMaskedBidirectional,
    registerMaskedPooling,
  ]) {
    register();
  }
}
