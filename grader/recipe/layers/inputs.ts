import type { KerasObject } from '../../contract.ts';
import { attentionLayers } from './attention.ts';
import { mergeLayers } from './merging.ts';
import { operationLayers } from './operations.ts';
import { stateCount } from './outputs.ts';

/** What is wrong with the number of inputs of a call; null where nothing is. */
export function wrongInputs(layer: KerasObject, count: number): string | null {
  const [least, most] = countsOf(layer);
  if (least <= count && count <= most) return null;
  const more = most === Infinity ? ' or more' : most > least ? ` to ${most}` : '';
  return `is called with ${count} ${count === 1 ? 'input' : 'inputs'}; it takes ${least}${more}.`;
}

type Counts = readonly [least: number, most: number];

/** States to start from stand behind the sequence; attention and operations check theirs by the shapes. */
function countsOf(layer: KerasObject): Counts {
  const { class_name: name } = layer;
  if (name === 'InputLayer') return [0, 0];
  if (name === 'Subtract' || name === 'Dot') return [2, 2];
  if (name in mergeLayers) return [2, Infinity];
  if (name in attentionLayers || name in operationLayers) return [1, Infinity];
  return [1, 1 + stateCount(layer)];
}
