import { candidateError } from '../../errors.ts';
import { isObject } from '../../recipe/keras-class.ts';
import { show } from '../../text/show.ts';
import { isDtype } from './dtype.ts';
import { checkFields, isShape } from './fields.ts';
import { malformed } from './refusal.ts';

/** A tensor within one model of the file: layer, which call of it, which of its outputs. */
export interface Reference {
  readonly layer: string;
  readonly node: number;
  readonly output: number;
  /** With the batch; null where the file does not say it, as that of Keras 2. */
  readonly shape?: readonly unknown[] | null;
}

/** One argument of a call: a tensor, a list with tensors, or a constant. */
export type Argument =
  | { readonly kind: 'tensors'; readonly references: readonly Reference[] }
  | { readonly kind: 'constant'; readonly value: unknown };

/** One call of a layer as the file has it. */
export interface FileCall {
  readonly args: readonly Argument[];
  readonly kwargs: Readonly<Record<string, Argument>>;
}

/** The calls of a layer, of Keras 3 (`{args, kwargs}`) and of Keras 2 and TF.js (lists) alike. */
export function readCalls(layer: string, nodes: unknown): readonly FileCall[] {
  if (nodes === undefined || nodes === null) return [];
  if (!Array.isArray(nodes)) throw malformed(`The calls of layer ${show(layer)} are no list.`);
  return nodes.map((node: unknown) =>
    isObject(node) ? readKeras3Call(layer, node) : readOldCall(node),
  );
}

/** `input_layers` or `output_layers`: one reference, a list or a dictionary of them. */
export function readEnds(ends: unknown): readonly Reference[] {
  if (isObject(ends)) return Object.values(ends).flatMap(readEnds);
  if (isReference(ends) && ends.length <= 3) return [reference(ends)];
  if (!Array.isArray(ends)) throw malformed(`A model names ${show(ends)} as inputs or outputs.`);
  return ends.flatMap(readEnds);
}

function readKeras3Call(layer: string, node: Record<string, unknown>): FileCall {
  const where = `A call of the layer ${show(layer)}`;
  checkFields(where, node, { read: ['args', 'kwargs'] });
  const { args, kwargs } = node;
  if (!Array.isArray(args) || !isObject(kwargs)) throw malformed(`${where} is ${show(node)}.`);
  return { args: args.map(readArgument), kwargs: readKwargs(kwargs) };
}

function readKwargs(kwargs: Record<string, unknown>): Record<string, Argument> {
  return Object.fromEntries(
    Object.entries(kwargs).map(([name, value]) => [name, readArgument(value)]),
  );
}

function readArgument(value: unknown): Argument {
  const references = kerasTensors(value);
  if (references.length === 0) return { kind: 'constant', value };
  // A mask may be null beside others.
  const all = [value].flat(Infinity).filter((each) => each !== null);
  if (references.length === all.length) return { kind: 'tensors', references };
  throw candidateError(
    'call-argument',
    `A call takes tensors and other values in one list: ${show(all.find((each) => kerasTensors(each).length === 0))} beside ${show(references[0]?.layer)}.`,
  );
}

function kerasTensors(value: unknown): readonly Reference[] {
  if (Array.isArray(value)) return value.flatMap(kerasTensors);
  if (!isObject(value) || value['class_name'] !== '__keras_tensor__') return [];
  const { config } = value;
  const history = isObject(config) ? config['keras_history'] : null;
  if (!isObject(config) || !isReference(history) || history.length > 3) {
    throw malformed(`A tensor has the history ${show(history)}.`);
  }
  const where = `A tensor of ${show(history[0])}`;
  checkFields(where, value, { read: ['class_name', 'config'] });
  checkFields(where, config, {
    read: ['keras_history'],
    harmless: { shape: isShape, dtype: isDtype },
  });
  const { shape } = config;
  return [{ ...reference(history), shape: Array.isArray(shape) ? shape : null }];
}

/** `[[name, node, output, kwargs], …]`, or the inner list alone. */
function readOldCall(node: unknown): FileCall {
  if (isConstantCall(node)) {
    const [, , value, kwargs] = node;
    return { args: [{ kind: 'constant', value }], kwargs: readOldKwargs(kwargs) };
  }
  const entries: readonly unknown[] = isReference(node) ? [node] : Array.isArray(node) ? node : [];
  if (entries.length === 0 || !entries.every(isReference)) {
    throw malformed(`A layer is called with ${show(node)}.`);
  }
  const [first] = entries;
  // Each input has the arguments of the whole call beside it.
  const more = entries.map(([, , , ...rest]) => JSON.stringify(rest));
  const other = more.find((each) => each !== more[0]);
  if ((first?.length ?? 0) > 4 || other !== undefined) {
    throw malformed(`A layer is called with different arguments: ${more[0]}, ${String(other)}.`);
  }
  return {
    args: [{ kind: 'tensors', references: entries.map(reference) }],
    kwargs: readOldKwargs(first?.[3] ?? {}),
  };
}

/** `1 - x` in Keras 2, whose first operand is no tensor. */
function isConstantCall(
  node: unknown,
): node is readonly [string, number, unknown, Record<string, unknown>] {
  return Array.isArray(node) && node[0] === '_CONSTANT_VALUE' && isObject(node[3]);
}

function readOldKwargs(kwargs: unknown): Record<string, Argument> {
  if (!isObject(kwargs)) throw malformed(`A layer is called with the arguments ${show(kwargs)}.`);
  const read = (value: unknown): Argument => {
    const list: readonly unknown[] = isReference(value) || !Array.isArray(value) ? [value] : value;
    return list.length > 0 && list.every(isReference)
      ? { kind: 'tensors', references: list.map(reference) }
      : { kind: 'constant', value };
  };
  return Object.fromEntries(Object.entries(kwargs).map(([name, value]) => [name, read(value)]));
}

type OldReference = readonly [layer: string, node: number, output: number, ...rest: unknown[]];

/** A tensor that stands among numbers: `[tf.shape(x)[0], -1]`. */
export function readReference(value: unknown): Reference | null {
  return isReference(value) ? reference(value) : null;
}

function isReference(value: unknown): value is OldReference {
  if (!Array.isArray(value)) return false;
  const [layer, node, output] = value as readonly unknown[];
  return typeof layer === 'string' && isIndex(node) && isIndex(output);
}

function isIndex(value: unknown): value is number {
  return typeof value === 'number' && Number.isInteger(value) && value >= 0;
}

function reference([layer, node, output]: OldReference): Reference {
  return { layer, node, output };
}
