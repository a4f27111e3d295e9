import { augmentationOptions } from '../augmentation.ts';
import { compileOptions, fitOptions } from '../fit.ts';
import { isKerasObject, isObject, readObject } from '../keras-class.ts';
import type { OptionsOf } from '../option.ts';
import { optimizerTable } from '../optimizers.ts';
import { show } from '../../text/show.ts';
import { PendingSchedule } from './callbacks.ts';
import { FunctionalModel } from './functional.ts';
import {
  attempt,
  derived,
  isListening,
  mistaken,
  RecipeError,
  refuse,
  unknown,
} from './mistakes.ts';
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
    const message = `defineRecipe: model is made by sequential or model, got ${show(model)}.`;
    mistaken(message, { of: description, key: 'model', on: 'value' });
  }
  const compiled = partOf(description, 'compile', compile);
  const fitted = partOf(description, 'fit', fit);
  const { augmentation } = rest;
  const settled = { ...fitted, ...resolveSchedules(fitted, compiled['optimizer']) };
  derived(settled, fitted);
  const random = augmentation === undefined ? undefined : plainAugmentation(augmentation);
  const document = {
    format: 'grader-recipe',
    version: 1,
    ...(isModel(model) ? { model: attempt(() => model.describe()) } : {}),
    compile: compiled,
    fit: settled,
    ...rest,
    ...(random === undefined ? {} : { augmentation: random }),
  };
  derived(document, description);
  return document as RecipeDocument;
}

const tables = { compile: compileOptions, fit: fitOptions };

/** The options of a part; one that is left out is missed already. */
function partOf(
  description: RecipeDescription,
  name: 'compile' | 'fit',
  given: unknown,
): Record<string, unknown> {
  if (given === undefined && isListening()) return {};
  const part = { of: description, key: name, on: 'value' } as const;
  if (isObject(given)) return recordOptions(name, tables[name], given);
  mistaken(`${name} takes an object of options, got ${show(given)}.`, part);
  return {};
}

function isModel(value: unknown): value is SequentialModel | FunctionalModel {
  return value instanceof SequentialModel || value instanceof FunctionalModel;
}

function plainAugmentation(given: unknown): unknown {
  if (!isObject(given))
    return refuse(`augmentation is made by imageDataGenerator, got ${show(given)}.`, given);
  // Options that are written without the function are looked at here.
  const isBare = Object.keys(given).some((key) => /[A-Z]/.test(key));
  if (isBare) recordOptions('imageDataGenerator', augmentationOptions, given);
  return given;
}

function resolveSchedules(fit: Record<string, unknown>, optimizer: unknown): object {
  const { callbacks, epochs } = fit;
  if (!Array.isArray(callbacks)) return {};
  const settled = callbacks.map((callback: unknown, index): unknown => {
    if (!(callback instanceof PendingSchedule)) return callback;
    const part = { of: callbacks, key: index, on: 'value' } as const;
    const rate = startingRate(optimizer);
    return attempt(() => evaluate(callback, { epochs, rate }), part) ?? unknown;
  });
  derived(settled, callbacks);
  return { callbacks: settled };
}

function evaluate(pending: PendingSchedule, from: { epochs: unknown; rate: number }): object {
  const { epochs } = from;
  if (typeof epochs !== 'number' || !Number.isInteger(epochs) || epochs < 1 || epochs > 10_000) {
    const message = `fit: epochs must be a whole number from 1 to 10000, got ${show(epochs)}.`;
    // Where all mistakes are told, this is one that the document has.
    throw new RecipeError(isListening() ? '' : message);
  }
  const values: number[] = [];
  let { rate } = from;
  for (let epoch = 0; epoch < epochs; epoch++) {
    rate = pending.schedule(epoch, rate);
    if (typeof rate !== 'number' || !Number.isFinite(rate) || rate <= 0) {
      refuse(
        `callbacks.learningRateScheduler must give a positive number, got ${show(rate)} for epoch ${epoch} (the first is 0).`,
        rate,
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
