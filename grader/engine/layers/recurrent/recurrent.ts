import type { KerasObject } from '../../../contract.ts';
import { productOf, sumOf } from '../../../sizes.ts';
import type { Cell } from '../../tensorflow/scan.ts';
import type { Tensor } from '../../tensorflow/tf.ts';
import type { WeightSpec } from '../definition.ts';
import { sizeOf, type Shapes } from '../shapes.ts';
import { biasSpec, kernelSpec } from '../weight-specs.ts';
import { dropoutMasks, project } from './gate-products.ts';
import type { RecurrentOptions, Run } from './run.ts';
import { maskOver, runSequence } from './run-sequence.ts';
import { checkStates, maskOf, shapesOf } from './states.ts';
import { timeMajor } from './time-axis.ts';

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

/** What `layer` needs beside the weights and the call, for a recurrence of so many states. */
export function ofRecurrence(count: 1 | 2) {
  const statesOf = ({ units }: { readonly units: number }, [[batch = null]]: Shapes) => {
    const state = [batch, units];
    return count === 1 ? ([state] as const) : ([state, state] as const);
  };
  return {
    rank: 3,
    settlesMask: true,
    isRecurrent: true,
    check: (options: RecurrentOptions, inputs: Shapes) => {
      checkStates(inputs, statesOf(options, inputs));
    },
    shape(options: RecurrentOptions, inputs: Shapes) {
      const states = statesOf(options, inputs);
      return shapesOf(options, inputs[0], { output: states[0], states });
    },
    mask: maskOf,
  };
}

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
): Tensor | readonly Tensor[] {
  const { options, given } = run;
  const steps = timeMajor(options, given.input);
  const drops = dropoutMasks(run, kind.gates);
  const projected = project(steps, {
    ...{ kernel: run.weights.kernel, bias: kind.inputBias(run) },
    ...{ gates: kind.gates, drop: drops.input },
  });
  const [batch = 0] = given.input.shape;
  const shape = [batch, options.units];
  const mask = maskOver(options, given, shape);
  return runSequence(options, {
    ...{ ...kind.step(run, drops.state), projected, start: given.inputs.slice(1), mask },
    ...{ shape, states: kind.states },
  });
}
