import { activation } from '../activations.ts';
import {
  boolean,
  integer,
  oneOf,
  only,
  optional,
  required,
  sizes,
  type Option,
} from '../option.ts';
import { seed } from './basic.ts';
import { cell, ofGru, ofLstm, ofUnits, recurrentWeights } from './cells.ts';
import { layerClass } from './layer-class.ts';
import { recurrentLayer, wrappedLayer } from './wrapped.ts';

/** Keras 3 reads masked steps in calls with an initial state; Keras 2 skips them there too. */
const maskFromState = optional(boolean(false));

/** How a sequence is read, and what of it is given. */
const reading = {
  /** True gives the output of every step, false the last one only. */
  returnSequences: boolean(false),
  /** True gives the states after the last step as well, each as an output of its own. */
  returnState: boolean(false),
  goBackwards: boolean(false),
  stateful: only(false),
  unroll: boolean(false),
  /** Gives zeros for masked steps; Bidirectional decides this itself. */
  zeroOutputForMask: boolean(false),
  maskFromState,
};

const mergeModes = ['concat', 'sum', 'mul', 'ave'] as const;

function convLstm<Axes extends 1 | 2>(axes: Axes) {
  return {
    /** Number of output channels. */
    filters: required(integer({ min: 1, max: 65_536 })),
    kernelSize: required(sizes(axes)),
    strides: sizes(axes, { min: 1, default: 1 }),
    padding: oneOf('valid', 'same'),
    dataFormat: only('channels_last'),
    dilationRate: sizes(axes, { min: 1, default: 1 }),
    activation: activation('tanh'),
    recurrentActivation: activation('sigmoid'),
    ...recurrentWeights,
    unitForgetBias: ofLstm.unitForgetBias,
    ...reading,
    seed,
  };
}

export const recurrentLayers = {
  SimpleRNN: layerClass('simpleRNN', { ...ofUnits, ...reading, seed }),
  GRU: layerClass('gru', { ...ofUnits, ...reading, seed, ...ofGru }),
  LSTM: layerClass('lstm', { ...ofUnits, ...reading, seed, ...ofLstm }),
  /** Takes a cell, or several on top of each other, over a sequence [batch, time, features]. */
  RNN: layerClass('rnn', {
    /** `layers.lstmCell({…})`, or a list of cells. */
    cell: required(cell()),
    ...reading,
  }),
  /** An LSTM whose products are convolutions, over [batch, time, length, channels]; states lack time. */
  ConvLSTM1D: layerClass('convLstm1d', convLstm(1)),
  /** The same over sequences of pictures, [batch, time, height, width, channels]. */
  ConvLSTM2D: layerClass('convLstm2d', convLstm(2)),
  /** Runs a recurrent layer in both directions. */
  Bidirectional: layerClass('bidirectional', {
    /** The recurrent layer, `layers.lstm({…})`. */
    layer: required(recurrentLayer()),
    /** How the two outputs become one; null leaves them two. */
    mergeMode: orNull(oneOf(...mergeModes)),
    /** For the way back where it is another one; it has `goBackwards: true`. */
    backwardLayer: optional(recurrentLayer()),
    maskFromState,
  }),
  /** Applies a layer or a model to each step of a sequence. */
  TimeDistributed: layerClass('timeDistributed', { layer: required(wrappedLayer()) }),
};

/** Null as well, which is not the default. */
function orNull<Word>(option: Option<Word>): Option<Word | null> {
  const { enum: words, ...schema } = option.schema;
  return { ...option, schema: { ...schema, enum: [words, null].flat() } };
}
