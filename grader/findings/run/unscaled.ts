import type { Recipe, Scale } from '../../contract.ts';
import { rowToOutput } from '../recipe/layer-row.ts';
import { rule } from '../rule.ts';
import type { RunFacts } from './run-facts.ts';

/**
 * Inputs learn fastest with a mean near 0 and a standard deviation near 1 (LeCun et al. 1998, "Efficient
 * BackProp", 4.3); pixels from 0 to 1 are as good. Ten times as much is neither.
 */
const mostOfInputs = 10;
/**
 * Adam moves a weight by about its learning rate in a step: with 0.001 the last bias alone is 100,000 steps
 * away from 100. Miles per gallon, 23 on average, are learnt as they are.
 */
const mostOfTargets = 100;

/** The first weights are given numbers far from 1, after all layers that scale them. */
export const unscaledInputs = rule('unscaled-inputs', 'warning', (facts: RunFacts) => {
  const { training, score } = facts;
  const inputs = training?.insides?.inputs;
  if (!inputs || score.points === 5 || sizeOf(inputs) < mostOfInputs) return null;
  return { kind: kindOf(facts), ...inputs };
});

/** The last weights are to give numbers far from 1. */
export const unscaledTargets = rule(
  'unscaled-targets',
  'warning',
  ({ training, recipe, score }: RunFacts) => {
    const targets = training?.insides?.targets;
    if (!targets || score.points === 5) return null;
    const { scale, offset, layer } = scalingAtTheEnd(recipe);
    const wanted = {
      mean: (targets.mean - offset) / scale,
      deviation: targets.deviation / Math.abs(scale),
    };
    return sizeOf(wanted) < mostOfTargets ? null : { ...wanted, layer };
  },
);

/** The root of the mean square. */
function sizeOf({ mean, deviation }: Pick<Scale, 'mean' | 'deviation'>): number {
  return Math.hypot(mean, deviation);
}

function kindOf({ problem, training }: RunFacts): 'pixels' | 'features' | 'series' {
  if (problem.task === 'forecast') return 'series';
  return (training?.model.inputShape.length ?? 1) > 1 ? 'pixels' : 'features';
}

/** Of a Rescaling after the last weights. */
function scalingAtTheEnd(recipe: Recipe | null): {
  scale: number;
  offset: number;
  layer: string | null;
} {
  const last = recipe ? rowToOutput(recipe.model).at(-1) : undefined;
  const { scale, offset = 0, name } = last?.config ?? {};
  const isScaled = last?.class_name === 'Rescaling' && typeof scale === 'number' && scale !== 0;
  if (!isScaled || typeof offset !== 'number') return { scale: 1, offset: 0, layer: null };
  return { scale, offset, layer: String(name) };
}
