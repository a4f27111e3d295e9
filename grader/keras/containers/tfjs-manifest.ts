import { clean, show } from '../../text/show.ts';
import { modelFileLimits } from '../limits.ts';
import type { StoredType } from './elements.ts';
import { elementBytes } from './elements.ts';
import { memberOf } from './parse-json.ts';
import type { Refusals } from './refusal.ts';
import { productOf } from '../../sizes.ts';

/** Arrays that lie one after the other in the shards of a group. */
export interface TfjsGroup {
  readonly shards: readonly string[];
  readonly arrays: readonly TfjsArray[];
  /** Of all arrays together, as stored. */
  readonly bytes: number;
}

export interface TfjsArray {
  readonly name: string;
  readonly shape: readonly number[];
  /** Bytes from the start of the group's shards. */
  readonly start: number;
  readonly bytes: number;
  /** As stored. */
  readonly element: StoredType;
  /** Stored values times scale plus min; null where they are what they are. */
  readonly quantization: { readonly scale: number; readonly min: number } | null;
  /** Quantised integers are rounded. */
  readonly isInteger: boolean;
}

/** Checks the `weightsManifest` of a `model.json`; no groups where it has none. */
export function readTfjsManifest(manifest: unknown, refusals: Refusals): readonly TfjsGroup[] {
  if (manifest === undefined || manifest === null) return [];
  if (!Array.isArray(manifest)) throw wrong(`must be an array, got ${show(manifest)}`, refusals);
  const groups = manifest.map((group) => readGroup(group, refusals));
  checkOnce(
    groups.flatMap(({ arrays }) => arrays.map(({ name }) => name)),
    'weight',
    refusals,
  );
  checkShardNames(
    groups.flatMap(({ shards }) => shards),
    refusals,
  );
  return groups.filter(({ arrays }) => arrays.length > 0);
}

function readGroup(group: unknown, refusals: Refusals): TfjsGroup {
  checkMembers(group, ['paths', 'weights'], refusals);
  const paths = memberOf(group, 'paths');
  const weights = memberOf(group, 'weights');
  if (!Array.isArray(paths) || !paths.every((path) => typeof path === 'string')) {
    throw wrong(`must have paths in every group, got ${show(paths)}`, refusals);
  }
  if (!Array.isArray(weights)) {
    throw wrong(`must have weights in every group, got ${show(weights)}`, refusals);
  }
  const arrays: TfjsArray[] = [];
  let start = 0;
  for (const weight of weights) {
    const array = readArray(weight, start, refusals);
    arrays.push(array);
    start += array.bytes;
  }
  return { shards: paths, arrays, bytes: start };
}

const stored: Record<string, StoredType> = {
  float32: 'float32',
  int32: 'int32',
  uint8: 'uint8',
  bool: 'uint8',
};
const quantised: Record<string, StoredType> = {
  float16: 'float16',
  uint8: 'uint8',
  uint16: 'uint16',
};

function readArray(weight: unknown, start: number, refusals: Refusals): TfjsArray {
  const name = memberOf(weight, 'name');
  if (typeof name !== 'string' || name.length > modelFileLimits.nameLength) {
    throw wrong(`must have a name for every weight, got ${show(name)}`, refusals);
  }
  const shape = readShape(name, memberOf(weight, 'shape'), refusals);
  const dtype = memberOf(weight, 'dtype');
  const quantization = memberOf(weight, 'quantization') ?? null;
  checkMembers(weight, ['name', 'shape', 'dtype', 'quantization', 'group'], refusals);
  checkMembers(quantization, ['dtype', 'scale', 'min', 'original_dtype'], refusals);
  const storedAs = quantization === null ? dtype : memberOf(quantization, 'dtype');
  const table = quantization === null ? stored : quantised;
  const element = typeof storedAs === 'string' ? own(table, storedAs) : undefined;
  if (element === undefined || typeof dtype !== 'string' || own(stored, dtype) === undefined) {
    throw refusals.candidate(
      'tfjs-datatype',
      `the weight ${clean(name, 120)} is ${show(storedAs)}; read are ` +
        `${Object.keys(stored).join(', ')}, and quantised ${Object.keys(quantised).join(', ')}.`,
    );
  }
  return {
    ...{ name, shape, start, element },
    bytes: refusals.at(`the weight ${clean(name, 120)}`, () =>
      productOf([elementBytes[element], ...shape]),
    ),
    quantization:
      element === 'float16' || quantization === null ? null : scaleOf(name, quantization, refusals),
    isInteger: dtype !== 'float32',
  };
}

function checkMembers(value: unknown, known: readonly string[], refusals: Refusals): void {
  const members = typeof value === 'object' && value !== null ? Object.entries(value) : [];
  const other = members.find(([key]) => !known.includes(key));
  if (other)
    throw wrong(`has ${clean(other[0], 60)} = ${show(other[1])}, which is not known`, refusals);
}

function own(table: Record<string, StoredType>, key: string): StoredType | undefined {
  return Object.hasOwn(table, key) ? table[key] : undefined;
}

function readShape(name: string, shape: unknown, refusals: Refusals): readonly number[] {
  const isShape =
    Array.isArray(shape) &&
    shape.length <= modelFileLimits.dimensions &&
    shape.every((side) => Number.isSafeInteger(side) && side >= 0);
  if (isShape) return shape as readonly number[];
  throw wrong(`must have a shape for ${clean(name, 120)}, got ${show(shape)}`, refusals);
}

function scaleOf(name: string, quantization: unknown, refusals: Refusals) {
  const scale = memberOf(quantization, 'scale');
  const min = memberOf(quantization, 'min');
  if (typeof scale === 'number' && typeof min === 'number') return { scale, min };
  throw wrong(`must have scale and min for the quantised ${clean(name, 120)}`, refusals);
}

/** A shard is a file beside the model.json, named once. */
function checkShardNames(names: readonly string[], refusals: Refusals): void {
  if (names.length > modelFileLimits.shards) {
    throw refusals.limit(
      'tfjs-shards',
      `its weights lie in ${names.length} files; at most ${modelFileLimits.shards} are read.`,
    );
  }
  const foreign = names.find((name) => !isPlainName(name));
  if (foreign !== undefined) {
    throw refusals.candidate(
      'tfjs-shard-name',
      `its weights lie at ${show(foreign)}; only files beside the model.json are read.`,
      { help: 'Put the files of weights beside the model.json, under plain names.' },
    );
  }
  checkOnce(names, 'file', refusals);
}

function checkOnce(names: readonly string[], what: string, refusals: Refusals): void {
  const seen = new Set<string>();
  for (const name of names) {
    if (seen.has(name)) throw wrong(`names the ${what} ${show(name)} twice`, refusals);
    seen.add(name);
  }
}

function isPlainName(name: string): boolean {
  return /^[^/\\:\p{Cc}]{1,200}$/u.test(name) && name !== '.' && name !== '..';
}

function wrong(what: string, refusals: Refusals) {
  return refusals.candidate('tfjs-manifest', `its weightsManifest ${what}.`, {
    help: 'Hand in what model.save of TF.js or the tensorflowjs converter wrote, unchanged.',
  });
}
