import type { KerasObject } from '../../contract.ts';
import type { Described, Layer } from '../describe/layer.ts';
import { isKerasObject, isObject } from '../keras-class.ts';
import type { Option } from '../option.ts';

/** Keys of a configuration under which another layer or a model stands. */
export const wrappedKeys = ['layer', 'backward_layer'];

/** What a document may have as a model. */
export const modelClassNames: readonly string[] = ['Sequential', 'Functional'];

/** The layers of a model that stands in the place of a layer; null where it is no model. */
export function layersWithin(wrapped: unknown): readonly unknown[] | null {
  if (!isKerasObject(wrapped) || !modelClassNames.includes(wrapped.class_name)) return null;
  const layers = isObject(wrapped.config) ? wrapped.config['layers'] : null;
  return Array.isArray(layers) ? (layers as unknown[]) : null;
}

/** A layer or a model inside another one; its options are read by whoever walks the layers. */
export function wrappedLayer(): Option<Described, false, KerasObject> {
  return { required: false, schema: { $ref: '#/$defs/wrapped' } };
}

export function recurrentLayer(): Option<Layer, false, KerasObject> {
  return { required: false, schema: { $ref: '#/$defs/recurrent_layer' } };
}
