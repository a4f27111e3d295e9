import { isObject } from '../../recipe/keras-class.ts';
import { show } from '../../text/show.ts';
import { malformed } from './refusal.ts';

/** A tensor within one model of the file: layer, which call of it, which of its outputs. */
export interface Reference {
  readonly layer: string;
  readonly node: number;
  readonly output: number;
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
  return nodes.map((node: unknown) => (isObject(node) ? readKeras3Call(node) : readOldCall(node)));
}

/** `input_layers` or `output_layers`: one reference, a list or a dictionary of them. */
export function readEnds(ends: unknown): readonly Reference[] {
  if (isObject(ends)) return Object.values(ends).flatMap(readEnds);
  if (isReference(ends)) return [reference(ends)];
  if (!Array.isArray(ends)) throw malformed(`A model names ${show(ends)} as inputs or outputs.`);
  return ends.flatMap(readEnds);
}

function readKeras3Call(node: Record<string, unknown>): FileCall {
  const { args, kwargs } = node;
  return {
    args: Array.isArray(args) ? args.map(readArgument) : [],
    kwargs: isObject(kwargs) ? readKwargs(kwargs) : {},
  };
}

function readKwargs(kwargs: Record<string, unknown>): Record<string, Argument> {
  return Object.fromEntries(
    Object.entries(kwargs).map(([name, value]) => [name, readArgument(value)]),
  );
}

function readArgument(value: unknown): Argument {
  const references = kerasTensors(value);
  return references.length > 0 ? { kind: 'tensors', references } : { kind: 'constant', value };
}

function kerasTensors(value: unknown): readonly Reference[] {
  if (Array.isArray(value)) return value.flatMap(kerasTensors);
  if (!isObject(value) || value['class_name'] !== '__keras_tensor__') return [];
  const history = isObject(value['config']) ? value['config']['keras_history'] : null;
  if (!isReference(history)) throw malformed(`A tensor has the history ${show(history)}.`);
  return [reference(history)];
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
  return {
    args: [{ kind: 'tensors', references: entries.map(reference) }],
    kwargs: isObject(first?.[3]) ? readOldKwargs(first[3]) : {},
  };
}

/** `1 - x` in Keras 2, whose first operand is no tensor. */
function isConstantCall(
  node: unknown,
): node is readonly [string, number, unknown, Record<string, unknown>] {
  return Array.isArray(node) && node[0] === '_CONSTANT_VALUE' && isObject(node[3]);
}

function readOldKwargs(kwargs: Record<string, unknown>): Record<string, Argument> {
  const read = (value: unknown): Argument => {
    const list: readonly unknown[] = isReference(value) || !Array.isArray(value) ? [value] : value;
    return list.length > 0 && list.every(isReference)
      ? { kind: 'tensors', references: list.map(reference) }
      : { kind: 'constant', value };
  };
  return Object.fromEntries(Object.entries(kwargs).map(([name, value]) => [name, read(value)]));
}

type OldReference = readonly [layer: string, node: number, output: number, ...rest: unknown[]];

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
