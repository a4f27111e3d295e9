import type { KerasObject, Recipe } from '../../contract.ts';
import { count, significant } from '../../text/numbers.ts';
import { printable, shortened } from '../../text/printable.ts';
import type { Words } from '../../words/en.ts';

interface RecipeView {
  readonly settings: readonly { readonly name: string; readonly values: readonly string[] }[];
  readonly json: string;
  readonly jsonCut: string;
}

type RecipeWords = Words['recipe'];

type Setting = keyof RecipeWords['settings'];

const jsonLimit = 100_000;

/** Compile and fit settings as lines, and the whole document. */
export function recipeView(recipe: Recipe, { recipe: words }: Words): RecipeView {
  const line = objectLine(words);
  const { compile, fit } = recipe;
  const json = JSON.stringify(recipe, null, 2);
  const settings: [Setting, readonly string[]][] = [
    ['optimizer', [line(compile.optimizer)]],
    ['loss', [line(compile.loss)]],
    ['metrics', [compile.metrics.map((name) => shortened(name)).join(', ') || words.none]],
    ['epochs', [count(fit.epochs)]],
    ['batchSize', [count(fit.batch_size)]],
    ['stepsPerEpoch', fit.steps_per_epoch === null ? [] : [count(fit.steps_per_epoch)]],
    ['validation', [validationLine(fit, words)]],
    ['shuffle', [fit.shuffle ? words.everyEpoch : words.no]],
    ['seed', fit.seed === null ? [] : [String(fit.seed)]],
    ['classWeight', fit.class_weight === null ? [] : [configLine(fit.class_weight, words)]],
    ['callbacks', fit.callbacks.map(line)],
    ['augmentation', augmentationLines(recipe.augmentation, words)],
    ['vocabulary', recipe.vocabulary === null ? [] : [words.wordIds(count(recipe.vocabulary))]],
  ];
  return {
    settings: settings
      .filter(([, values]) => values.length > 0)
      .map(([name, values]) => ({ name: words.settings[name], values })),
    json: printable(json.slice(0, jsonLimit), true),
    jsonCut: json.length > jsonLimit ? words.jsonCut(count(jsonLimit), count(json.length)) : '',
  };
}

function validationLine(fit: Recipe['fit'], words: RecipeWords): string {
  const part =
    fit.validation_split === 0
      ? words.ownValidation
      : words.lastOfTraining(`${significant(fit.validation_split * 100)}%`);
  return fit.validation_freq === 1 ? part : words.everyEpochs(part, count(fit.validation_freq));
}

/** "Adam, learning_rate 0.001, beta_1 0.9". */
function objectLine(words: RecipeWords) {
  return (object: Pick<KerasObject, 'class_name'> & { readonly config: object }): string => {
    const config = configLine(object.config, words);
    return `${shortened(object.class_name, 60)}${config === '' ? '' : `: ${config}`}`;
  };
}

function configLine(config: object, words: RecipeWords): string {
  return Object.entries(config)
    .filter(([, value]) => value !== null && value !== undefined)
    .map(([key, value]) => `${shortened(key, 60)} ${valueText(value, words)}`)
    .join(', ');
}

function valueText(value: unknown, words: RecipeWords): string {
  if (typeof value === 'number') return significant(value);
  if (Array.isArray(value) && value.length > 4) {
    const ends = [value[0], value[1], value.at(-1)] as unknown[];
    const [first = '', second = '', last = ''] = ends.map((end) => valueText(end, words));
    return `${first}, ${second}, … ${last} ${words.values(count(value.length))}`;
  }
  if (isKerasObject(value))
    return `${shortened(value.class_name, 60)}(${configLine(value.config, words)})`;
  return shortened(typeof value === 'string' ? value : JSON.stringify(value), 200);
}

/** A schedule in the place of a number. */
function isKerasObject(value: unknown): value is KerasObject {
  if (typeof value !== 'object' || value === null) return false;
  return 'class_name' in value && 'config' in value && typeof value.config === 'object';
}

function augmentationLines(augmentation: Recipe['augmentation'], words: RecipeWords): string[] {
  if (augmentation === null) return [];
  return Object.entries(augmentation)
    .filter(([key, value]) => isInUse(key, value as unknown))
    .map(([key, value]) => `${shortened(key, 60)} ${valueText(value, words)}`);
}

function isInUse(key: string, value: unknown): boolean {
  if (key === 'zoom_range') return JSON.stringify(value) !== '[1,1]';
  return value !== 0 && value !== false && value !== null;
}
