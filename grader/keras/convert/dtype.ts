import { candidateError } from '../../errors.ts';
import { isKerasObject, isObject } from '../../recipe/keras-class.ts';
import { clean, show } from '../../text/show.ts';
import type { Conversion } from './conversion.ts';
import { aroundConfig, checkFields, checkObject, unknownFields, unknownOption } from './fields.ts';

/** A dtype or a dtype policy by name; null where none is stated. */
export function dtypeName(value: unknown): string | null {
  if (typeof value === 'string') return value;
  if (!isObject(value) || !isObject(value['config'])) return null;
  const { name } = value['config'];
  return typeof name === 'string' ? name : null;
}

/** Whether it is the one in which the grader computes, or none is stated. */
export function isFloat32(value: unknown): boolean {
  if (value === null || value === 'float32') return true;
  if (!isKerasObject(value) || dtypeName(value) !== 'float32') return false;
  const around = { read: ['class_name', 'config'], harmless: aroundConfig };
  const more = unknownFields({ ...value.config }, { read: ['name'] });
  return unknownFields(value, around).length + more.length === 0;
}

/** Of numbers, as Keras names them. */
const numberTypes = /^(bool|u?int(8|16|32|64)|(mixed_)?(b?float16)|float(32|64))$/;

/** Whether it is one, or none is stated. */
export function isDtype(value: unknown): boolean {
  return value === null || numberTypes.test(dtypeName(value) ?? '');
}

/**
 * The same, of numbers or of strings. Throws with fault `candidate` for what is none of them, and for
 * what else a policy has.
 */
export function readDtype(where: string, value: unknown): string | null {
  if (value === undefined || value === null) return null;
  const name = dtypeName(value) ?? '';
  if (name !== 'string' && !numberTypes.test(name)) throw unknownOption(where, 'dtype', value);
  if (!isKerasObject(value)) return name;
  checkObject(`The dtype of ${lowered(where)}`, value);
  // Keras 2.1 keeps how losses are scaled in training.
  const harmless = { loss_scale: () => true };
  checkFields(`The dtype of ${lowered(where)}`, { ...value.config }, { read: ['name'], harmless });
  return name;
}

function lowered(where: string): string {
  return where.replace(/^The/, 'the');
}

interface TypedLayer {
  readonly name: string;
  readonly className: string;
  readonly config: Readonly<Record<string, unknown>>;
}

/** What they give are whole numbers. */
const givesNumbers = ['CategoryEncoding', 'Discretization'];
const others = /^((mixed_)?b?float16|float64)$/;

/**
 * Throws with fault `candidate` where a layer does not compute with floating-point numbers, or its
 * weights are whole numbers with scales beside them.
 */
export function checkDtype(conversion: Conversion, { name, className, config }: TypedLayer): void {
  const { dtype } = config;
  if (isQuantised(dtype) || (dtypeName(dtype)?.includes('_from_') ?? false)) {
    throw candidateError(
      'quantised-model',
      `The layer ${show(name)} is quantised (${clean(dtypeName(dtype) ?? 'QuantizedDTypePolicy', 40)}); the grader takes weights of floating-point numbers.`,
      'Hand in the model as it was before model.quantize.',
    );
  }
  const where = `The layer ${show(name)}`;
  const given = readDtype(where, dtype);
  if (given === null || given === 'float32') return;
  if (givesNumbers.includes(className) && /int/.test(given)) return;
  if (!others.test(given)) throw unknownOption(where, 'dtype', given);
  conversion.notes.add(`Layers of dtype ${clean(given, 40)} are computed in float32.`);
}

function isQuantised(dtype: unknown): boolean {
  return isKerasObject(dtype) && dtype.class_name.startsWith('Quantized');
}
