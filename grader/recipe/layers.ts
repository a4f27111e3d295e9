import { activationLayers } from './layers/activation.ts';
import { attentionLayers } from './layers/attention.ts';
import { basicLayers } from './layers/basic.ts';
import { convolutionLayers, poolingLayers } from './layers/convolution.ts';
import { mergeLayers } from './layers/merging.ts';
import { normalizationLayers } from './layers/normalization.ts';
import { operationLayers } from './layers/operations.ts';
import { preprocessingLayers } from './layers/preprocessing.ts';
import { recurrentLayers } from './layers/recurrent.ts';
import { noiseLayers } from './layers/regularization.ts';
import type { CommonOption } from './layers/layer-class.ts';
import type { OptionsOf, StoredOptions } from './option.ts';

/** Every layer of Keras that a recipe may have, by class name. */
export const kerasLayers = {
  ...basicLayers,
  ...convolutionLayers,
  ...poolingLayers,
  ...recurrentLayers,
  ...mergeLayers,
  ...attentionLayers,
  ...normalizationLayers,
  ...activationLayers,
  ...noiseLayers,
  ...preprocessingLayers,
};

/** Those and the operations between layers that a model file may have. */
export const layerTable = { ...kerasLayers, ...operationLayers };

export type LayerClassName = keyof typeof layerTable;

/** What a candidate may write for a layer: `LayerOptions<'Dense'>`. */
export type LayerOptions<ClassName extends LayerClassName> = OptionsOf<
  (typeof layerTable)[ClassName]['options']
>;

/** What a document holds for a layer, beside what every layer has. */
export type StoredLayerOptions<ClassName extends LayerClassName> = Omit<
  StoredOptions<(typeof layerTable)[ClassName]['options']>,
  CommonOption
>;

/** Those that a Bidirectional may have in it. */
export const recurrentClassNames: readonly string[] = [
  ...['SimpleRNN', 'GRU', 'LSTM', 'RNN', 'ConvLSTM1D', 'ConvLSTM2D'],
];
