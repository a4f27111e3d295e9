import type { KerasObject } from '../contract.ts';

/** The layers of a normalised model. */
export function layersOf(model: KerasObject): readonly KerasObject[] {
  return (model.config['layers'] as readonly KerasObject[] | undefined) ?? [];
}

/** How many ids the first Embedding takes; null where the model has none. */
export function embeddingSize(model: KerasObject): number | null {
  const embedding = layersOf(model).find(({ class_name: name }) => name === 'Embedding');
  const size = embedding?.config['input_dim'];
  return typeof size === 'number' ? size : null;
}

/** Where a recipe's document says what the model's first input is. */
export function inputPath(model: KerasObject): string {
  return `${layerPath(endOf(model, 'input_layers') ?? 0)}/batch_input_shape`;
}

/** Where it says how much the model gives: the units of its last layer. */
export function outputPath(model: KerasObject): string {
  return `${layerPath(endOf(model, 'output_layers') ?? layersOf(model).length - 1)}/units`;
}

function layerPath(index: number): string {
  return `/model/config/layers/${index}/config`;
}

/** The layer's place among all that a functional model begins or ends with; null for a Sequential one. */
function endOf(model: KerasObject, key: 'input_layers' | 'output_layers'): number | null {
  const [first] = (model.config[key] as readonly (readonly unknown[])[] | undefined) ?? [];
  if (!first) return null;
  return layersOf(model).findIndex(({ config }) => config['name'] === first[0]);
}
