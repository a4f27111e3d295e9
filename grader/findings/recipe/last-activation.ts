import type { KerasObject } from '../../contract.ts';
import { unwrapped } from './layer-row.ts';

/** Layers that change no output, only how many there are and their order. */
const passing = [
  ...['Flatten', 'Reshape', 'Permute', 'RepeatVector', 'Masking', 'ActivityRegularization'],
  ...['Dropout', 'SpatialDropout1D', 'SpatialDropout2D', 'GaussianNoise', 'GaussianDropout'],
  ...['Cropping1D', 'Cropping2D'],
];

const layerActivations: Readonly<Record<string, string>> = {
  ReLU: 'relu',
  LeakyReLU: 'leaky_relu',
  PReLU: 'leaky_relu',
  ELU: 'elu',
};

/** Keras's name of the activation that a row of layers ends with; null where it ends otherwise. */
export function lastActivation(row: readonly KerasObject[]): string | null {
  for (const layer of [...row].reverse()) {
    const { class_name: name, config } = unwrapped(layer);
    const activation = activationOf(name, config);
    const isPassing = passing.includes(name) || (name === 'Activation' && activation === 'linear');
    if (!isPassing) return activation;
  }
  return null;
}

export function activationOf(name: string, config: KerasObject['config']): string | null {
  if (name === 'Softmax') return (config['axis'] ?? -1) === -1 ? 'softmax' : null;
  const { activation = layerActivations[name] } = config;
  return typeof activation === 'string' ? activation : null;
}
