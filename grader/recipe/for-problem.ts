import type { KerasObject, ProblemDefinition, Recipe } from '../contract.ts';
import { isClassification } from '../contract/task.ts';
import { lossCalls, targetsOf } from './loss-facts.ts';
import type { Misfit } from './misfit.ts';
import { embeddingSize, layersOf } from './model-layers.ts';

/** What of a valid recipe makes no sense for a problem; its model's shapes are the engine's to judge. */
export function recipeMisfits(recipe: Recipe, problem: ProblemDefinition): readonly Misfit[] {
  return [
    ...lossMisfits(recipe.compile.loss, problem),
    ...augmentationMisfits(recipe, problem),
    ...classWeightMisfits(recipe, problem),
    ...vocabularyMisfits(recipe, problem),
  ];
}

/** What of it does nothing there; remarks for the report. */
export function recipeRemarks(
  { compile, vocabulary }: Recipe,
  problem: ProblemDefinition,
): readonly string[] {
  const ofClasses = isClassification(problem.task)
    ? []
    : compile.metrics.filter((name) => countsClasses.test(name));
  return [
    ...ofClasses.map(
      (name) =>
        `compile.metrics has ${name}, which counts right classes; the target of ${problem.id} is a number, so it says nothing.`,
    ),
    ...(vocabulary !== null && !problem.vocabulary
      ? [`vocabulary is ignored: ${problem.id} has no text.`]
      : []),
  ];
}

const countsClasses = /accuracy$|^(?:auc|precision|recall)$/;

/** Word ids in use, or null for problems without text. */
export function vocabularyOf(recipe: Recipe, problem: ProblemDefinition): number | null {
  if (!problem.vocabulary) return null;
  return recipe.vocabulary ?? problem.vocabulary.default;
}

function lossMisfits(loss: KerasObject, problem: ProblemDefinition): readonly Misfit[] {
  const axes = axisMisfits(loss, problem);
  if (isClassification(problem.task) || targetsOf(loss) === 'values') return axes;
  return [
    ...axes,
    {
      ...{ code: 'loss-for-classes', path: '/compile/loss' },
      message: `compile.loss is ${loss.class_name}, which is for classes; the target of ${problem.id} is a number.`,
      help: `Take one of ${lossCalls('values').join(', ')}.`,
    },
  ];
}

/** The axis of the batch is none of an example's. */
function axisMisfits(
  { class_name: name, config }: KerasObject,
  problem: ProblemDefinition,
): readonly Misfit[] {
  const axes = [config['axis'] ?? []].flat() as number[];
  const rank = Math.min(...problem.outputs.map(({ shape }) => shape.length));
  const wrong = axes.find((axis) => axis === 0 || axis > rank || axis < -rank);
  if (wrong === undefined) return [];
  return [
    {
      ...{ code: 'loss-axis', path: '/compile/loss/config/axis' },
      message: `compile.loss is ${name} along axis ${wrong}; every output that ${problem.id} takes has the axes 1 to ${rank}, or -${rank} to -1.`,
    },
  ];
}

function augmentationMisfits(recipe: Recipe, problem: ProblemDefinition): readonly Misfit[] {
  const takesImages = problem.input.shapes.some((shape) => shape.length === 3);
  if (!recipe.augmentation || takesImages) return [];
  return [
    {
      ...{ code: 'augmentation-without-images', path: '/augmentation' },
      message: `The recipe augments images; the inputs of ${problem.id} are ${problem.input.description}.`,
      help: 'Leave the augmentation out.',
    },
  ];
}

function classWeightMisfits({ fit }: Recipe, problem: ProblemDefinition): readonly Misfit[] {
  if (!fit.class_weight) return [];
  const path = '/fit/class_weight';
  const classes = problem.classes?.length ?? 0;
  if (classes === 0) {
    const message = `The recipe has fit.classWeight, but ${problem.id} has no classes to weight.`;
    const help = 'Leave classWeight out.';
    return [{ code: 'class-weight-without-classes', message, help, path }];
  }
  const unknown = Object.keys(fit.class_weight).filter((label) => Number(label) >= classes);
  return unknown.map((label) => ({
    ...{ code: 'class-weight-unknown', path: `${path}/${label}` },
    message: `fit.classWeight names class ${label}; ${problem.id} has the classes 0 to ${classes - 1}.`,
  }));
}

function vocabularyMisfits(recipe: Recipe, problem: ProblemDefinition): readonly Misfit[] {
  if (!problem.vocabulary) return [];
  const { maximum } = problem.vocabulary;
  const vocabulary = vocabularyOf(recipe, problem) ?? 0;
  if (vocabulary > maximum) {
    const message = `The recipe's vocabulary is ${vocabulary}; ${problem.id} has at most ${maximum}.`;
    return [{ code: 'vocabulary', message, path: '/vocabulary' }];
  }
  const size = embeddingSize(recipe.model);
  if (size === null || size >= vocabulary) return [];
  const embedding = layersOf(recipe.model).findIndex(
    ({ class_name }) => class_name === 'Embedding',
  );
  return [
    {
      code: 'embedding-too-small',
      message: `The Embedding takes ids below ${size}; the recipe's vocabulary has ${vocabulary}.`,
      help: 'Set inputDim to the vocabulary, or vocabulary to inputDim.',
      path: `/model/config/layers/${embedding}/config/input_dim`,
    },
  ];
}
