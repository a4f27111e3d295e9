import { registerGradients } from '../gradients.ts';
import { registerHardSigmoid } from './activations.ts';
import { registerBatchNormalization } from './batch-normalization.ts';
import { registerBidirectional } from './bidirectional.ts';
import { registerConv1D } from './convolution.ts';
import { registerDilation } from './dilation.ts';
import { registerDropout } from './dropout.ts';
import { registerGru } from './gru.ts';
import { registerLstm } from './lstm.ts';
import {
  registerMaskDropping,
  registerMaskedActivations,
  registerMaskedPooling,
} from './masking.ts';
import { registerMaskedMerges } from './masked-merges.ts';
import { registerNoise } from './noise.ts';
import { registerOrthogonal } from './orthogonal.ts';
import { registerReshape } from './reshape.ts';
import { registerSeparableConvolution } from './separable-convolution.ts';
import { registerSimpleRnn } from './simple-rnn.ts';
import { registerSoftmax } from './softmax.ts';
import { registerTimeDistributed } from './time-distributed.ts';
import { registerTransposedConvolution } from './transposed-convolution.ts';
import { registerUpSampling } from './upsampling.ts';

let isDone = false;

/** Makes TF.js build Keras's layers where its own lack something or compute otherwise. */
export function registerKerasLayers(): void {
  if (isDone) return;
  isDone = true;
  for (const register of [
    registerGradients,
    registerHardSigmoid,
    registerOrthogonal,
    registerBatchNormalization,
    registerDropout,
    registerNoise,
    registerDilation,
    // Pads in front of a convolution that may be dilated.
    registerConv1D,
    registerTransposedConvolution,
    registerSeparableConvolution,
    registerUpSampling,
    registerReshape,
    registerSoftmax,
    registerSimpleRnn,
    registerGru,
    registerLstm,
    registerBidirectional,
    registerTimeDistributed,
    registerMaskedPooling,
    registerMaskedActivations,
    registerMaskedMerges,
    registerMaskDropping,
  ]) {
    register();
  }
}
