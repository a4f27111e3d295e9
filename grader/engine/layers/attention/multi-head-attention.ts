import type { StoredLayerOptions } from '../../../recipe/layers.ts';
import { productOf } from '../../../sizes.ts';
import { tf, type Tensor } from '../../tensorflow/tf.ts';
import { layer, passesMask, type Given, type WeightSpec } from '../definition.ts';
import { asMatrix } from '../initializers/initial-value.ts';
import { channelsOf } from '../shapes.ts';
import { biasSpec, kernelSpec } from '../weight-specs.ts';
import { asHeads, asRows, headAxes, scoreSizes } from './heads.ts';
import { hideScores, sightOf } from './multi-head-mask.ts';
import { checkHeads, productsOf, seenAxes, valuesHeld } from './multi-head-shapes.ts';
import { dropWeights, sequencesOf } from './sequences.ts';

type Options = StoredLayerOptions<'MultiHeadAttention'>;

/**
 * `keras/src/layers/attention/multi_head_attention.py`, each of whose products is a layer there. Query, value
 * and key are [batch, ..., channels], and so is what it gives; between them stand [batch, ..., heads, size].
 */
export const multiHeadAttention = layer('MultiHeadAttention', {
  endsMasks: true,
  check: checkHeads,
  weights(options, [query, value = query, key = value]) {
    const { numHeads, keyDim, valueDim, useGate } = options;
    const [forKey, forValue] = [
      [numHeads, keyDim],
      [numHeads, valueDim ?? keyDim],
    ];
    const width = options.outputShape ?? [channelsOf(query)];
    return {
      queryKernel: kernelOf(options, [channelsOf(query)], forKey),
      queryBias: biasSpec(options, forKey),
      keyKernel: kernelOf(options, [channelsOf(key)], forKey),
      keyBias: biasSpec(options, forKey),
      gateKernel: useGate ? kernelOf(options, [channelsOf(query)], forValue) : null,
      gateBias: useGate ? biasSpec(options, forValue) : null,
      valueKernel: kernelOf(options, [channelsOf(value)], forValue),
      valueBias: biasSpec(options, forValue),
      outputKernel: kernelOf(options, forValue, width),
      outputBias: biasSpec(options, width),
    };
  },
  shape: ({ outputShape }, [query]) =>
    outputShape ? [...query.slice(0, -1), ...outputShape] : query,
  call(options, weights, given) {
    const { query, key, value } = sequencesOf(given);
    const heads = {
      query: product(query, weights.queryKernel, weights.queryBias),
      key: product(key, weights.keyKernel, weights.keyBias),
      value: product(value, weights.valueKernel, weights.valueBias),
    };
    const means = attend(options, heads, given);
    const { gateKernel, gateBias, outputKernel, outputBias } = weights;
    const gate = gateKernel ? tf.sigmoid(product(query, gateKernel, gateBias)) : null;
    const output = joined(gate ? tf.mul(means, gate) : means, -2);
    return product(output, joined(outputKernel, 0), outputBias);
  },
  mask: passesMask,
  held: valuesHeld,
  cost: productsOf,
});

/** [...inputs, ...outputs], which starts as one matrix of all inputs and all outputs does. */
function kernelOf(
  options: Options,
  inputs: readonly number[],
  outputs: readonly number[],
): WeightSpec {
  const initializer = asMatrix(options.kernelInitializer, productOf(inputs));
  return { ...kernelSpec(options, [...inputs, ...outputs]), initializer };
}

/** [..., inputs] by a kernel [inputs, ...outputs] and a bias [...outputs]: [..., ...outputs]. */
function product(input: Tensor, kernel: Tensor, bias: Tensor | null): Tensor {
  const [inputs = 0, ...outputs] = kernel.shape;
  const rows = tf.matMul(tf.reshape(input, [-1, inputs]), tf.reshape(kernel, [inputs, -1]));
  const output = tf.reshape(rows, [...input.shape.slice(0, -1), ...outputs]);
  return bias ? tf.add(output, bias) : output;
}

/** The axis and the one behind it as one. */
function joined(tensor: Tensor, axis: 0 | -2): Tensor {
  const at = axis < 0 ? tensor.rank + axis : axis;
  const both = productOf(tensor.shape.slice(at, at + 2));
  return tf.reshape(tensor, tensor.shape.toSpliced(at, 2, both));
}

/** Each [batch, ..., heads, size], as `keyDim` and `valueDim` have it. */
interface Heads {
  readonly query: Tensor;
  readonly key: Tensor;
  readonly value: Tensor;
}

/** Means of the values by the softmax of query times key, head by head, in the query's axes. */
function attend(options: Options, heads: Heads, given: Given): Tensor {
  const axes = headAxes(seenAxes(options, heads.query.rank - 1), heads.query.rank);
  const query = tf.mul(asRows(heads.query, axes), 1 / Math.sqrt(options.keyDim));
  const scores = tf.matMul(query, asRows(heads.key, axes), false, true);
  const sight = sightOf(options, given);
  const sizes = scoreSizes(heads, axes);
  const shown = sight
    ? tf.reshape(hideScores(tf.reshape(scores, sizes), sight, axes.seen.length), scores.shape)
    : scores;
  const weights = dropWeights(options, tf.softmax(shown), given);
  return asHeads(tf.matMul(weights, asRows(heads.value, axes)), heads.query.shape, axes);
}
