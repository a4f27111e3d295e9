import { scan, type Cell } from '../../tensorflow/scan.ts';
import { tf, type Tensor } from '../../tensorflow/tf.ts';
import {
  classNamed,
  firstTensor,
  maskOf,
  type Activation,
  type BaseLayer,
  type CallOptions,
  type Config,
  type LayerClass,
  type LayerVariable,
} from '../class-map.ts';
import { dropoutMasks, project } from './gate-products.ts';
import { lastStep, swapBatchAndTime, timeMajor } from './time-axis.ts';

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
  /** Gives zeros for masked steps instead of what came before them. */
  zeroOutputForMask: boolean;
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
    override zeroOutputForMask: boolean;

    constructor(config: Config) {
      super(config);
      this.seed = config['seed'];
      this.zeroOutputForMask = config['zeroOutputForMask'] === true;
    }

    /** TF.js asks the layer only, and the cell holds the regularizers. */
    get losses(): readonly unknown[] {
      return this.cell.losses;
    }

    override call(inputs: Tensor | Tensor[], options: CallOptions): Tensor | Tensor[] {
      return tf.tidy(() => run(this, { input: firstTensor(inputs), options }, kind));
    }

    override getConfig(): Record<string, unknown> {
      const config = { ...super.getConfig(), zeroOutputForMask: this.zeroOutputForMask };
      return Number.isInteger(this.seed) ? { ...config, seed: this.seed } : config;
    }
  };
}

/** What a layer is called with. */
export interface Call {
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
  const shown = mask ? shownOutputs(layer, { outputs, mask, startsAtZero }) : outputs;
  const output = layer.returnSequences ? swapBatchAndTime(shown) : lastStep(shown);
  return layer.returnState ? [output, ...last] : output;
}

interface Masked {
  readonly outputs: Tensor;
  readonly mask: Tensor;
  readonly startsAtZero: boolean;
}

function shownOutputs(layer: RecurrentLayer, { outputs, mask, startsAtZero }: Masked): Tensor {
  if (layer.zeroOutputForMask) return tf.where(mask, outputs, tf.zerosLike(outputs));
  return startsAtZero ? outputs : zeroUntilSeen(outputs, mask);
}

/** Keras repeats the previous output where a step is masked, and zero before the first one. */
function zeroUntilSeen(outputs: Tensor, mask: Tensor): Tensor {
  const seen = tf.greater(tf.cumsum(tf.cast(mask, 'int32'), 0), 0);
  return tf.where(seen, outputs, tf.zerosLike(outputs));
}
