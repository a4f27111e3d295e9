import { registerGradients } from '../gradients.ts';
import { registerActivations } from './activations.ts';
import { registerBatchNormalization } from './batch-normalization.ts';
import { registerBidirectional } from './bidirectional.ts';
import { registerConv1D } from './convolution.ts';
import { registerDilation } from './dilation.ts';
import { registerDropout } from './dropout.ts';
import { registerExpandDims } from './expand-dims.ts';
import { registerKeptDimensions } from './global-pooling.ts';
import { registerGroupedConvolution } from './grouped-convolution.ts';
import { registerGru } from './gru.ts';
import { registerIdentity } from './identity.ts';
import { registerImageSize } from './image-size.ts';
import { registerLayerNormalization } from './layer-normalization.ts';
import { registerLstm } from './lstm.ts';
import {
  registerMaskDropping,
  registerMaskedActivations,
  registerMaskedPooling,
} from './masking.ts';
import { registerMaskedMerges } from './masked-merges.ts';
import { registerNoise } from './noise.ts';
import { registerNormalization } from './normalization.ts';
import { registerOrthogonal } from './orthogonal.ts';
import { registerRandomImages } from './random-images.ts';
import { registerRectifiers } from './rectifiers.ts';
import { registerRescaling } from './rescaling.ts';
import { registerReshape } from './reshape.ts';
import { registerSeparableConvolution } from './separable-convolution.ts';
import { registerSequenceLength } from './sequence-length.ts';
import { registerSimpleRnn } from './simple-rnn.ts';
import { registerSoftmax } from './softmax.ts';
import { registerSubtract } from './subtract.ts';
import { registerTimeDistributed } from './time-distributed.ts';
import { registerTransposedConvolution } from './transposed-convolution.ts';
import { registerUnitNormalization } from './unit-normalization.ts';
import { registerUpSampling } from './upsampling.ts';
import { registerVarianceScaling } from './variance-scaling.ts';

let isDone = false;

/** Makes TF.js build Keras's layers where its own lack something or compute otherwise. */
export function registerKerasLayers(): void {
  if (isDone) return;
  isDone = true;
  for (const register of [
    registerGradients,
    registerActivations,
    registerOrthogonal,
    registerVarianceScaling,
    registerBatchNormalization,
    registerDropout,
    registerNoise,
    registerDilation,
    registerTransposedConvolution,
    registerGroupedConvolution,
    // Pads in front of a convolution that may be dilated.
    registerConv1D,
    registerSeparableConvolution,
    registerUpSampling,
    registerReshape,
    registerRectifiers,
    registerSoftmax,
    registerLayerNormalization,
    registerUnitNormalization,
    registerNormalization,
    registerRescaling,
    registerImageSize,
    registerRandomImages,
    registerSequenceLength,
    registerIdentity,
    registerExpandDims,
    registerSubtract,
    registerSimpleRnn,
    registerGru,
    registerLstm,
    registerBidirectional,
    registerTimeDistributed,
    registerMaskedPooling,
    registerKeptDimensions,
    registerMaskedActivations,
    registerMaskedMerges,
    registerMaskDropping,
  ]) {
    register();
  }
}
