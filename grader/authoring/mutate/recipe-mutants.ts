import type { Recipe } from '../../contract.ts';
import type { Task } from '../../contract/task.ts';

type RecipeMutant = (recipe: Recipe, task: Task) => Recipe;

/** A solution as it would be by a mistake of a candidate. */
export const recipeMutants = {
  'wrong-loss': (recipe, task) => ({
    ...recipe,
    compile: { ...recipe.compile, loss: wrongLoss(recipe, task) },
  }),
  'tiny-net': (recipe) => ({ ...recipe, model: tiny(recipe.model) }),
  'high-learning-rate': ({ compile, fit, ...recipe }) => ({
    ...recipe,
    compile: { ...compile, optimizer: faster(compile.optimizer) },
    fit: {
      ...fit,
      callbacks: fit.callbacks.filter((each) => each.class_name !== 'LearningRateScheduler'),
    },
  }),
  'one-epoch': ({ fit, ...recipe }) => ({ ...recipe, fit: { ...fit, epochs: 1 } }),
} as const satisfies Readonly<Record<string, RecipeMutant>>;

/**
 * Of one output the cosine of prediction and target, which is their sign alone; of several classes probabilities taken
 * for logits, or logits for probabilities.
 */
function wrongLoss({ compile }: Recipe, task: Task): Recipe['compile']['loss'] {
  if (task !== 'multiclass') return { class_name: 'CosineSimilarity', config: {} };
  const { class_name, config } = compile.loss;
  return { class_name, config: { ...config, from_logits: config['from_logits'] !== true } };
}

const learningRateFactor = 1000;

function faster(optimizer: Recipe['compile']['optimizer']): Recipe['compile']['optimizer'] {
  const { learning_rate: rate } = optimizer.config;
  const schedule = rate as { config?: { initial_learning_rate?: number } } | null;
  const first =
    typeof rate === 'number' ? rate : (schedule?.config?.initial_learning_rate ?? 0.001);
  const learningRate = first * learningRateFactor;
  return { ...optimizer, config: { ...optimizer.config, learning_rate: learningRate } };
}

/** One unit or filter in every layer but the last that has some. */
function tiny(model: Recipe['model']): Recipe['model'] {
  const copy = structuredClone(model);
  const sized = objectsIn(copy).filter((each) => sizeNames.some((name) => name in each));
  for (const each of sized.slice(0, -1)) {
    for (const name of sizeNames) if (typeof each[name] === 'number') each[name] = 1;
  }
  return copy;
}

const sizeNames = ['units', 'filters'];

function objectsIn(value: unknown): Record<string, unknown>[] {
  if (typeof value !== 'object' || value === null) return [];
  const inside = Object.values(value).flatMap(objectsIn);
  return Array.isArray(value) ? inside : [value as Record<string, unknown>, ...inside];
}
