import type { KerasObject } from '../../contract.ts';
import type { LayerClassName, StoredLayerOptions } from '../../recipe/layers.ts';
import type { Tensor } from '../tensorflow/tf.ts';
import type { Shape, Shapes } from './shapes.ts';

/** An array of numbers that a layer has. */
export interface WeightSpec {
  readonly shape: readonly number[];
  readonly initializer: KerasObject | ((shape: readonly number[]) => Tensor);
  readonly regularizer?: KerasObject | null;
  readonly constraint?: KerasObject | null;
  /** False for statistics, which no optimizer changes. */
  readonly isTrained?: boolean;
}

/** By the names that its call has for them; null for what its options leave out. */
export type WeightSpecs = Readonly<Record<string, WeightSpec | null>>;

type WeightTensors<Specs extends WeightSpecs> = {
  readonly [Name in keyof Specs]: Tensor | (null extends Specs[Name] ? null : never);
};

/** Random numbers of a layer in the present training step; streams are independent. */
export interface Draws {
  /** In [0, 1). */
  readonly uniform: (shape: readonly number[], stream?: number) => Tensor;
  /** With mean 0 and standard deviation 1. */
  readonly normal: (shape: readonly number[], stream?: number) => Tensor;
}

/** What a layer is called with. */
export interface Given {
  readonly inputs: readonly Tensor[];
  /** Of each input: [batch, time], true where a step counts; null where all do. */
  readonly masks: readonly (Tensor | null)[];
  /** The first of each. */
  readonly input: Tensor;
  readonly mask: Tensor | null;
  readonly training: boolean;
  /** False where the layer is frozen. */
  readonly isTrainable: boolean;
  readonly draws: Draws;
  /** Gives weights other values, for statistics. */
  readonly assign: (values: Readonly<Record<string, Tensor>>) => void;
  readonly inner: Inners;
  /** Calls a layer within this one, with the mask of the first input. */
  readonly callInner: (
    name: string,
    inputs: readonly Tensor[],
    mask: Tensor | null,
  ) => readonly [Tensor, ...Tensor[]];
}

/** A layer within another one. */
export interface Inner {
  /** Whether it, or a layer in it, has statistics of the batch. */
  readonly seesTheBatch: boolean;
  readonly shapes: (inputs: Shapes) => Shapes;
  /** As a definition's `cost`. */
  readonly cost: (inputs: Shapes) => number;
}

export type Inners = Readonly<Record<string, Inner>>;

/** What a Keras layer is, without values: everything but the options is arithmetic. */
export interface Definition<Options, Specs extends WeightSpecs> {
  /** Axes that the first input must have, the batch's among them. */
  readonly rank?: number;
  /** The fewest axes of the first input. */
  readonly leastRank?: number;
  /** True where training changes statistics of the whole batch. */
  readonly seesTheBatch?: boolean;
  /** True where each step of a sequence needs what the step before it gave. */
  readonly isRecurrent?: boolean;
  /** Of a recurrence: values that it holds for each step and unit beside its output. */
  readonly heldPerUnit?: number;
  /** True where Keras settles the mask of a call when the model is built, as for layers that take one. */
  readonly settlesMask?: boolean;
  /** True where Keras takes the masks off what it is called with: layers that run later find none. */
  readonly endsMasks?: boolean;
  /** True where the inner layers are called once for each step of a sequence. */
  readonly callsPerStep?: boolean;
  /** True where the inner layers do not need each other's outputs. */
  readonly runsSideBySide?: boolean;
  /** What the first layer of a model takes where its options say nothing. */
  inputShape?(options: Options): Shape;
  /** Layers within this one, as a document has them. */
  inner?(options: Options): Readonly<Record<string, KerasObject>>;
  /** What those are called with where that is not what comes in. */
  innerInputs?(options: Options, inputs: Shapes): Readonly<Record<string, Shapes>>;
  /** Throws where the inputs do not fit each other or the options. */
  check?(options: Options, inputs: Shapes): void;
  weights?(options: Options, inputs: Shapes): Specs;
  /** What comes out, one shape or one of each output; left out, what comes in. */
  shape?(options: Options, inputs: Shapes, inner: Inners): Shape | Shapes;
  /**
   * Multiply-adds of a call with one example; left out, none. Every axis of the inputs has a size, the
   * batch's is 1.
   */
  cost?(options: Options, inputs: Shapes, inner: Inners): number;
  /** Values of one example that it holds beside its output; every axis has a size. */
  held?(options: Options, inputs: Shapes): number;
  call(options: Options, weights: WeightTensors<Specs>, given: Given): Tensor | readonly Tensor[];
  /** Which steps count in the first output, or in each; left out, no mask is handed on. */
  mask?(
    options: Options,
    given: Pick<Given, 'inputs' | 'input' | 'masks' | 'mask'>,
  ): Tensor | null | readonly (Tensor | null)[];
}

/** A definition whose options and weights are not known. */
export type AnyDefinition = Definition<Readonly<Record<string, unknown>>, WeightSpecs>;

/** The definition of a layer, typed by the options that recipes have for it. */
export function layer<ClassName extends LayerClassName, Specs extends WeightSpecs = WeightSpecs>(
  _className: ClassName,
  definition: Definition<StoredLayerOptions<NoInfer<ClassName>>, Specs>,
): Definition<StoredLayerOptions<ClassName>, Specs> {
  return definition;
}

/** The mask of a layer that changes values but no steps. */
export function passesMask(_options: unknown, { mask }: Pick<Given, 'mask'>): Tensor | null {
  return mask;
}
