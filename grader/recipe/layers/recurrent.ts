import { activation } from '../activations.ts';
import { constraint } from '../constraints.ts';
import { initializer } from '../initializers.ts';
import { boolean, integer, oneOf, only, required } from '../option.ts';
import { regularizer } from '../regularizers.ts';
import { kernelAndBias, seed, share } from './basic.ts';
import { layerClass } from './layer-class.ts';
import { recurrentLayer, wrappedLayer } from './wrapped.ts';

const recurrent = {
  /** Size of the state and of the output. */
  units: required(integer({ min: 1, max: 65_536 })),
  activation: activation('tanh'),
  ...kernelAndBias,
  recurrentInitializer: initializer('Orthogonal'),
  recurrentRegularizer: regularizer(),
  recurrentConstraint: constraint(),
  dropout: share,
  recurrentDropout: share,
  /** True gives the output of every step, false the last one only. */
  returnSequences: boolean(false),
  returnState: only(false),
  goBackwards: boolean(false),
  stateful: only(false),
  unroll: boolean(false),
  /** Gives zeros for masked steps; Bidirectional decides this itself. */
  zeroOutputForMask: boolean(false),
  seed,
};

const gated = {
  recurrentActivation: activation('sigmoid'),
  implementation: integer({ min: 1, max: 2, default: 2 }),
};

export const recurrentLayers = {
  SimpleRNN: layerClass('simpleRNN', recurrent),
  GRU: layerClass('gru', {
    ...recurrent,
    ...gated,
    /** Where the reset gate acts: after the matrix product, as in Keras, or before it. */
    resetAfter: boolean(true),
  }),
  LSTM: layerClass('lstm', {
    ...recurrent,
    ...gated,
    /** Starts the forget gate's bias at one. */
    unitForgetBias: boolean(true),
  }),
  /** Runs a recurrent layer in both directions. */
  Bidirectional: layerClass('bidirectional', {
    /** The recurrent layer, `layers.lstm({…})`. */
    layer: required(recurrentLayer()),
    /** How the two outputs become one. */
    mergeMode: oneOf('concat', 'sum', 'mul', 'ave'),
  }),
  /** Applies a layer to each step of a sequence. */
  TimeDistributed: layerClass('timeDistributed', { layer: required(wrappedLayer()) }),
};
