import type { KerasObject, ProblemDefinition, Recipe } from '../contract.ts';
import { isClassification } from '../contract/task.ts';
import { candidateError } from '../errors.ts';
import { lossNames, targetsOf } from '../recipe/loss-facts.ts';
import { embeddingSize } from '../recipe/model-layers.ts';

/**
 * Whether a valid recipe makes sense for this problem; answers remarks for the report.
 * Throws with fault `candidate` where it does not.
 */
export function checkRecipe(recipe: Recipe, problem: ProblemDefinition): string[] {
  checkLoss(recipe, problem);
  checkAugmentation(recipe, problem);
  checkClassWeight(recipe, problem);
  return checkVocabulary(recipe, problem);
}

/** Word ids in use, or null for problems without text. */
export function vocabularyOf(recipe: Recipe, problem: ProblemDefinition): number | null {
  if (!problem.vocabulary) return null;
  return recipe.vocabulary ?? problem.vocabulary.default;
}

function checkLoss(recipe: Recipe, problem: ProblemDefinition): void {
  const { loss } = recipe.compile;
  checkAxes(loss, problem);
  if (isClassification(problem.task) || targetsOf(loss) === 'values') return;
  throw candidateError(
    'loss-for-classes',
    `compile.loss is ${loss.class_name}, which is for classes; the target of ${problem.id} is a number.`,
    `Take one of ${lossNames('values').join(', ')}.`,
  );
}

/** The axis of the batch is none of an example's. */
function checkAxes({ class_name: name, config }: KerasObject, problem: ProblemDefinition): void {
  const axes = [config['axis'] ?? []].flat() as number[];
  const rank = Math.min(...problem.outputs.map(({ shape }) => shape.length));
  const wrong = axes.find((axis) => axis === 0 || axis > rank || axis < -rank);
  if (wrong === undefined) return;
  throw candidateError(
    'loss-axis',
    `compile.loss is ${name} along axis ${wrong}; every output that ${problem.id} takes has the axes 1 to ${rank}, or -${rank} to -1.`,
  );
}

function checkAugmentation(recipe: Recipe, problem: ProblemDefinition): void {
  const takesImages = problem.input.shapes.some((shape) => shape.length === 3);
  if (!recipe.augmentation || takesImages) return;
  throw candidateError(
    'augmentation-without-images',
    `The recipe augments images; the inputs of ${problem.id} are ${problem.input.description}.`,
    'Leave the augmentation out.',
  );
}

function checkClassWeight(recipe: Recipe, problem: ProblemDefinition): void {
  const weights = recipe.fit.class_weight;
  if (!weights) return;
  const classes = problem.classes?.length ?? 0;
  if (classes === 0) {
    throw candidateError(
      'class-weight-without-classes',
      `The recipe has fit.classWeight, but ${problem.id} has no classes to weight.`,
      'Leave classWeight out.',
    );
  }
  const unknown = Object.keys(weights).find((label) => Number(label) >= classes);
  if (unknown === undefined) return;
  throw candidateError(
    'class-weight-unknown',
    `fit.classWeight names class ${unknown}; ${problem.id} has the classes 0 to ${classes - 1}.`,
  );
}

function checkVocabulary(recipe: Recipe, problem: ProblemDefinition): string[] {
  if (!problem.vocabulary) {
    return recipe.vocabulary === null ? [] : [`vocabulary is ignored: ${problem.id} has no text.`];
  }
  const { maximum } = problem.vocabulary;
  const vocabulary = vocabularyOf(recipe, problem) ?? 0;
  if (vocabulary > maximum) {
    throw candidateError(
      'vocabulary',
      `The recipe's vocabulary is ${vocabulary}; ${problem.id} has at most ${maximum}.`,
    );
  }
  const size = embeddingSize(recipe.model);
  if (size === null || size >= vocabulary) return [];
  throw candidateError(
    'embedding-too-small',
    `The Embedding takes ids below ${size}; the recipe's vocabulary has ${vocabulary}.`,
    'Set inputDim to the vocabulary, or vocabulary to inputDim.',
  );
}
