import type { KerasObject } from '../../../contract.ts';
import type { StoredLayerOptions } from '../../../recipe/layers.ts';
import { sumOf } from '../../../sizes.ts';
import { tf, type Tensor } from '../../tensorflow/tf.ts';
import { layer, type Inner, type Inners } from '../definition.ts';
import type { Shape, Shapes } from '../shapes.ts';
import { readMask } from './states.ts';

type Options = StoredLayerOptions<'Bidirectional'>;

/** Keras zeroes the masked steps of a sequence that is returned (`zero_output_for_mask`). */
export const bidirectional = layer('Bidirectional', {
  leastRank: 3,
  settlesMask: true,
  runsSideBySide: true,
  check: ({ layer: forward, backwardLayer: backward }, [, ...states]) => {
    if (backward) checkAlike(forward, backward);
    if (states.length % 2 === 0) return;
    throw new Error(`${states.length} initial states cannot be halved for two directions`);
  },
  inner: ({ layer: forward, backwardLayer: backward }) => ({
    forward: directed(forward, 'forward'),
    backward: backward ? unzeroed(backward) : directed(forward, 'backward'),
  }),
  innerInputs: (_options, inputs) => halves(inputs),
  shape(options, inputs, inner) {
    const { forward, backward } = halves(inputs);
    const [first, ...ofFirst] = innerOf(inner, 'forward').shapes(forward);
    const [second, ...ofSecond] = innerOf(inner, 'backward').shapes(backward);
    const [output, ...outputs] = mergedShapes(options, first, second);
    return [output, ...outputs, ...ofFirst, ...ofSecond];
  },
  cost(_options, inputs, inner) {
    const { forward, backward } = halves(inputs);
    const costs = [
      innerOf(inner, 'forward').cost(forward),
      innerOf(inner, 'backward').cost(backward),
    ];
    return sumOf(costs);
  },
  call(options, _weights, { inputs, callInner, ...others }) {
    const [input, ...states] = inputs;
    const mask = readMask(options, { inputs, ...others });
    const half = states.length / 2;
    const given = (some: readonly Tensor[]) => (input ? [input, ...some] : some);
    const [forward, ...ofForward] = callInner('forward', given(states.slice(0, half)), mask);
    const [backward, ...ofBackward] = callInner('backward', given(states.slice(half)), mask);
    const isSequence = returnsSequences(options.layer);
    const both = [forward, isSequence ? tf.reverse(backward, 1) : backward] as const;
    const outputs = merged(options.mergeMode, ...both);
    const shown =
      mask && isSequence ? outputs.map((each) => tf.mul(each, factors(mask, each))) : outputs;
    return [...shown, ...ofForward, ...ofBackward];
  },
  mask: ({ layer: inner, mergeMode }, { mask }) => {
    if (!returnsSequences(inner)) return null;
    return mergeMode === null ? [mask, mask] : mask;
  },
});

/** The sequence, and to each direction its half of the initial states. */
function halves([sequence, ...states]: Shapes): { forward: Shapes; backward: Shapes } {
  const half = states.length / 2;
  return {
    forward: [sequence, ...states.slice(0, half)],
    backward: [sequence, ...states.slice(half)],
  };
}

function directed(layer: KerasObject, direction: 'forward' | 'backward'): KerasObject {
  const { class_name, config } = unzeroed(layer);
  const isBackward = direction === 'backward';
  return {
    class_name,
    config: {
      ...config,
      name: `${direction}_${String(config['name'])}`,
      go_backwards: (config['go_backwards'] === true) !== isBackward,
    },
  };
}

/** What is masked is decided and zeroed here, whatever the layer says. */
function unzeroed({ class_name, config }: KerasObject): KerasObject {
  return { class_name, config: { ...config, zero_output_for_mask: false, mask_from_state: true } };
}

/** What Keras asks of two layers (`keras/src/layers/rnn/bidirectional.py`). */
function checkAlike({ config: forward }: KerasObject, { config: backward }: KerasObject): void {
  if ((forward['go_backwards'] === true) === (backward['go_backwards'] === true)) {
    throw new Error(
      'the layer and the backward layer of a Bidirectional read in the same direction',
    );
  }
  for (const key of ['return_sequences', 'return_state']) {
    if ((forward[key] === true) === (backward[key] === true)) continue;
    throw new Error(`the layer and the backward layer of a Bidirectional differ in ${key}`);
  }
}

function returnsSequences({ config }: KerasObject): boolean {
  return config['return_sequences'] === true;
}

function innerOf(inner: Inners, direction: 'forward' | 'backward'): Inner {
  const found = inner[direction];
  if (found) return found;
  throw new Error('Bidirectional has no layer');
}

function mergedShapes({ mergeMode }: Options, forward: Shape, backward: Shape): Shapes {
  if (mergeMode === null) return [forward, backward];
  const [units, others] = [forward.at(-1) ?? 0, backward.at(-1) ?? 0];
  if (mergeMode === 'concat') return [forward.with(-1, units + others)];
  if (units === others) return [forward];
  throw new Error(
    `merge_mode ${mergeMode} takes as many units in both directions: ${units}, ${others}`,
  );
}

function merged(mode: Options['mergeMode'], forward: Tensor, backward: Tensor): Tensor[] {
  switch (mode) {
    case 'concat':
      return [tf.concat([forward, backward], -1)];
    case 'sum':
      return [tf.add(forward, backward)];
    case 'ave':
      return [tf.mul(0.5, tf.add(forward, backward))];
    case 'mul':
      return [tf.mul(forward, backward)];
    case null:
      return [forward, backward];
  }
}

/** 1 or 0 for each step of a sequence, to be multiplied with it. */
function factors(mask: Tensor, { rank }: Tensor): Tensor {
  const axes = Array.from({ length: rank - mask.rank });
  return axes.reduce<Tensor>((inner) => tf.expandDims(inner, -1), tf.cast(mask, 'float32'));
}
