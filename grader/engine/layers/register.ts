import { registerGradients } from '../tensorflow/gradients.ts';
import { registerActivations } from './activation/activations.ts';
import { registerBatchNormalization } from './normalization/batch-normalization.ts';
import { registerBidirectional } from './recurrent/bidirectional.ts';
import { registerConv1D } from './convolution/convolution.ts';
import { registerDilation } from './convolution/dilation.ts';
import { registerDropout } from './regularization/dropout.ts';
import { registerExpandDims } from './shape/expand-dims.ts';
import { registerKeptDimensions } from './pooling/global-pooling.ts';
import { registerGroupedConvolution } from './convolution/grouped-convolution.ts';
import { registerGru } from './recurrent/gru.ts';
import { registerIdentity } from './shape/identity.ts';
import { registerImageSize } from './preprocessing/image-size.ts';
import { registerLayerNormalization } from './normalization/layer-normalization.ts';
import { registerLstm } from './recurrent/lstm.ts';
import {
  registerMaskDropping,
  registerMaskedActivations,
  registerMaskedPooling,
} from './masking.ts';
import { registerMaskedMerges } from './merging/masked-merges.ts';
import { registerNoise } from './regularization/noise.ts';
import { registerNormalization } from './preprocessing/normalization.ts';
import { registerOrthogonal } from './initializers/orthogonal.ts';
import { registerRandomImages } from './preprocessing/random-images.ts';
import { registerRectifiers } from './activation/rectifiers.ts';
import { registerRescaling } from './preprocessing/rescaling.ts';
import { registerReshape } from './shape/reshape.ts';
import { registerSeparableConvolution } from './convolution/separable-convolution.ts';
import { registerSequenceLength } from './shape/sequence-length.ts';
import { registerSimpleRnn } from './recurrent/simple-rnn.ts';
import { registerSoftmax } from './activation/softmax.ts';
import { registerSubtract } from './merging/subtract.ts';
import { registerTimeDistributed } from './recurrent/time-distributed.ts';
import { registerTransposedConvolution } from './convolution/transposed-convolution.ts';
import { registerUnitNormalization } from './normalization/unit-normalization.ts';
import { registerUpSampling } from './shape/upsampling.ts';
import { registerVarianceScaling } from './initializers/variance-scaling.ts';

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
