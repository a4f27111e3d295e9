import { isDeepStrictEqual } from 'node:util';
import { dialectsOf } from './dialects.ts';
import { follow, type Expression } from './follow.ts';
import { readCode } from './read-code.ts';

/** What a `Lambda` layer does, where that is one of the few things that are recognised. */
type RecognisedLambda =
  | { readonly kind: 'identity' }
  | { readonly kind: 'scale'; readonly factor: number }
  | { readonly kind: 'expand-dims'; readonly axis: number };

/**
 * Recognises the body of a Keras `Lambda` layer from its configuration without running it: `x`,
 * `x * c` and `expand_dims(x, axis=c)`, compiled by CPython 3.7 to 3.13. Null for anything else.
 */
export function recogniseLambda(config: unknown): RecognisedLambda | null {
  const text = codeOf(config);
  if (text === null || text.length > mostCodeCharacters) return null;
  const readings = readCode(Buffer.from(text, 'base64'))
    .flatMap((code) => dialectsOf(code).map((dialect) => follow(code, dialect)))
    .flatMap((expression) => (expression === null ? [] : [meaningOf(expression)]));
  const [first = null, ...others] = readings;
  return others.every((other) => isDeepStrictEqual(other, first)) ? first : null;
}

/** The code of `x * 400` takes about 250. */
const mostCodeCharacters = 8192;

/** The code in base64 of a function without defaults, closure and extra arguments. */
function codeOf(config: unknown): string | null {
  if (!isRecord(config) || !isEmpty(config['arguments']) || !isEmpty(config['mask'])) return null;
  const [code, defaults, closure] = partsOf(config['function']);
  return typeof code === 'string' && isEmpty(defaults) && isEmpty(closure) ? code : null;
}

/** Keras 2 has a list, Keras 3 an object. */
function partsOf(stored: unknown): readonly unknown[] {
  if (Array.isArray(stored)) return stored.length === 3 ? stored : [];
  if (!isRecord(stored) || stored['class_name'] !== '__lambda__') return [];
  const { config } = stored;
  return isRecord(config) ? [config['code'], config['defaults'], config['closure']] : [];
}

function isEmpty(value: unknown): boolean {
  if (value === undefined || value === null) return true;
  return typeof value === 'object' && Object.keys(value).length === 0;
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function meaningOf(expression: Expression): RecognisedLambda | null {
  if (expression.kind === 'argument') return { kind: 'identity' };
  if (expression.kind === 'product') return scale(expression.factors);
  return expression.kind === 'call' ? expandDims(expression) : null;
}

function scale([left, right]: readonly [Expression, Expression]): RecognisedLambda | null {
  const other = left.kind === 'argument' ? right : left;
  if (left.kind !== 'argument' && right.kind !== 'argument') return null;
  if (other.kind !== 'constant') return null;
  const { value } = other;
  if (value.type !== 'int' && value.type !== 'float') return null;
  return Number.isFinite(value.value) ? { kind: 'scale', factor: value.value } : null;
}

type Call = Extract<Expression, { kind: 'call' }>;

function expandDims({ path, positional, named }: Call): RecognisedLambda | null {
  const [, home = '', input] = functions.find(([pattern]) => pattern.test(path)) ?? [];
  if (input === undefined) return null;
  const parameters = [input, 'axis'];
  if (positional.length > parameters.length) return null;
  const given = new Map(positional.map((value, index) => [parameters[index] ?? '', value]));
  for (const [name, value] of named) {
    if (!parameters.includes(name) || given.has(name)) return null;
    given.set(name, value);
  }
  if (given.get(input)?.kind !== 'argument') return null;
  const axis = given.has('axis') ? integerOf(given.get('axis')) : home === 'backend' ? -1 : null;
  return axis === null ? null : { kind: 'expand-dims', axis };
}

/** The functions of that name, where they live, and what they call their first parameter. */
const functions: readonly (readonly [RegExp, 'tensorflow' | 'backend' | 'ops', string])[] = [
  [/^(tf|tensorflow)\.expand_dims$/, 'tensorflow', 'input'],
  [/^(K|((tf\.|tensorflow\.)?keras\.)?backend)\.expand_dims$/, 'backend', 'x'],
  [/^((tf\.|tensorflow\.)?keras\.)?ops\.expand_dims$/, 'ops', 'x'],
];

function integerOf(expression: Expression | undefined): number | null {
  if (expression?.kind !== 'constant' || expression.value.type !== 'int') return null;
  return expression.value.value;
}
