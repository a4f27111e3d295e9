import type { StoredOptions } from '../../../recipe/option.ts';
import type { OptimizerClassName, optimizerTable } from '../../../recipe/optimizers.ts';
import type { AnyOptions } from '../../layers/of-options.ts';
import { tf, type Tensor } from '../../tensorflow/tf.ts';
import type { FusedUpdate } from './fused-update.ts';

/** What an optimizer keeps for a variable, before the first step. */
interface SlotStart {
  readonly shape: readonly number[];
  /** Of every element. */
  readonly value: number;
}

export type SlotStarts = Readonly<Record<string, SlotStart>>;

type Tensors = Readonly<Record<string, Tensor>>;

export interface UpdateState {
  readonly variable: Tensor;
  readonly gradient: Tensor;
  /** Moments, accumulators and the like, by their names. */
  readonly slots: Tensors;
  /** Scalars. */
  readonly coefficients: Tensors;
}

export type Updated = Pick<UpdateState, 'variable' | 'slots'>;

/** A step, counted from 1. */
export interface StepFacts {
  readonly learningRate: number;
  readonly iteration: number;
}

/**
 * What a Keras 3 optimizer does to one variable (keras/src/optimizers), without side effects. TF.js's
 * own differ: Keras's Adam has its epsilon outside the root and not bias-corrected.
 */
export interface OptimizerDefinition<Options> {
  /** What it keeps for a variable of this shape. */
  slots(options: Options, shape: readonly number[]): SlotStarts;
  /** The numbers that change from step to step; left out, `rate`, the learning rate. */
  coefficients?(options: Options, step: StepFacts): Readonly<Record<string, number>>;
  update(options: Options, state: UpdateState): Updated;
  /** TensorFlow's op that does exactly the same; null, or left out, where there is none. */
  fused?(options: Options): FusedUpdate | null;
}

/** The options of an optimizer, as a document has them. */
export type OptimizerOptions<ClassName extends OptimizerClassName> = StoredOptions<
  (typeof optimizerTable)[ClassName]['options']
>;

/** A definition whose options are not known. */
export type AnyOptimizer = OptimizerDefinition<AnyOptions>;

/** The definition of an optimizer, typed by the options that recipes have for it. */
export function optimizer<ClassName extends OptimizerClassName>(
  _className: ClassName,
  definition: OptimizerDefinition<OptimizerOptions<NoInfer<ClassName>>>,
): OptimizerDefinition<OptimizerOptions<ClassName>> {
  return definition;
}

/** Slots in the shape of the variable. */
export function alike(shape: readonly number[], starts: Record<string, number>): SlotStarts {
  const entries = Object.entries(starts).map(([name, value]) => [name, { shape, value }] as const);
  return Object.fromEntries(entries);
}

export function named(tensors: Tensors, name: string): Tensor {
  const found = tensors[name];
  if (!found) throw new Error(`an optimizer has no ${name}`);
  return found;
}

export function rateOf(coefficients: Tensors): Tensor {
  return named(coefficients, 'rate');
}

/** A moving average: average + (value - average) * (1 - decay), which is how Keras rounds it. */
export function follow(average: Tensor, value: Tensor, decay: number): Tensor {
  return tf.add(average, tf.mul(tf.sub(value, average), 1 - decay));
}
