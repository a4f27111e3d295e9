import { isObject } from '../../recipe/keras-class.ts';
import type { LayerPath } from '../container.ts';
import type { Conversion, Tensor, ConvertedValue } from './conversion.ts';
import type { Generation } from './generation.ts';
import { lookUp } from './look-up.ts';
import type { Argument, FileCall } from './references.ts';

type Raw = Readonly<Record<string, unknown>>;

/**
 * Whether an entry of a functional model is an operation, such as `x + y` or `x / 255`, and no layer.
 * HDF5 files of Keras 3 leave out the module, which alone tells the layer Add from the operation.
 */
export function isOperation(raw: Raw, generation: Generation): boolean {
  const className = String(raw['class_name']);
  if (className === 'TFOpLambda' || className === 'SlicingOpLambda') return true;
  if (String(raw['module']).includes('.ops.')) return true;
  const config = isObject(raw['config']) ? raw['config'] : {};
  // No layer has the dtype of a mask.
  const hasDtype = 'dtype' in config && config['dtype'] !== 'bool';
  const isLayer = 'trainable' in config || hasDtype || 'layers' in config;
  return generation === 'keras3' && className !== 'InputLayer' && !isLayer;
}

interface Operation {
  readonly name: string;
  readonly className: string;
  readonly config: Record<string, unknown>;
  readonly path: LayerPath;
}

/**
 * An operation as a layer: arithmetic of two tensors is a merge, with a number it is a Rescaling.
 * What has no layer is kept by name; it is refused where its result is used, and as a mask it is not.
 */
export function applyOperation(
  conversion: Conversion,
  operation: Operation,
  { call, values }: { readonly call: FileCall; readonly values: readonly ConvertedValue[] },
): ConvertedValue {
  const name = operationName(operation);
  const found = asLayer(name, operandsOf(call));
  const tensors = values.filter((value): value is Tensor => 'layer' in value);
  if (!found || tensors.length !== values.length) return { operation: name };
  const config = { ...found.config, supports_masking: false };
  const layer = conversion.add({ ...found, config, name: operation.name, path: [] });
  return conversion.call(layer, tensors)[0];
}

function operationName({ className, config }: Operation): string {
  const written = className === 'TFOpLambda' ? String(config['function']) : className;
  return written
    .replace(/^(__operators__|math|nn)\./, '')
    .replace(/_/g, '')
    .toLowerCase();
}

/** In the order in which Python has them; `y` of Keras 2 stands after the tensor. */
function operandsOf({ args, kwargs }: FileCall): readonly Argument[] {
  return [...args, ...['x2', 'y', 'axis'].flatMap((name) => kwargs[name] ?? [])];
}

type PlainLayer = { readonly className: string; readonly config: Record<string, unknown> };

function asLayer(name: string, operands: readonly Argument[]): PlainLayer | null {
  const [first, second] = operands;
  const constants = operands.map((operand) =>
    operand.kind === 'constant' && typeof operand.value === 'number' ? operand.value : null,
  );
  const [left = null, right = null] = constants;
  const merge = lookUp(merges, name);
  if (first?.kind === 'tensors' && second?.kind === 'tensors') return merge ?? null;
  if (first?.kind === 'tensors' && first.references.length === 1) {
    if (right === null) return lookUp(unary, name) ?? null;
    if (name === 'expanddims') return { className: 'ExpandDims', config: { axis: right } };
    return rescaling(withNumberRight(name, right));
  }
  return second?.kind === 'tensors' && left !== null ? rescaling(withNumberLeft(name, left)) : null;
}

const merges: Readonly<Record<string, PlainLayer>> = {
  add: { className: 'Add', config: {} },
  subtract: { className: 'Subtract', config: {} },
  multiply: { className: 'Multiply', config: {} },
  maximum: { className: 'Maximum', config: {} },
  minimum: { className: 'Minimum', config: {} },
};

const unary: Readonly<Record<string, PlainLayer>> = {
  negative: { className: 'Rescaling', config: { scale: -1, offset: 0 } },
  ...Object.fromEntries(
    ['relu', 'sigmoid', 'tanh', 'softmax', 'softplus', 'elu', 'selu', 'gelu'].map((activation) => [
      activation,
      { className: 'Activation', config: { activation } },
    ]),
  ),
};

type Line = { readonly scale: number; readonly offset: number };

function rescaling(line: Line | undefined): PlainLayer | null {
  return line ? { className: 'Rescaling', config: { ...line } } : null;
}

function withNumberRight(name: string, number: number): Line | undefined {
  const lines: Readonly<Record<string, Line>> = {
    add: { scale: 1, offset: number },
    subtract: { scale: 1, offset: -number },
    multiply: { scale: number, offset: 0 },
    divide: { scale: 1 / number, offset: 0 },
    truedivide: { scale: 1 / number, offset: 0 },
    truediv: { scale: 1 / number, offset: 0 },
  };
  return lookUp(lines, name);
}

function withNumberLeft(name: string, number: number): Line | undefined {
  const lines: Readonly<Record<string, Line>> = {
    add: { scale: 1, offset: number },
    subtract: { scale: -1, offset: number },
    multiply: { scale: number, offset: 0 },
  };
  return lookUp(lines, name);
}
