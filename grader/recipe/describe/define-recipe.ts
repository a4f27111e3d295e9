import { augmentationOptions } from '../augmentation.ts';
import { compileOptions, fitOptions } from '../fit.ts';
import { isKerasObject, isObject, readObject } from '../keras-class.ts';
import type { OptionsOf } from '../option.ts';
import { optimizerTable } from '../optimizers.ts';
import { show } from '../../text/show.ts';
import { PendingSchedule } from './callbacks.ts';
import { FunctionalModel } from './functional.ts';
import { recordOptions } from './record.ts';
import { SequentialModel } from './sequential.ts';
import type { ImageDataGenerator } from './training.ts';

export interface RecipeDescription {
  /** Left out where the recipe trains the architecture of a model file: `--recipe`. */
  readonly model?: SequentialModel | FunctionalModel;
  readonly compile: OptionsOf<typeof compileOptions>;
  readonly fit: OptionsOf<typeof fitOptions>;
  /** Image problems: random changes to the training images. */
  readonly augmentation?: ImageDataGenerator;
  /** Text problems: how many word ids are used. */
  readonly vocabulary?: number;
}

/** A described recipe: plain data, to be checked and trained by the grader. */
export interface RecipeDocument {
  readonly format: 'grader-recipe';
  readonly version: 1;
}

const must = { schema: {}, required: true };
const may = { schema: {}, required: false };
const parts = { model: may, compile: must, fit: must, augmentation: may, vocabulary: may };

/** The one thing a recipe exports: `export default defineRecipe({model, compile, fit})`. */
export function defineRecipe(description: RecipeDescription): RecipeDocument {
  const { model, compile, fit, ...rest } = recordOptions('defineRecipe', parts, description);
  if (model !== undefined && !isModel(model)) {
    throw new Error(`defineRecipe: model is made by sequential or model, got ${show(model)}.`);
  }
  const compiled = recordOptions('compile', compileOptions, compile);
  const fitted = recordOptions('fit', fitOptions, fit);
  const augmentation = rest['augmentation'];
  return {
    format: 'grader-recipe',
    version: 1,
    ...(model === undefined ? {} : { model: model.describe() }),
    compile: compiled,
    fit: { ...fitted, ...resolveSchedules(fitted, compiled['optimizer']) },
    ...rest,
    ...(augmentation === undefined ? {} : { augmentation: plainAugmentation(augmentation) }),
  } as RecipeDocument;
}

function isModel(value: unknown): value is SequentialModel | FunctionalModel {
  return value instanceof SequentialModel || value instanceof FunctionalModel;
}

function plainAugmentation(given: unknown): unknown {
  if (!isObject(given))
    throw new Error(`augmentation is made by imageDataGenerator, got ${show(given)}.`);
  // Options that are written without the function are looked at here.
  const isBare = Object.keys(given).some((key) => /[A-Z]/.test(key));
  if (isBare) recordOptions('imageDataGenerator', augmentationOptions, given);
  return given;
}

function resolveSchedules(fit: Record<string, unknown>, optimizer: unknown): object {
  const { callbacks, epochs } = fit;
  if (!Array.isArray(callbacks)) return {};
  return {
    callbacks: callbacks.map((callback: unknown) =>
      callback instanceof PendingSchedule
        ? evaluate(callback, { epochs, rate: startingRate(optimizer) })
        : callback,
    ),
  };
}

function evaluate(pending: PendingSchedule, from: { epochs: unknown; rate: number }): object {
  const { epochs } = from;
  if (typeof epochs !== 'number' || !Number.isInteger(epochs) || epochs < 1 || epochs > 10_000) {
    throw new Error(`fit: epochs must be a whole number from 1 to 10000, got ${show(epochs)}.`);
  }
  const values: number[] = [];
  let { rate } = from;
  for (let epoch = 0; epoch < epochs; epoch++) {
    rate = pending.schedule(epoch, rate);
    if (typeof rate !== 'number' || !Number.isFinite(rate) || rate <= 0) {
      throw new Error(
        `callbacks.learningRateScheduler must give a positive number, got ${show(rate)} for epoch ${epoch} (the first is 0).`,
      );
    }
    values.push(rate);
  }
  return { class_name: 'LearningRateScheduler', config: { values } };
}

/** The optimizer's own rate, or its default; a schedule object has none to hand on. */
function startingRate(optimizer: unknown): number {
  const given = readObject(optimizerTable, optimizer);
  if (!isKerasObject(given)) return NaN;
  const rate = given.config['learning_rate'];
  if (typeof rate === 'number') return rate;
  return given.class_name === 'SGD' ? 0.01 : 0.001;
}
