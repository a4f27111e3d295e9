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
