import { isObject } from '../../../recipe/keras-class.ts';
import type { Generation } from '../generation.ts';

/**
 * Whether an entry of a functional model is an operation, such as `x + y` or `x / 255`, and no layer.
 * HDF5 files of Keras 3 leave out the module, which alone tells the layer Add from the operation; a
 * layer's configuration says whether it is trainable, an operation's does not.
 */
export function isOperation(
  raw: Readonly<Record<string, unknown>>,
  generation: Generation,
): boolean {
  const className = String(raw['class_name']);
  if (className === 'TFOpLambda' || className === 'SlicingOpLambda') return true;
  if (String(raw['module']).includes('.ops.')) return true;
  const config = isObject(raw['config']) ? raw['config'] : {};
  const { dtype } = config;
  // A dropout has a dtype, which few operations have beside those of masks.
  const hasDtype = isObject(dtype) || (typeof dtype === 'string' && dtype !== 'bool');
  const isLayer =
    'trainable' in config || 'layers' in config || (hasDtype && !typed.includes(className));
  return generation === 'keras3' && className !== 'InputLayer' && !isLayer;
}

const typed: readonly string[] = [
  ...['Cast', 'CountNonzero', 'Cumsum', 'FullLike', 'OneHot', 'OnesLike', 'ZerosLike'],
];
