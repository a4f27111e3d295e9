import { candidateError } from '../../errors.ts';
import { isKerasObject, isObject } from '../../recipe/keras-class.ts';
import { clean, show } from '../../text/show.ts';
import type { Conversion } from './conversion.ts';

/** A dtype or a dtype policy by name; null where none is stated. */
export function dtypeName(value: unknown): string | null {
  if (typeof value === 'string') return value;
  if (!isObject(value) || !isObject(value['config'])) return null;
  const { name } = value['config'];
  return typeof name === 'string' ? name : null;
}

/** Throws with fault `candidate` where the weights are of whole numbers with scales beside them. */
export function checkDtype(
  conversion: Conversion,
  { name, config }: { readonly name: string; readonly config: Readonly<Record<string, unknown>> },
): void {
  const dtype = dtypeName(config['dtype']);
  if (isQuantised(config['dtype']) || (dtype?.includes('_from_') ?? false)) {
    throw candidateError(
      'quantised-model',
      `The layer ${show(name)} is quantised (${clean(dtype ?? 'QuantizedDTypePolicy', 40)}); the grader takes weights of floating-point numbers.`,
      'Hand in the model as it was before model.quantize.',
    );
  }
  if (dtype === null || !/float16|bfloat16|float64/.test(dtype)) return;
  conversion.notes.add(`Layers of dtype ${clean(dtype, 40)} are computed in float32.`);
}

function isQuantised(dtype: unknown): boolean {
  return isKerasObject(dtype) && dtype.class_name.startsWith('Quantized');
}
