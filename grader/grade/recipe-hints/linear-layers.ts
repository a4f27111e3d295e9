import type { KerasObject } from '../../contract.ts';
import type { RecipeHint } from './hint.ts';
import { activationOf } from './last-activation.ts';
import { unwrapped } from './layer-row.ts';

export const linearLayers: RecipeHint = {
  id: 'linear-layers',
  appliesTo: ['regression', 'forecast', 'multiclass', 'binary'],
  check({ row }) {
    const pair = firstPair(row.map(unwrapped));
    if (!pair) return null;
    const [first, second] = pair.map(({ config }) => String(config['name']));
    return `Between ${first} and ${second} there is no activation, so both together are one linear layer and can do no more. Give ${first} activation: 'relu'.`;
  },
};

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
