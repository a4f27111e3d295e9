import { candidateError } from '../../../errors.ts';
import { layerName } from '../../../recipe/names.ts';
import { clean, show } from '../../../text/show.ts';
import type { Conversion, ConvertedValue, Tensor } from '../conversion.ts';
import { isNotComputed } from '../conversion.ts';
import { readDtype } from '../dtype.ts';
import { lookUp, nearestOf } from '../look-up.ts';
import { readReference, type Argument, type FileCall, type Reference } from '../references.ts';
import { made, type Expression, type Operand, type OperationCall } from './operation.ts';
import { AcrossExamples, NotConverted, Settings } from './settings.ts';
import { operations } from './table.ts';
import { isWholeResult } from './whole-numbers.ts';

interface OperationEntry {
  readonly name: string;
  readonly className: string;
  readonly config: Readonly<Record<string, unknown>>;
}

const mostOutputs = 1000;

interface Use {
  readonly call: FileCall;
  /** Of the call's tensors, in the order of `inputsOf`. */
  readonly values: readonly ConvertedValue[];
  /** How many of the operation's outputs the model uses. */
  readonly outputs: number;
  readonly isBatchSize: (reference: Reference) => boolean;
}

/**
 * The outputs of an operation as those of layers. What has none is kept as its refusal, which is thrown
 * where the result is used: as a mask it is not.
 */
export function applyOperation(
  conversion: Conversion,
  entry: OperationEntry,
  { call, values, outputs, isBatchSize }: Use,
): readonly ConvertedValue[] {
  const [lacking] = values.filter(isNotComputed);
  if (lacking) return [lacking];
  const tensors = values.flatMap((value) => (isNotComputed(value) ? [] : [value]));
  const isWhole = tensors.some(({ layer }) => conversion.whole.has(layer));
  try {
    const name = nameOf(entry);
    const operation = lookUp(operations, name);
    if (!operation) throw new NotConverted('');
    const given = {
      ...callOf(entry, call, { tensors, isBatchSize }),
      outputs: Math.min(outputs, mostOutputs),
      name,
      isWhole,
    };
    const found = [operation({ ...given, generation: conversion.generation })].flat();
    given.settings.checkAllRead();
    // A result is a tensor of its own, without a mask; but TensorFlow's cast of floats gives its input.
    const isInput = name === 'cast' && !isWhole;
    const results = evaluate(conversion, entry, isInput ? found : found.map(own));
    const { dtype } = call.kwargs;
    const stated = dtype?.kind === 'constant' ? dtype.value : entry.config['dtype'];
    if (isWholeResult(name, stated, isWhole)) {
      for (const { layer } of results) conversion.whole.add(layer);
    }
    return results;
  } catch (error) {
    if (!(error instanceof NotConverted)) throw error;
    return [{ refusal: refusalOf(entry, error) }];
  }
}

/** Calls the layers of each expression, once where several need the same one. */
function evaluate(
  conversion: Conversion,
  { name }: OperationEntry,
  expressions: readonly Expression[],
): readonly Tensor[] {
  const known = new Map<Expression, Tensor>();
  const valueOf = (expression: Expression): Tensor => {
    if (expression.kind === 'given') return expression.tensor;
    const before = known.get(expression);
    if (before) return before;
    const { className, config } = expression;
    const inputs = expression.inputs.map(valueOf);
    // A mask ends at an operation, and the layer in its place may hand it on.
    const unmasked = { ...config, supports_masking: false };
    const layer = conversion.add({ className, config: unmasked, name, path: [] });
    const [value] = conversion.call(layer, inputs);
    known.set(expression, value);
    return value;
  };
  return expressions.map(valueOf);
}

/** Not the operation's input itself. */
function own(expression: Expression): Expression {
  return expression.kind === 'given' ? made('Identity', {}, expression) : expression;
}

function nameOf({ className, config }: OperationEntry): string {
  const written = config['function'];
  const name = typeof written === 'string' ? written.replace(/^.*\./, '') : className;
  return name.replace(/_/g, '').toLowerCase();
}

/** How Python names the values of operations, in the order in which it has them. */
const operandNames = ['condition', 'x1', 'x', 'x2', 'y', 'b'];

function callOf(
  { config }: OperationEntry,
  { args, kwargs }: FileCall,
  { tensors, isBatchSize }: Pick<Use, 'isBatchSize'> & { readonly tensors: readonly Tensor[] },
): Pick<OperationCall, 'operands' | 'settings'> {
  const left = [...tensors];
  const operandsOf = (argument: Argument): readonly Operand[] => {
    if (argument.kind === 'constant') return [argument];
    return argument.references.flatMap(({ shape = null }) =>
      left.splice(0, 1).map((tensor) => ({ kind: 'given', tensor, shape }) as const),
    );
  };
  const placed = args.flatMap(operandsOf);
  const named = Object.entries(kwargs)
    .filter(([name]) => name !== 'mask')
    .map(([name, argument]) => ({ name, argument, operands: operandsOf(argument) }));
  const operands = operandNames.flatMap(
    (wanted) => named.find(({ name }) => name === wanted)?.operands ?? [],
  );
  const settings = named
    .filter(({ name }) => !operandNames.includes(name))
    .map(({ name, argument }) => [name, settingOf(argument, isBatchSize)] as const);
  const own = typeof config['function'] === 'string' ? withoutFunction(config) : config;
  return {
    operands: [...placed, ...operands],
    settings: new Settings({ ...own, ...Object.fromEntries(settings) }),
  };
}

/** Keras 2 names the function in the configuration, and its settings in the call. */
function withoutFunction(config: OperationEntry['config']): OperationEntry['config'] {
  readDtype('An operation', config['dtype']);
  const left = Object.entries(config).filter(([key]) => key !== 'function' && key !== 'dtype');
  return Object.fromEntries(left);
}

/** The number of examples stands as -1 in the shapes that are read. */
function settingOf(argument: Argument, isBatchSize: Use['isBatchSize']): unknown {
  if (argument.kind !== 'constant') return 'a tensor';
  const { value } = argument;
  if (!Array.isArray(value)) return value;
  return value.map((item: unknown) => {
    const reference = readReference(item);
    return reference && isBatchSize(reference) ? -1 : item;
  });
}

function refusalOf(entry: OperationEntry, error: NotConverted) {
  const what = `${publicName(entry)} ${clean(error.message, 200)}`.trim();
  const used = `The model uses ${what} (in its configuration: ${show(entry.name)})`;
  if (error instanceof AcrossExamples) {
    return candidateError(
      'operation',
      `${used}, which goes across the examples of a batch; the grader computes each example by itself.`,
      'Name axes behind the first.',
    );
  }
  return candidateError(
    'operation',
    `${used}, which the grader does not have.`,
    `${nearestOf(nameOf(entry), Object.keys(operations))}docs/model-files.md says which operations are refused. Or write it with layers.`,
  );
}

/** As it is written in Python. */
function publicName({ className, config }: OperationEntry): string {
  const written = config['function'];
  if (className === 'GetItem' || written === '__operators__.getitem') return 'x[…]';
  if (typeof written !== 'string') return `keras.ops.${clean(layerName(className), 60)}`;
  const [, operator] = /^__operators__\.(.+)$/.exec(written) ?? [];
  if (operator !== undefined) return `the operator ${clean(operator, 60)}`;
  return `tf.${clean(written.replace(/^compat\.v1\./, ''), 60)}`;
}
