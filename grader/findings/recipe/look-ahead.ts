import type { KerasObject } from '../../contract.ts';
import { rule } from '../rule.ts';
import { unwrapped } from './layer-row.ts';
import type { RecipeFacts } from './recipe-facts.ts';

/**
 * A forecast whose every step is trained: the target of a step is the input of the next one, which a
 * layer that looks ahead has already seen. Only the last step's forecast is honest.
 */
export const lookAhead = rule(
  'look-ahead',
  'warning',
  ({ problem, row, outputShape }: RecipeFacts) => {
    const [steps, ...rest] = outputShape;
    if (problem.task !== 'forecast' || rest.length === 0 || steps === 1) return null;
    const layer = row.find(seesLater);
    if (!layer) return null;
    const named = unwrapped(layer).class_name;
    const wrapper = layer.class_name === named ? named : `${layer.class_name}(${named})`;
    const length = steps ?? problem.input.shapes[0]?.[0] ?? null;
    return { layer: wrapper, steps: length };
  },
);

function seesLater(layer: KerasObject): boolean {
  const { class_name: name, config } = layer;
  if (name === 'Bidirectional') return unwrapped(layer).config['return_sequences'] === true;
  if (name === 'TimeDistributed') return false;
  if (config['go_backwards'] === true) return config['return_sequences'] === true;
  return windows.includes(name) && config['padding'] === 'same' && spanOf(config) > 1;
}

const windows = [
  ...['Conv1D', 'SeparableConv1D', 'DepthwiseConv1D', 'MaxPooling1D', 'AveragePooling1D'],
];

function spanOf(config: KerasObject['config']): number {
  const span = config['kernel_size'] ?? config['pool_size'];
  const [size] = Array.isArray(span) ? (span as readonly unknown[]) : [span];
  return typeof size === 'number' ? size : 1;
}
