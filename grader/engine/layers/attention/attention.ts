import { showShape } from '../../../text/shape.ts';
import type { StoredLayerOptions } from '../../../recipe/layers.ts';
import { productOf, sumOf } from '../../../sizes.ts';
import { tf, type Tensor } from '../../tensorflow/tf.ts';
import { layer, passesMask, type Given } from '../definition.ts';
import { channelsOf, type Shape, type Shapes } from '../shapes.ts';
import { and, causalMask } from './score-mask.ts';
import { dropWeights, isAlike, sequencesOf } from './sequences.ts';

type Options = StoredLayerOptions<'Attention'> | StoredLayerOptions<'AdditiveAttention'>;

const ofSequences = { check: checkSequences, shape: meansShape, mask: passesMask };

/**
 * Means of the values, weighted by the softmax of scores (`keras/src/layers/attention/attention.py`): from
 * query [batch, Tq, d], value [batch, Tv, dv] and key [batch, Tv, d] to [batch, Tq, dv].
 */
export const attention = layer('Attention', {
  ...ofSequences,
  weights: ({ useScale, scoreMode }) => ({
    scale: useScale ? one : null,
    concatScoreWeight: scoreMode === 'concat' ? one : null,
  }),
  call(options, { scale, concatScoreWeight }, given) {
    const { query, key } = sequencesOf(given);
    const scaled = (scores: Tensor) => (scale ? tf.mul(scores, scale) : scores);
    if (!concatScoreWeight) {
      return means(options, scaled(tf.matMul(query, key, false, true)), given);
    }
    const sum = tf.sum(tf.tanh(scaled(pairSums(query, key))), -1);
    return means(options, tf.mul(concatScoreWeight, sum), given);
  },
  held: ({ scoreMode }, shapes) => pairs(shapes, scoreMode === 'concat' ? shapes[0].at(-1) : 1),
  cost: (_options, shapes) => sumOf([pairs(shapes, shapes[0].at(-1)), meansCost(shapes)]),
});

/** The same with scores of another kind (`keras/src/layers/attention/additive_attention.py`). */
export const additiveAttention = layer('AdditiveAttention', {
  ...ofSequences,
  weights: ({ useScale }, [query]) => ({
    scale: useScale ? { shape: [channelsOf(query)], initializer: glorotUniform } : null,
  }),
  call(options, { scale }, given) {
    const { query, key } = sequencesOf(given);
    const bent = tf.tanh(pairSums(query, key));
    return means(options, tf.sum(scale ? tf.mul(scale, bent) : bent, -1), given);
  },
  held: (_options, shapes) => pairs(shapes, shapes[0].at(-1)),
  cost: (_options, shapes) => sumOf([pairs(shapes, shapes[0].at(-1)), meansCost(shapes)]),
});

const one = { shape: [], initializer: { class_name: 'Ones', config: {} } };
const glorotUniform = { class_name: 'GlorotUniform', config: {} };

/** Each step of the query with each of the key: [batch, query steps, key steps, channels]. */
function pairSums(query: Tensor, key: Tensor): Tensor {
  return tf.add(tf.expandDims(query, 2), tf.expandDims(key, 1));
}

/** Scores of hidden steps are lower by this, as in Keras. */
const penalty = 1e9;

/** By scores [batch, query steps, value steps]: [batch, query steps, channels of the value]. */
function means(options: Options, scores: Tensor, given: Given): Tensor {
  const [queryMask = null, valueMask = null] = given.masks;
  const sight = and(
    valueMask && tf.expandDims(valueMask, 1),
    options.useCausalMask ? causalMask(scores.shape) : null,
  );
  const shown = sight ? tf.where(sight, scores, tf.sub(scores, penalty)) : scores;
  const weights = dropWeights(options, tf.softmax(shown), given);
  const output = tf.matMul(weights, sequencesOf(given).value);
  return queryMask ? tf.where(tf.expandDims(queryMask, -1), output, 0) : output;
}

/** Throws where query, value and key, each [batch, steps, channels], do not fit each other. */
function checkSequences(_options: unknown, shapes: Shapes): void {
  const [query, value, key = value] = shapes;
  if (!value || !key || shapes.length > 3) {
    throw new Error(
      `an attention layer takes [query, value] or [query, value, key], got ${shapes.length} inputs`,
    );
  }
  const areSequences = shapes.every(({ length }) => length === 3);
  if (areSequences && isAlike(query[2], key[2]) && isAlike(value[1], key[1])) return;
  throw new Error(`attention of ${shapes.map(showShape).join(', ')} does not fit together`);
}

function meansShape(_options: unknown, [query, value = query]: Shapes): Shape {
  return query.with(2, value[2] ?? null);
}

/** So much for each score of one example. */
function pairs([query, value = query]: Shapes, each: number | null = 1): number {
  return productOf([query[1] ?? 1, value[1] ?? 1, each ?? 1]);
}

function meansCost(shapes: Shapes): number {
  return pairs(shapes, (shapes[1] ?? shapes[0]).at(-1));
}
