import type { StoredLayerOptions } from '../../../recipe/layers.ts';
import { productOf, sumOf } from '../../../sizes.ts';
import type { Cell } from '../../tensorflow/scan.ts';
import { tf, type Tensor } from '../../tensorflow/tf.ts';
import { convolve } from '../convolution/convolutions.ts';
import { refuseStrides, type Sizes, type Window } from '../convolution/dilation.ts';
import { outputOf } from '../convolution/window-shape.ts';
import { layer, type Given, type WeightSpec } from '../definition.ts';
import { dropoutMask } from '../regularization/dropout.ts';
import { channelsOf, sizeOf, valuesOf, type Shape, type Shapes } from '../shapes.ts';
import { biasSpec, kernelSpec } from '../weight-specs.ts';
import { lstmStates, openForgetGate } from './lstm.ts';
import { maskOver, runSequence } from './run-sequence.ts';
import { checkStates, maskOf, shapesOf } from './states.ts';
import { timeMajor } from './time-axis.ts';

type Options = StoredLayerOptions<'ConvLSTM1D'> | StoredLayerOptions<'ConvLSTM2D'>;

interface Weights {
  /** [...kernel size, channels, 4 filters], and for the state [...kernel size, filters, 4 filters]. */
  readonly kernel: Tensor;
  readonly recurrentKernel: Tensor;
  /** [4 filters]. */
  readonly bias: Tensor | null;
}

const gates = 4;

const convLstm = {
  isRecurrent: true,
  /** Four gates' inputs, two states, and both before the step. */
  heldPerUnit: 8,
  check(options: Options, inputs: Shapes) {
    refuseStrides(options);
    const state = stateOf(options, inputs);
    for (const axis of inputs[0].slice(2).keys())
      sizeOf(inputs[0], axis + 2, 'a size of the steps');
    checkStates(inputs, [state, state]);
  },
  weights,
  shape(options: Options, inputs: Shapes) {
    const state = stateOf(options, inputs);
    return shapesOf(options, inputs[0], { output: state, states: [state, state] });
  },
  cost(options: Options, inputs: Shapes) {
    const { filters, kernelSize } = options;
    const steps = sizeOf(inputs[0], 1, 'the steps of the input');
    const channels = sumOf([channelsOf(inputs[0]), filters]);
    return productOf([steps, valuesOf(stateOf(options, inputs)), ...kernelSize, gates, channels]);
  },
  call(options: Options, { kernel, recurrentKernel, bias }: Weights, given: Given) {
    const shape = stateOf(options, [given.input.shape]).map((size) => size ?? 0);
    const drops = dropsOf(options, given, shape);
    const steps = timeMajor(options, given.input);
    const projected = project(steps, kernel, { window: options, drop: drops.input });
    return runSequence(options, {
      ...{ cell: cellOf(options), start: given.inputs.slice(1), shape, states: 2 },
      mask: maskOver(options, given, shape),
      weights: drops.state ? [recurrentKernel, drops.state] : [recurrentKernel],
      projected: bias ? tf.add(projected, bias) : projected,
    });
  },
  mask: maskOf,
};

/** Over [batch, time, length, channels] (`keras/src/layers/rnn/conv_lstm.py`). */
export const convLstm1d = layer('ConvLSTM1D', { rank: 4, ...convLstm });
/** Over [batch, time, height, width, channels]. */
export const convLstm2d = layer('ConvLSTM2D', { rank: 5, ...convLstm });

function weights(options: Options, [input]: Shapes) {
  const { filters, kernelSize } = options;
  const width = gates * filters;
  const recurrentKernel: WeightSpec = {
    shape: [...kernelSize, filters, width],
    initializer: options.recurrentInitializer,
    regularizer: options.recurrentRegularizer,
    constraint: options.recurrentConstraint,
  };
  const start = options.unitForgetBias ? openForgetGate(options, filters) : undefined;
  return {
    kernel: kernelSpec(options, [...kernelSize, channelsOf(input), width]),
    recurrentKernel,
    bias: biasSpec(options, [width], start),
  };
}

/** A state, [batch, ...sizes, filters], is as large as what a convolution of one step gives. */
function stateOf(options: Options, [input]: Shapes): Shape {
  return outputOf(options, input.toSpliced(1, 1), options.filters);
}

/** One mask for all steps and each gate, as Keras draws them: [4, batch, ...sizes, channels]. */
function dropsOf(options: Options, { input, training, draws }: Given, state: readonly number[]) {
  const { dropout, recurrentDropout } = options;
  const draw = (shape: readonly number[], rate: number, stream: number) =>
    training && rate > 0 ? dropoutMask(draws, { shape: [gates, ...shape], rate, stream }) : null;
  return {
    input: draw(input.shape.toSpliced(1, 1), dropout, 0),
    state: draw(state, recurrentDropout, 1),
  };
}

interface Products {
  readonly window: Window;
  /** Of each gate. */
  readonly drop: Tensor | null | undefined;
}

/** The inputs' part of every gate for all steps [time, batch, ...] at once: [time, batch, ..., 4 filters]. */
function project(steps: Tensor, kernel: Tensor, products: Products): Tensor {
  const [time = 0, batch = 0] = steps.shape;
  const flat = (some: Tensor) => tf.reshape(some, [time * batch, ...steps.shape.slice(2)]);
  const output = byGate(steps, kernel, { ...products, read: flat });
  return tf.reshape(output, [time, batch, ...output.shape.slice(1)]);
}

/** What a convolution gives for every gate, [batch, ..., 4 filters]; a kernel has those of all gates. */
function byGate(
  input: Tensor,
  kernel: Tensor,
  { window, drop, read = (some) => some }: Products & { readonly read?: (some: Tensor) => Tensor },
): Tensor {
  if (!drop) return convolve(read(input), kernel, window);
  const kernels = tf.split(kernel, gates, kernel.rank - 1);
  const masks = tf.unstack(drop);
  const parts = kernels.map((part, gate) => {
    const mask = masks[gate];
    return convolve(read(mask ? tf.mul(input, mask) : input), part, window);
  });
  return tf.concat(parts, -1);
}

/** Of a step's part [batch, ..., 4 filters], and the output and what is carried [batch, ..., filters]. */
function cellOf(options: Options): Cell {
  const ones: Sizes = options.kernelSize.length === 1 ? [1] : [1, 1];
  const { kernelSize } = options;
  const window = { kernelSize, strides: ones, dilationRate: ones, padding: 'same' } as const;
  return (inputs, states, given) => {
    const [input] = inputs as [Tensor];
    const [previous, carried] = states as [Tensor, Tensor];
    const [kernel, drop] = given as [Tensor, Tensor?];
    const total = tf.add(input, byGate(previous, kernel, { window, drop }));
    return lstmStates(options, total, carried);
  };
}
