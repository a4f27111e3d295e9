import type { KerasObject } from '../../../contract.ts';
import { productOf, sumOf } from '../../../sizes.ts';
import { scan, type Cell } from '../../tensorflow/scan.ts';
import { tf, type Tensor } from '../../tensorflow/tf.ts';
import type { Given, WeightSpec } from '../definition.ts';
import { sizeOf, type Shape, type Shapes } from '../shapes.ts';
import { biasSpec, kernelSpec } from '../weight-specs.ts';
import { dropoutMasks, project } from './gate-products.ts';
import type { RecurrentOptions, Run } from './run.ts';
import { lastStep, swapBatchAndTime, timeMajor } from './time-axis.ts';

/** What sets one kind of recurrent layer apart. */
export interface RecurrentKind<Options extends RecurrentOptions> {
  readonly gates: number;
  /** States of a cell; the first is its output. */
  readonly states: number;
  /** The part of the bias that is added to the inputs. */
  inputBias(run: Run<Options>): Tensor | null;
  /** One step on the projected inputs [batch, gates * units]; `drop` [gates, batch, units]. */
  step(run: Run<Options>, drop: Tensor | null): { cell: Cell; weights: Tensor[] };
}

/** What `layer` needs beside the weights and the call. */
export const ofRecurrence = {
  rank: 3,
  isRecurrent: true,
  shape: ({ units, returnSequences }: RecurrentOptions, [[batch = null, time = null]]: Shapes) =>
    (returnSequences ? [batch, time, units] : [batch, units]) satisfies Shape,
  mask: ({ returnSequences }: RecurrentOptions, { mask }: Pick<Given, 'mask'>) =>
    returnSequences ? mask : null,
};

interface WeightOptions {
  readonly units: number;
  readonly useBias: boolean;
  readonly kernelInitializer: KerasObject;
  readonly kernelRegularizer: KerasObject | null;
  readonly kernelConstraint: KerasObject | null;
  readonly recurrentInitializer: KerasObject;
  readonly recurrentRegularizer: KerasObject | null;
  readonly recurrentConstraint: KerasObject | null;
  readonly biasInitializer: KerasObject;
  readonly biasRegularizer: KerasObject | null;
  readonly biasConstraint: KerasObject | null;
}

/** The weights of so many gates. */
export function gateSpecs(
  options: WeightOptions,
  [input]: Shapes,
  { gates, biasInitializer }: { gates: number; biasInitializer?: WeightSpec['initializer'] },
) {
  const width = gates * options.units;
  const recurrentKernel: WeightSpec = {
    shape: [options.units, width],
    initializer: options.recurrentInitializer,
    regularizer: options.recurrentRegularizer,
    constraint: options.recurrentConstraint,
  };
  return {
    kernel: kernelSpec(options, [sizeOf(input, -1, 'the last axis of the input'), width]),
    recurrentKernel,
    bias: biasSpec(options, [width], biasInitializer),
  };
}

/** Of all steps: the inputs' part of so many gates, and the state's. */
export function gateCost({ units }: { units: number }, [input]: Shapes, gates: number): number {
  const features = sizeOf(input, -1, 'the last axis of the input');
  const steps = sizeOf(input, 1, 'the steps of the input');
  return productOf([steps, sumOf([features, units]), gates, units]);
}

/** Runs a whole sequence through `scan`. */
export function recur<Options extends RecurrentOptions>(
  kind: RecurrentKind<Options>,
  run: Run<Options>,
): Tensor {
  const { options, given } = run;
  const steps = timeMajor(options, given.input);
  const drops = dropoutMasks(run, kind.gates);
  const projected = project(steps, {
    ...{ kernel: run.weights.kernel, bias: kind.inputBias(run) },
    ...{ gates: kind.gates, drop: drops.input },
  });
  const mask = maskOver(run);
  const { cell: step, weights } = kind.step(run, drops.state);
  const [batch = 0] = given.input.shape;
  const initial = Array.from({ length: kind.states }, () => tf.zeros([batch, options.units]));
  const sequences = mask ? [projected, mask] : [projected];
  const states = scan(mask ? heldWhereMasked(step) : step, { sequences, initial, weights });
  const [outputs] = states as [Tensor];
  // Without this a step that is masked repeats the output before it, and zero before the first one.
  const isZeroed = mask !== null && options.zeroOutputForMask;
  return outputOf(options, isZeroed ? tf.where(mask, outputs, tf.zerosLike(outputs)) : outputs);
}

/** Of [time, batch, units]. */
export function outputOf({ returnSequences }: RecurrentOptions, outputs: Tensor): Tensor {
  return returnSequences ? swapBatchAndTime(outputs) : lastStep(outputs);
}

/** The mask as booleans [time, batch, units] in the order in which the layer reads. */
function maskOver({ options, given: { mask } }: Run): Tensor | null {
  if (!mask) return null;
  const steps = tf.expandDims(timeMajor(options, tf.cast(mask, 'int32')), -1);
  return tf.cast(tf.tile(steps, [1, 1, options.units]), 'bool');
}

/** A step that the mask takes out leaves every state as it is. */
function heldWhereMasked(step: Cell): Cell {
  return (inputs, states, weights) => {
    const [input, mask] = inputs as [Tensor, Tensor];
    const next = step([input], states, weights);
    return next.map((state, index) => tf.where(mask, state, states[index] as Tensor));
  };
}
