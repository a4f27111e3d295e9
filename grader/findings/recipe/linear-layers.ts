import type { KerasObject } from '../../contract.ts';
import { rule } from '../rule.ts';
import { activationOf } from './last-activation.ts';
import { unwrapped } from './layer-row.ts';
import type { RecipeFacts } from './recipe-facts.ts';

export const linearLayers = rule('linear-layers', 'warning', ({ row }: RecipeFacts) => {
  const [first, second] = firstPair(row.map(unwrapped)) ?? [];
  return first && second ? { first: nameOf(first), second: nameOf(second) } : null;
});

function nameOf({ config }: KerasObject): string {
  return String(config['name']);
}

/** Two weighted layers with nothing but linear ones between them. */
function firstPair(row: readonly KerasObject[]): readonly KerasObject[] | null {
  let open: KerasObject | null = null;
  for (const layer of row) {
    const { class_name: name, config } = layer;
    const size = sizeOf(layer);
    // A narrow layer before a wide one leaves out some of what the wide one could do, perhaps on purpose.
    if (open && size !== null && (sizeOf(open) ?? 0) >= size) return [open, layer];
    const isLinear = activationOf(name, config) === 'linear';
    if (size !== null) open = isLinear ? layer : null;
    else if (!linear.includes(name) && !isLinear) open = null;
  }
  return null;
}

function sizeOf({ class_name: name, config }: KerasObject): number | null {
  const size = weighted.includes(name) ? (config['units'] ?? config['filters']) : null;
  return typeof size === 'number' ? size : null;
}

const weighted = ['Dense', 'Conv1D', 'Conv2D', 'Conv3D'];

/** Sums of their inputs at most, and Dropout, which is one when a model predicts. */
const linear = [
  ...['Flatten', 'Reshape', 'Permute', 'Dropout', 'SpatialDropout1D', 'SpatialDropout2D'],
  ...['AveragePooling1D', 'AveragePooling2D', 'GlobalAveragePooling1D', 'GlobalAveragePooling2D'],
  ...['BatchNormalization', 'Rescaling', 'ZeroPadding1D', 'ZeroPadding2D', 'UpSampling1D'],
];
