import type { KerasObject, Recipe } from '../../contract.ts';
import { count, significant } from '../../text/numbers.ts';
import { printable, shortened } from '../../text/printable.ts';

interface RecipeView {
  readonly settings: readonly { readonly name: string; readonly values: readonly string[] }[];
  readonly json: string;
  readonly jsonCut: string;
}

const jsonLimit = 100_000;

/** Compile and fit settings as lines, and the whole document. */
export function recipeView(recipe: Recipe): RecipeView {
  const { compile, fit } = recipe;
  const json = JSON.stringify(recipe, null, 2);
  const settings: [string, readonly string[]][] = [
    ['Optimizer', [objectLine(compile.optimizer)]],
    ['Loss', [objectLine(compile.loss)]],
    ['Metrics', [compile.metrics.map((name) => shortened(name)).join(', ') || 'none']],
    ['Epochs', [count(fit.epochs)]],
    ['Batch size', [count(fit.batch_size)]],
    ['Steps per epoch', fit.steps_per_epoch === null ? [] : [count(fit.steps_per_epoch)]],
    ['Validation', [validationLine(fit)]],
    ['Shuffle', [fit.shuffle ? 'every epoch' : 'no']],
    ['Seed', fit.seed === null ? [] : [String(fit.seed)]],
    ['Class weight', fit.class_weight === null ? [] : [configLine(fit.class_weight)]],
    ['Callbacks', fit.callbacks.map(objectLine)],
    ['Augmentation', augmentationLines(recipe.augmentation)],
    ['Vocabulary', recipe.vocabulary === null ? [] : [`${count(recipe.vocabulary)} word ids`]],
  ];
  return {
    settings: settings
      .filter(([, values]) => values.length > 0)
      .map(([name, values]) => ({ name, values })),
    json: printable(json.slice(0, jsonLimit), true),
    jsonCut:
      json.length > jsonLimit
        ? `Cut after ${count(jsonLimit)} of ${count(json.length)} characters; the whole is in report.json.`
        : '',
  };
}

function validationLine(fit: Recipe['fit']): string {
  const part =
    fit.validation_split === 0
      ? "the package's validation part"
      : `the last ${significant(fit.validation_split * 100)}% of the training part`;
  return fit.validation_freq === 1 ? part : `${part}, every ${count(fit.validation_freq)} epochs`;
}

/** "Adam, learning_rate 0.001, beta_1 0.9". */
function objectLine(object: Pick<KerasObject, 'class_name'> & { readonly config: object }): string {
  const config = configLine(object.config);
  return `${shortened(object.class_name, 60)}${config === '' ? '' : `: ${config}`}`;
}

function configLine(config: object): string {
  return Object.entries(config)
    .filter(([, value]) => value !== null && value !== undefined)
    .map(([key, value]) => `${shortened(key, 60)} ${valueText(value)}`)
    .join(', ');
}

function valueText(value: unknown): string {
  if (typeof value === 'number') return significant(value);
  if (Array.isArray(value) && value.length > 4) {
    const ends = [value[0], value[1], value.at(-1)] as unknown[];
    const [first = '', second = '', last = ''] = ends.map(valueText);
    return `${first}, ${second}, … ${last} (${count(value.length)} values)`;
  }
  if (isKerasObject(value))
    return `${shortened(value.class_name, 60)}(${configLine(value.config)})`;
  return shortened(typeof value === 'string' ? value : JSON.stringify(value), 200);
}

/** A schedule in the place of a number. */
function isKerasObject(value: unknown): value is KerasObject {
  if (typeof value !== 'object' || value === null) return false;
  return 'class_name' in value && 'config' in value && typeof value.config === 'object';
}

function augmentationLines(augmentation: Recipe['augmentation']): string[] {
  if (augmentation === null) return [];
  return Object.entries(augmentation)
    .filter(([key, value]) => isInUse(key, value as unknown))
    .map(([key, value]) => `${shortened(key, 60)} ${valueText(value)}`);
}

function isInUse(key: string, value: unknown): boolean {
  if (key === 'zoom_range') return JSON.stringify(value) !== '[1,1]';
  return value !== 0 && value !== false && value !== null;
}
