import type { KerasObject } from '../../../contract.ts';
import { tf, type Tensor } from '../../tensorflow/tf.ts';
import { layer, type Inners } from '../definition.ts';

/** Keras zeroes the masked steps of a sequence that is returned (`zero_output_for_mask`). */
export const bidirectional = layer('Bidirectional', {
  rank: 3,
  inner: (options) => ({
    forward: directed(options.layer, 'forward'),
    backward: directed(options.layer, 'backward'),
  }),
  shape({ mergeMode }, inputs, inner) {
    const [output] = innerOf(inner).shapes(inputs);
    return mergeMode === 'concat' ? output.with(-1, 2 * (output.at(-1) ?? 0)) : output;
  },
  call(options, _weights, { input, mask, callInner }) {
    const [forward] = callInner('forward', [input], mask);
    const [backward] = callInner('backward', [input], mask);
    const isSequence = returnsSequences(options.layer);
    const both = [forward, isSequence ? tf.reverse(backward, 1) : backward] as const;
    const output = merged(options.mergeMode, ...both);
    if (!mask || !isSequence) return output;
    return tf.mul(output, tf.expandDims(tf.cast(mask, 'float32'), -1));
  },
  mask: (options, { mask }) => (returnsSequences(options.layer) ? mask : null),
});

function directed({ class_name, config }: KerasObject, direction: 'forward' | 'backward') {
  const isBackward = direction === 'backward';
  return {
    class_name,
    config: {
      ...config,
      name: `${direction}_${String(config['name'])}`,
      go_backwards: (config['go_backwards'] === true) !== isBackward,
      // Decided here, whatever the layer says.
      zero_output_for_mask: false,
    },
  };
}

function returnsSequences({ config }: KerasObject): boolean {
  return config['return_sequences'] === true;
}

function innerOf({ forward }: Inners) {
  if (forward) return forward;
  throw new Error('Bidirectional has no layer');
}

function merged(mode: 'concat' | 'sum' | 'mul' | 'ave', forward: Tensor, backward: Tensor): Tensor {
  switch (mode) {
    case 'concat':
      return tf.concat([forward, backward], -1);
    case 'sum':
      return tf.add(forward, backward);
    case 'ave':
      return tf.mul(0.5, tf.add(forward, backward));
    case 'mul':
      return tf.mul(forward, backward);
  }
}
