import type { Option } from '../option.ts';
import { also, boolean, integer, integers, nullable, oneOf, required } from '../option.ts';
import { kernelAndBias, seed, share } from './basic.ts';
import { layerClass } from './layer-class.ts';
import { orAlone } from './options.ts';

const size = integer({ min: 1, max: 65_536 });

const attention = {
  /** Share of the attention weights that is dropped while training. */
  dropout: share,
  seed,
  /** Step i sees the steps up to i only; an argument of the call in Keras. */
  useCausalMask: also(['causal'], boolean(false)),
};

/**
 * Layers that are called on `[query, value]` or `[query, value, key]`, of [batch, query steps, channels]
 * and [batch, value steps, channels]. What they give has the query's steps.
 */
export const attentionLayers = {
  /**
   * Means of the values, weighted by how well their keys fit the query (Luong); key and query have as
   * many channels, and the output has the value's.
   */
  Attention: layerClass('attention', {
    /** Multiplies the scores by a learnt number. */
    useScale: boolean(false),
    /** The product of query and key, or the tanh of their sum. */
    scoreMode: oneOf('dot', 'concat'),
    ...attention,
  }),
  /** The same with the tanh of query and key added (Bahdanau). */
  AdditiveAttention: layerClass('additiveAttention', {
    /** Multiplies each channel of the tanh by a learnt number. */
    useScale: boolean(true),
    ...attention,
  }),
  /**
   * Takes a mask of [batch, query steps, value steps] as a fourth input. Query, value and key may have
   * more axes, [batch, ..., channels]; the output has the query's, `outputShape` in the last one's place.
   */
  MultiHeadAttention: layerClass('multiHeadAttention', {
    numHeads: required(size),
    /** Size of each head for query and key. */
    keyDim: required(size),
    /** Size of each head for value; as for the key where none is given. */
    valueDim: nullable(size),
    /** Of the axes that the query's last one becomes; as large as that where none is given. */
    outputShape: nullable(orAlone(integers({ min: 1, max: 1_000_000 }))),
    /** Axes along which steps see each other; all but the first and the last where none is given. */
    attentionAxes: nullable(orAlone(integers({ min: -7, max: 7 }))),
    /** Steps see those that are nearer than so many. */
    slidingWindow: nullable(integer({ min: 1, max: 1_000_000 })),
    /** Multiplies what the heads give by a sigmoid of the query. */
    useGate: boolean(false),
    flashAttention: off(),
    ...attention,
    ...kernelAndBias,
  }),
};

/** A way to compute the same, which TensorFlow does not have. */
function off(): Option<false | null> {
  return { required: false, schema: { enum: [null, false], default: null } };
}
