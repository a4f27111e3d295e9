import { productOf } from '../../../sizes.ts';
import { tf, type Tensor } from '../../tensorflow/tf.ts';
import { layer, passesMask, type Inners } from '../definition.ts';
import { sizeOf, type Shape, type Shapes } from '../shapes.ts';

/**
 * One call of the inner layer on [batch * time, ...]. In a training, a layer with statistics of the
 * batch is called once a step, as Keras does.
 */
export const timeDistributed = layer('TimeDistributed', {
  leastRank: 3,
  callsPerStep: true,
  settlesMask: true,
  inner: (options) => ({ layer: options.layer }),
  innerInputs: (_options, [input]) => ({ layer: [withoutTime(input)] }),
  shape(_options, [input], inner) {
    const [[batch = null, ...sizes]] = outputOf(inner, [withoutTime(input)]);
    return [batch, input[1] ?? null, ...sizes];
  },
  cost(_options, [input], inner) {
    const steps = sizeOf(input, 1, 'the steps of the input');
    return productOf([steps, innerOf(inner).cost([withoutTime(input)])]);
  },
  call(_options, _weights, { input, training, inner, callInner }) {
    const call = (some: Tensor) => callInner('layer', [some], null)[0];
    if (!training || !innerOf(inner).seesTheBatch) return callOnce(call, input);
    return tf.stack(tf.unstack(input, 1).map(call), 1);
  },
  mask: passesMask,
});

function withoutTime(shape: Shape): Shape {
  return shape.toSpliced(1, 1);
}

function outputOf(inner: Inners, inputs: Shapes): readonly [Shape] {
  const [output, ...others] = innerOf(inner).shapes(inputs);
  if (others.length === 0) return [output];
  throw new Error(`the layer in TimeDistributed gives ${1 + others.length} outputs; it takes one`);
}

function innerOf(inner: Inners) {
  if (inner['layer']) return inner['layer'];
  throw new Error('TimeDistributed has no layer');
}

function callOnce(call: (input: Tensor) => Tensor, input: Tensor): Tensor {
  const [batch = 0, time = 0, ...rest] = input.shape;
  const output = call(tf.reshape(input, [batch * time, ...rest]));
  return tf.reshape(output, [batch, time, ...output.shape.slice(1)]);
}
