import type { ErrorObject } from 'ajv';
import { GraderError } from '../errors.ts';
import { ownSentence, subjectOf } from './own-words.ts';

/** Something wrong in a recipe, and where its document has it. */
export interface Mistake {
  /** `/fit/epochs`; empty where it has no one place. */
  readonly path: string;
  /** Whether it is the key at the path that is wrong, or its value. */
  readonly on: 'key' | 'value';
  /** What it breaks: something is missing, a value is not allowed, or two parts do not fit. */
  readonly rule: 'missing' | 'value' | 'meaning';
  /** In the words of the document: `/fit/epochs must be an integer, got "5".` */
  readonly message: string;
  /** In those of a recipe module: `fit: epochs must be a whole number, got "5". Write 5.` */
  readonly own: string;
}

/** A recipe that is not valid, with all that is known to be wrong with it. */
export class InvalidRecipe extends GraderError {
  readonly mistakes: readonly Mistake[];

  constructor(mistakes: readonly Mistake[], { code, help }: { code: string; help: string }) {
    const all = mistakes.map(({ message }) => message);
    const rest = all.length - most;
    const told = rest > 0 ? [...all.slice(0, most), `And ${rest} more.`] : all;
    super({ fault: 'candidate', code, message: told.join('\n'), help });
    this.mistakes = mistakes;
  }
}

const most = 8;

/** An error of the schema, which `message` tells in the words of the document. */
export function mistakeOfSchema(error: ErrorObject, message: string, document: unknown): Mistake {
  const { additionalProperty: key } = error.params as { additionalProperty?: string };
  const path = key === undefined ? error.instancePath : `${error.instancePath}/${key}`;
  const own = ownSentence(error, document);
  const rule = rules[error.keyword] ?? 'value';
  return { path, on: key === undefined ? 'value' : 'key', rule, message, own };
}

/** Where parts are missing by mistakes that are told, these are no news. */
const rules: Readonly<Record<string, Mistake['rule']>> = {
  required: 'missing',
  minItems: 'meaning',
};

/** A sentence that begins with its path, if it has one. */
export function mistakeOf(message: string, document: unknown): Mistake {
  const [all = '', path = ''] = /^(\/\S*) (?:\(\w+\) )?/.exec(message) ?? [];
  const rest = message.slice(all.length);
  const own = path === '' ? message : `${subjectOf(document, path)} ${rest}`;
  return { path, on: 'value', rule: 'meaning', message, own };
}
