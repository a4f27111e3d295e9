import type { ErrorObject } from 'ajv';
import { augmentationOptions } from './augmentation.ts';
import { callbackTable } from './callbacks.ts';
import { compileOptions, fitOptions } from './fit.ts';
import { initializerTable } from './initializers.ts';
import { isKerasObject, isObject, type ClassTable, type KerasClass } from './keras-class.ts';
import { layerTable } from './layers.ts';
import { cellTable } from './layers/cells.ts';
import { lossTable } from './losses.ts';
import { nearest } from './names.ts';
import { keyOf, type OptionTable } from './option.ts';
import { optimizerTable, scheduleTable } from './optimizers.ts';
import { regularizerTable } from './regularizers.ts';
import { madeByName, suggestion, typeWords } from './suggestion.ts';
import { show } from '../text/show.ts';

const groups: Readonly<Record<string, ClassTable>> = {
  layers: { ...layerTable, ...cellTable },
  train: { ...optimizerTable, ...scheduleTable },
  losses: lossTable,
  callbacks: callbackTable,
  initializers: initializerTable,
  regularizers: regularizerTable,
};

const parts: Readonly<Record<string, { readonly call: string; readonly options: OptionTable }>> = {
  compile: { call: 'compile', options: compileOptions },
  fit: { call: 'fit', options: fitOptions },
  augmentation: { call: 'imageDataGenerator', options: augmentationOptions },
};

/** A place in a document in the words of a recipe module: `layers.conv2d: kernelSize[1]`. */
export function subjectOf(document: unknown, path: string): string {
  let [value, call, options]: [unknown, string, OptionTable] = [document, '', {}];
  let rest = '';
  for (const token of path.split('/').slice(1)) {
    value = isObject(value) || Array.isArray(value) ? Reflect.get(value, token) : undefined;
    const part = call === '' ? parts[token] : undefined;
    const own = isKerasObject(value) ? classOf(value.class_name) : null;
    if (part) [call, options, rest] = [part.call, part.options, ''];
    else if (own) [call, options, rest] = [own.call, own.options, ''];
    else if (/^\d+$/.test(token)) rest += `[${token}]`;
    else if (token !== 'config' && token !== 'class_name') {
      rest += `${rest === '' ? '' : '.'}${nameOf(options, token)}`;
    }
  }
  return call === '' || rest === '' ? call || rest || 'The recipe' : `${call}: ${rest}`;
}

/** The same of an option that holds an object and not what its call is asked for. */
function optionAt(document: unknown, path: string): string {
  const end = path.lastIndexOf('/');
  const around = subjectOf(document, path.slice(0, end));
  return `${around}${around.includes(': ') ? '.' : ': '}${camelCase(path.slice(end + 1))}`;
}

/** Of a class by its Keras name: what a recipe calls it. */
function classOf(name: string): { readonly call: string; readonly options: OptionTable } | null {
  for (const [group, table] of Object.entries(groups)) {
    const found = Object.hasOwn(table, name) ? table[name] : undefined;
    if (found) return { call: `${group}.${found.call}`, options: found.options };
  }
  return null;
}

/** The name of an option by its key in the document. */
function nameOf(options: OptionTable, key: string): string {
  const found = Object.entries(options).find(([name, option]) => keyOf(name, option) === key);
  return found?.[0] ?? camelCase(key === 'batch_input_shape' ? 'input_shape' : key);
}

function camelCase(name: string): string {
  return name.replace(/_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
}

/** What an error of the schema says, in the words of a recipe module. */
export function ownSentence(error: ErrorObject, document: unknown): string {
  const { description } = (error.parentSchema ?? {}) as { description?: string };
  const reason = description === undefined ? '' : ` (${description})`;
  const isAlone = error.keyword === 'type' && isKerasObject(error.data);
  const subject = (isAlone ? optionAt : subjectOf)(document, error.instancePath);
  return `${subject} ${phraseOf(error)}${reason}${endOf(error)}`;
}

function phraseOf(error: ErrorObject): string {
  const params = error.params as Readonly<Record<string, unknown>>;
  const own = isKerasObject(error.data) ? classOf(error.data.class_name) : null;
  const got = `, got ${own ? `one ${own.call}` : show(error.data)}`;
  switch (error.keyword) {
    case 'required':
      return `needs the option "${camelCase(String(params['missingProperty']))}"`;
    case 'additionalProperties':
      return `has no option ${show(params['additionalProperty'])}`;
    case 'const':
      return `must be ${show(params['allowedValue'])}${got}`;
    case 'enum':
      return `is ${show(error.data)}, which is not known`;
    case 'discriminator':
      return params['tagValue'] === undefined
        ? `must be ${madeByName}${got}`
        : `is ${show(params['tagValue'])}, which is not known`;
    case 'type':
      return `must be ${typeWords(error)}${got}`;
    case 'minItems':
    case 'maxItems': {
      const { minItems = 0, maxItems } = error.parentSchema as {
        minItems?: number;
        maxItems?: number;
      };
      const few = maxItems === undefined ? `at least ${minItems}` : `${minItems} to ${maxItems}`;
      return `must have ${minItems === maxItems ? minItems : few} items, got ${(error.data as unknown[]).length}`;
    }
    case 'propertyNames': {
      const { propertyNames } = error.parentSchema as { propertyNames?: { description?: string } };
      const rule = propertyNames?.description ?? 'others';
      return `must not have the key ${show(params['propertyName'])}: its keys are ${rule}`;
    }
    case 'minimum':
    case 'maximum':
    case 'exclusiveMinimum':
    case 'exclusiveMaximum':
      return `must be ${String(params['comparison'])} ${String(params['limit'])}${got}`;
    default:
      return `${error.message ?? 'is not valid'}${got}`;
  }
}

/** What is allowed, and what was meant. */
function endOf(error: ErrorObject): string {
  const [known, given] = knownWords(error);
  if (known === null) return `.${suggestion(error)}`;
  const like = typeof given === 'string' ? nearest(given, known) : null;
  const hint = like === null ? '' : ` Nearest: "${like}".`;
  return `.${hint} Allowed: ${known.join(', ') || 'nothing'}.`;
}

function knownWords(error: ErrorObject): readonly [readonly string[] | null, unknown] {
  const params = error.params as Readonly<Record<string, unknown>>;
  if (error.keyword === 'enum') {
    const words = (params['allowedValues'] as unknown[]).filter((word) => typeof word === 'string');
    return [words.filter((word) => !word.startsWith('keras2_')).map(camelCase), error.data];
  }
  const schema = (error.parentSchema ?? {}) as {
    properties?: object;
    oneOf?: readonly { properties: { class_name: { const: string } } }[];
  };
  if (error.keyword === 'additionalProperties') {
    return [Object.keys(schema.properties ?? {}).map(camelCase), params['additionalProperty']];
  }
  if (error.keyword !== 'discriminator') return [null, null];
  const classes = (schema.oneOf ?? []).map(({ properties }) => properties.class_name.const);
  return [classes.map(callOf), params['tagValue']];
}

/** `meanSquaredError` for the class `MeanSquaredError`. */
function callOf(className: string): string {
  const tables: readonly Readonly<Record<string, KerasClass>>[] = Object.values(groups);
  const found = tables.find((table) => Object.hasOwn(table, className));
  return found?.[className]?.call ?? className;
}
