import { candidateError, type GraderError } from '../../errors.ts';
import { isObject } from '../../recipe/keras-class.ts';
import { clean, show } from '../../text/show.ts';
import { lookUp } from './look-up.ts';

/** Values of a key at which nothing depends on it: those of a list, or those that fit. */
type Harmless = readonly unknown[] | ((value: unknown) => boolean);
export type HarmlessKeys = Readonly<Record<string, Harmless>>;

/** What may stand in an object of a file: keys that are read, and those without effect. */
export interface Fields {
  readonly read: readonly string[];
  readonly harmless?: HarmlessKeys;
}

export function isHarmless(keys: HarmlessKeys, key: string, value: unknown): boolean {
  const values = lookUp(keys, key);
  if (values === undefined) return false;
  return typeof values === 'function' ? values(value) : values.includes(value);
}

/** What stands in an object and is neither read nor without effect. */
export function unknownFields(
  object: object,
  { read, harmless = {} }: Fields,
): readonly (readonly [key: string, value: unknown])[] {
  return Object.entries(object).filter(
    ([key, value]) => !read.includes(key) && !isHarmless(harmless, key, value),
  );
}

/** Throws with fault `candidate` where there is any; `where` says whose object it is. */
export function checkFields(where: string, object: object, fields: Fields): void {
  const [unknown] = unknownFields(object, fields);
  if (unknown) throw unknownOption(where, ...unknown);
}

/** The same for what Keras writes around the config of a class: `{module, class_name, config, …}`. */
export function checkObject(where: string, object: object, read: readonly string[] = []): void {
  checkFields(where, object, { read: ['class_name', 'config', ...read], harmless: aroundConfig });
}

export function unknownOption(where: string, key: string, value: unknown): GraderError {
  return candidateError(
    'unknown-option',
    `${where} has ${clean(key, 60)} = ${show(value)}, which the grader does not know.`,
    'Leave it out of the model that you hand in.',
  );
}

export function isText(value: unknown): boolean {
  return typeof value === 'string';
}

export function isTextOrNull(value: unknown): boolean {
  return value === null || isText(value);
}

export function isNumberOrNull(value: unknown): boolean {
  return value === null || typeof value === 'number';
}

/** A shape, or a list of shapes; null where none is known. */
export function isShape(value: unknown): boolean {
  if (!Array.isArray(value)) return value === null;
  return value.every((size: unknown) => Number.isInteger(size) || isShape(size));
}

/** The shapes that a layer was built for, by the arguments of its `build`. */
function isBuildConfig(value: unknown): boolean {
  if (value === null) return true;
  if (!isObject(value)) return false;
  return Object.entries(value).every(([key, shape]) =>
    key === 'shapes_dict' ? isBuildConfig(shape) : key.endsWith('_shape') && isShapes(shape),
  );
}

/** The same, or shapes by the names of inputs. */
export function isShapes(value: unknown): boolean {
  return isObject(value) ? Object.values(value).every(isShape) : isShape(value);
}

/** Where Keras 2.13 to 3.15 find the class again, and what it was built for. */
export const aroundConfig: HarmlessKeys = {
  module: isTextOrNull,
  registered_name: isTextOrNull,
  shared_object_id: isNumberOrNull,
  build_config: isBuildConfig,
};
