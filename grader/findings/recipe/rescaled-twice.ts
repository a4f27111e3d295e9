import { rule } from '../rule.ts';
import type { RecipeFacts } from './recipe-facts.ts';

/** Pictures come as numbers from 0 to 1: divided by 255 once more they are all but black. */
export const rescaledTwice = rule('rescaled-twice', 'warning', ({ problem, row }: RecipeFacts) => {
  const isPicture = problem.input.dtype === 'float32' && problem.task === 'multiclass';
  const layer = row.find(({ class_name: name }) => !untouched.includes(name));
  const scale = layer?.config['scale'];
  if (!isPicture || layer?.class_name !== 'Rescaling' || typeof scale !== 'number') return null;
  return scale > 0 && scale < 0.05 ? { layer: String(layer.config['name']), scale } : null;
});

const untouched = ['InputLayer', 'Reshape', 'Flatten', 'Permute'];
