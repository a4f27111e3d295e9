import type { Authoring } from '../keras-class.ts';
import { layerTable } from '../layers.ts';
import { show } from '../../text/show.ts';
import { authoring } from './authoring.ts';
import type { SymbolicTensor } from './layer.ts';
import { Layer } from './layer.ts';

/** Every layer, called as in TF.js: `layers.dense({units: 10, activation: 'softmax'})`. */
export const layers: Authoring<typeof layerTable, Layer> = authoring(
  'layers',
  layerTable,
  (className, config) => {
    const wrapped = config['layer'];
    if ('layer' in config && !(wrapped instanceof Layer)) {
      throw new Error(
        `${className} wraps a layer such as layers.lstm({units: 8}), got ${show(wrapped)}.`,
      );
    }
    return new Layer(className, config);
  },
);

export interface InputOptions {
  /** Shape of one example, without the batch axis: `[150, 150, 3]`; null for any size. */
  readonly shape: readonly (number | null)[];
  readonly name?: string;
}

/** Where data enters a functional model. */
export function input(options: InputOptions): SymbolicTensor {
  const { shape, name, ...others } = options as InputOptions & Record<string, unknown>;
  if (!Array.isArray(shape) || Object.keys(others).length > 0) {
    throw new Error(`input takes {shape, name}, got ${show(options)}.`);
  }
  const config = { input_shape: shape, ...(name === undefined ? {} : { name }) };
  const layer = new Layer('InputLayer', config);
  return { layer, call: layer.calls.push({ inputs: [] }) - 1 };
}
