import { scan, type Cell } from '../scan.ts';
import { tf, type Tensor } from '../tf.ts';
import {
  classNamed,
  firstTensor,
  type Activation,
  type BaseLayer,
  type CallOptions,
  type Config,
  type LayerClass,
  type LayerVariable,
} from './class-map.ts';
import { dropoutMask } from './dropout.ts';

export interface RecurrentCell extends BaseLayer {
  readonly units: number;
  readonly useBias: boolean;
  readonly dropout: number;
  readonly recurrentDropout: number;
  /** Keras's variant 1 drops the inputs of each gate by themselves. */
  readonly implementation?: number;
  readonly kernel: LayerVariable;
  readonly recurrentKernel: LayerVariable;
  bias: LayerVariable | null;
  readonly activation: Activation;
  readonly losses: readonly unknown[];
}

export interface RecurrentLayer extends BaseLayer {
  readonly cell: RecurrentCell;
  readonly returnSequences: boolean;
  readonly returnState: boolean;
  readonly stateful: boolean;
  readonly goBackwards: boolean;
  /** Those that a stateful layer keeps. */
  readonly states: readonly (Tensor | null)[];
  resetStates(states: Tensor[], isTraining: boolean): void;
}

/** What sets one kind of recurrent layer apart. */
export interface RecurrentKind {
  readonly gates: number;
  /** States of a cell; the first is its output. */
  readonly states: number;
  /** The part of the bias that is added to the inputs. */
  inputBias(cell: RecurrentCell): Tensor | null;
  /** One step on the projected inputs [batch, gates * units]; `drop` [gates, batch, units]. */
  step(cell: RecurrentCell, drop: Tensor | null): { cell: Cell; weights: Tensor[] };
}

/** TF.js's class for a Keras recurrent layer, computing as Keras does through `scan`. */
export function recurrentClass(className: string, kind: RecurrentKind): LayerClass<RecurrentLayer> {
  const Base = classNamed<RecurrentLayer>(className);
  return class extends Base {
    readonly seed: unknown;

    constructor(config: Config) {
      super(config);
      this.seed = config['seed'];
    }

    /** TF.js asks the layer only, and the cell holds the regularizers. */
    get losses(): readonly unknown[] {
      return this.cell.losses;
    }

    override call(inputs: Tensor | Tensor[], options: CallOptions): Tensor | Tensor[] {
      return tf.tidy(() => run(this, { input: firstTensor(inputs), options }, kind));
    }

    override getConfig(): Record<string, unknown> {
      const config = super.getConfig();
      return Number.isInteger(this.seed) ? { ...config, seed: this.seed } : config;
    }
  };
}

interface Call {
  readonly input: Tensor;
  readonly options: CallOptions;
}

function run(layer: RecurrentLayer, call: Call, kind: RecurrentKind): Tensor | Tensor[] {
  const { cell } = layer;
  const steps = timeMajor(layer, call.input);
  const drops = dropoutMasks(layer, call, kind.gates);
  const projected = project(cell, steps, { kind, drop: drops.input });
  const mask = maskOver(layer, call.options);
  const { cell: step, weights } = kind.step(cell, drops.state);
  const initial = initialStates(layer, call, kind.states);
  const sequences = mask ? [projected, mask] : [projected];
  const states = scan(mask ? heldWhereMasked(step) : step, { sequences, initial, weights });
  return answer(layer, call, { states, mask });
}

/** [batch, time, ...] → [time, batch, ...] in the order in which the layer reads. */
export function timeMajor(layer: Pick<RecurrentLayer, 'goBackwards'>, input: Tensor): Tensor {
  const swapped = swapBatchAndTime(input);
  return layer.goBackwards ? tf.reverse(swapped, 0) : swapped;
}

export function swapBatchAndTime(input: Tensor): Tensor {
  return tf.transpose(input, [1, 0, ...input.shape.slice(2).map((_, axis) => axis + 2)]);
}

export function lastStep(sequence: Tensor): Tensor {
  const [time = 0, ...rest] = sequence.shape;
  return tf.reshape(tf.slice(sequence, [time - 1], [1]), rest);
}

/** The mask [batch, time] that was given, if any. */
export function maskOf(options: CallOptions): Tensor | null {
  const given = options['mask'] as Tensor | (Tensor | null)[] | null | undefined;
  return (Array.isArray(given) ? given[0] : given) ?? null;
}

/** One mask for all steps, as Keras draws them: [gates or 1, batch, features] and [gates, batch, units]. */
export function dropoutMasks(layer: RecurrentLayer, { input, options }: Call, gates: number) {
  const { dropout, recurrentDropout, units, implementation } = layer.cell;
  if (options['training'] !== true) return { input: null, state: null };
  const [batch = 0, , features = 0] = input.shape;
  const isPerGate = implementation === 1 || recurrentDropout > 0;
  const draw = (shape: number[], rate: number, stream: number) =>
    rate > 0 ? dropoutMask(layer, { shape, rate, stream }) : null;
  return {
    input: draw([isPerGate ? gates : 1, batch, features], dropout, 0),
    state: draw([gates, batch, units], recurrentDropout, 1),
  };
}

/** The inputs' part of every gate for all steps at once: [time, batch, gates * units]. */
function project(
  cell: RecurrentCell,
  steps: Tensor,
  { kind, drop }: { kind: RecurrentKind; drop: Tensor | null },
): Tensor {
  const kernel = cell.kernel.read();
  const drops = drop ? tf.split(drop, drop.shape[0], 0) : [];
  const kernels = drops.length > 1 ? tf.split(kernel, kind.gates, 1) : [kernel];
  const parts = kernels.map((part, gate) => {
    const mask = drops[gate];
    return product(mask ? tf.mul(steps, mask) : steps, part);
  });
  const projected = parts.length === 1 ? (parts[0] as Tensor) : tf.concat(parts, 2);
  const bias = kind.inputBias(cell);
  return bias ? tf.add(projected, bias) : projected;
}

function product(steps: Tensor, kernel: Tensor): Tensor {
  const [time = 0, batch = 0, features = 0] = steps.shape;
  const flat = tf.reshape(steps, [time * batch, features]);
  return tf.reshape(tf.matMul(flat, kernel), [time, batch, kernel.shape[1] ?? 0]);
}

/** The mask as booleans [time, batch, units] in the order in which the layer reads. */
function maskOver(layer: RecurrentLayer, options: CallOptions): Tensor | null {
  const mask = maskOf(options);
  if (!mask) return null;
  const steps = tf.expandDims(timeMajor(layer, tf.cast(mask, 'int32')), -1);
  return tf.cast(tf.tile(steps, [1, 1, layer.cell.units]), 'bool');
}

/** A step that the mask takes out leaves every state as it is. */
function heldWhereMasked(step: Cell): Cell {
  return (inputs, states, weights) => {
    const [input, mask] = inputs as [Tensor, Tensor];
    const next = step([input], states, weights);
    return next.map((state, index) => tf.where(mask, state, states[index] as Tensor));
  };
}

function initialStates(layer: RecurrentLayer, { input, options }: Call, count: number): Tensor[] {
  const given = options['initialState'] as Tensor[] | null | undefined;
  if (given) return given;
  if (layer.stateful && layer.states[0]) return layer.states as Tensor[];
  const [batch = 0] = input.shape;
  return Array.from({ length: count }, () => tf.zeros([batch, layer.cell.units]));
}

function answer(
  layer: RecurrentLayer,
  { options }: Call,
  { states, mask }: { states: Tensor[]; mask: Tensor | null },
): Tensor | Tensor[] {
  const isKept = layer.stateful || layer.returnState;
  const last = isKept ? states.map(lastStep) : [];
  if (layer.stateful) layer.resetStates(last, options['training'] === true);
  const startsAtZero = !layer.stateful && !options['initialState'];
  const [outputs] = states as [Tensor];
  const shown = !mask || startsAtZero ? outputs : zeroUntilSeen(outputs, mask);
  const output = layer.returnSequences ? swapBatchAndTime(shown) : lastStep(shown);
  return layer.returnState ? [output, ...last] : output;
}

/** Keras repeats the previous output where a step is masked, and zero before the first one. */
function zeroUntilSeen(outputs: Tensor, mask: Tensor): Tensor {
  const seen = tf.greater(tf.cumsum(tf.cast(mask, 'int32'), 0), 0);
  return tf.where(seen, outputs, tf.zerosLike(outputs));
}

/** Recurrent kernel [units, gates * units] → [gates, units, units]. */
export function kernelByGate(kernel: Tensor): Tensor {
  const [units = 0, width = 0] = kernel.shape;
  return tf.transpose(tf.reshape(kernel, [units, width / units, units]), [1, 0, 2]);
}

/** State times recurrent kernel for all gates; with `drop`, the kernel is one by gate. */
export function recurrentProduct(state: Tensor, kernel: Tensor, drop: Tensor | undefined): Tensor {
  if (!drop) return tf.matMul(state, kernel);
  return tf.concat(tf.unstack(tf.matMul(tf.mul(state, drop), kernel)), 1);
}
