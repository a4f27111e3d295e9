import type { KerasObject } from '../../contract.ts';
import type { Layer } from '../describe/layer.ts';
import type { Option } from '../option.ts';

/** A layer inside another; its options are read by whoever walks the layers. */
export function wrappedLayer(): Option<Layer, false, KerasObject> {
  return { required: false, schema: { $ref: '#/$defs/layer' } };
}

export function recurrentLayer(): Option<Layer, false, KerasObject> {
  return { required: false, schema: { $ref: '#/$defs/recurrent_layer' } };
}
