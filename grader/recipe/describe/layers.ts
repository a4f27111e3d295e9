import type { KerasObject } from '../../contract.ts';
import { isObject, type Authoring } from '../keras-class.ts';
import { kerasLayers, type LayerOptions } from '../layers.ts';
import { cellTable } from '../layers/cells.ts';
import { wrappedKeys } from '../layers/wrapped.ts';
import { show } from '../../text/show.ts';
import { authoring, guarded, kerasObject } from './authoring.ts';
import type { Outputs, SymbolicTensor } from './layer.ts';
import { isDescribed, Layer } from './layer.ts';
import { derived, refuse } from './mistakes.ts';

type One = SymbolicTensor;

/** A recurrence gives its output, and its states where it is told to. */
type Recurrent<Options, States extends readonly One[]> = <Told extends boolean = false>(
  options: Omit<Options, 'returnState'> & { readonly returnState?: Told | undefined },
) => Layer<Told extends true ? readonly [One, ...States] : One>;

/** The states of both directions stand behind the output, or behind the two that are not merged. */
type BothWays<Inner, Mode> = Inner extends readonly [One, ...infer States extends readonly One[]]
  ? readonly [...Merged<Mode>, ...States, ...States]
  : Mode extends null
    ? readonly [One, One]
    : One;
type Merged<Mode> = Mode extends null ? [One, One] : [One];

interface Recurrents {
  readonly simpleRNN: Recurrent<LayerOptions<'SimpleRNN'>, [One]>;
  readonly gru: Recurrent<LayerOptions<'GRU'>, [One]>;
  readonly lstm: Recurrent<LayerOptions<'LSTM'>, [One, One]>;
  readonly convLstm1d: Recurrent<LayerOptions<'ConvLSTM1D'>, [One, One]>;
  readonly convLstm2d: Recurrent<LayerOptions<'ConvLSTM2D'>, [One, One]>;
  readonly rnn: Recurrent<LayerOptions<'RNN'>, [One, ...One[]]>;
  readonly bidirectional: <
    Inner extends Outputs,
    Mode extends LayerOptions<'Bidirectional'>['mergeMode'] = 'concat',
  >(
    options: Omit<LayerOptions<'Bidirectional'>, 'layer' | 'mergeMode' | 'backwardLayer'> & {
      readonly layer: Layer<Inner>;
      readonly mergeMode?: Mode;
      readonly backwardLayer?: Layer<Inner>;
    },
  ) => Layer<BothWays<Inner, Mode>>;
}

type Layers = Omit<Authoring<typeof kerasLayers, Layer>, keyof Recurrents> &
  Recurrents &
  Authoring<typeof cellTable, KerasObject>;

/** Every layer, called as in TF.js: `layers.dense({units: 10, activation: 'softmax'})`. */
export const layers = guarded('layers', {
  ...authoring('layers', kerasLayers, makeLayer),
  ...authoring('layers', cellTable, kerasObject),
} as Layers);

function makeLayer(className: string, config: Record<string, unknown>): Layer {
  const wrong = wrappedKeys.find((key) => key in config && !isWrapped(className, config[key]));
  if (wrong === undefined) return new Layer(className, config);
  const value = config[wrong];
  return refuse(
    `${className} wraps a layer such as layers.lstm({units: 8}), got ${show(value)}.`,
    value,
    { argument: 0 },
  );
}

function isWrapped(className: string, value: unknown): boolean {
  return value instanceof Layer || (className === 'TimeDistributed' && isDescribed(value));
}

export interface InputOptions {
  /** Shape of one example, without the batch axis: `[150, 150, 3]`; null for any size. */
  readonly shape: readonly (number | null)[];
  readonly name?: string;
}

const first = { argument: 0 };

/** Where data enters a functional model. */
export function input(options: InputOptions): SymbolicTensor {
  if (!isObject(options))
    refuse(`input takes {shape, name}, got ${show(options)}.`, options, first);
  const { shape, name, ...others } = options;
  if (!Array.isArray(shape) || Object.keys(others).length > 0) {
    refuse(`input takes {shape, name}, got ${show(options)}.`, shape, first);
  }
  const config = { input_shape: shape, ...(name === undefined ? {} : { name }) };
  derived(config, options, new Map([['input_shape', 'shape']]));
  const layer = new Layer('InputLayer', config);
  return { layer, call: layer.calls.push({ inputs: [] }) - 1, output: 0 };
}
