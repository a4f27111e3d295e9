import { mebibytes } from '../../text/bytes.ts';
import { clean } from '../../text/show.ts';
import { modelFileLimits } from '../limits.ts';
import type { Hdf5Reader } from './hdf5-reader.ts';

/** A text attribute of an object, or null where it has none of that name. */
export function readTextAttribute(
  reader: Hdf5Reader,
  path: string,
  attribute: string,
): string | null {
  if (!namesOf(reader, path).includes(attribute)) return null;
  const [text, ...more] = read(reader, path, attribute);
  if (text !== undefined && more.length === 0) return text;
  throw reader.refusals.damaged(
    `the attribute ${at(path, attribute)} holds ${more.length === 0 ? 'no text' : 'several texts'}.`,
  );
}

/** A list of texts, also one that Keras had to split: `weight_names0`, `weight_names1`. */
export function readTexts(
  reader: Hdf5Reader,
  path: string,
  attribute: string,
): readonly string[] | null {
  const names = namesOf(reader, path);
  if (names.includes(attribute)) return read(reader, path, attribute);
  if (!names.includes(`${attribute}0`)) return null;
  const texts: string[] = [];
  for (let part = 0; names.includes(`${attribute}${part}`); part++) {
    texts.push(...read(reader, path, `${attribute}${part}`));
  }
  return texts;
}

/** The names of all attributes of an object. */
export function namesOf(reader: Hdf5Reader, path: string): readonly string[] {
  const names = reader.ask(path || '/', (module, file) =>
    module.get_attribute_names(file, path || '/'),
  );
  if (names.length <= modelFileLimits.attributes) return names;
  throw reader.refusals.limit(
    'hdf5-attributes',
    `${clean(path, 120) || 'the file'} has ${names.length} attributes; at most ` +
      `${modelFileLimits.attributes} are read.`,
  );
}

interface Description {
  readonly type: number;
  readonly size: number;
  readonly vlen: boolean;
  readonly shape: readonly number[] | null;
  readonly total_size: number;
}

const text = 3;

function read(reader: Hdf5Reader, path: string, attribute: string): readonly string[] {
  const name = at(path, attribute);
  const described: Description = reader.ask(name, (module, file) =>
    module.get_attribute_metadata(file, path || '/', attribute),
  );
  const { type, size, total_size: count, shape } = described;
  // Keras writes an empty list as an empty array of numbers.
  if (shape === null || count === 0) return [];
  if (type !== text) {
    throw reader.refusals.damaged(`the attribute ${name} is no text.`);
  }
  charge(reader, name, size * count);
  return reader.ask(name, (module, file) => {
    const start = module._malloc(size * count);
    if (start === 0) throw new Error('no memory left');
    const status = module.get_attribute_data(file, path || '/', attribute, BigInt(start));
    if (status < 0) throw new Error('not readable');
    const texts = Array.from({ length: count }, (_, index) => {
      const place = start + index * size;
      if (!described.vlen) return decode(module.HEAPU8.subarray(place, place + size));
      const pointer = new DataView(module.HEAPU8.buffer).getUint32(place, true);
      return pointer === 0 ? '' : decode(terminated(module.HEAPU8, pointer, { reader, name }));
    });
    if (described.vlen) {
      module.reclaim_vlen_memory(file, path || '/', attribute, BigInt(start));
    }
    module._free(start);
    return texts;
  });
}

function at(path: string, attribute: string): string {
  return clean(path === '' ? attribute : `${attribute} of ${path}`, 160);
}

/** Counts what attributes take before they are read. */
function charge(reader: Hdf5Reader, name: string, bytes: number): void {
  reader.attributeBytes += bytes;
  if (reader.attributeBytes <= modelFileLimits.attributeBytes) return;
  throw reader.refusals.limit(
    'hdf5-attributes',
    `the attributes up to ${name} take more than ` +
      `${mebibytes(modelFileLimits.attributeBytes)} MiB.`,
  );
}

interface Charged {
  readonly reader: Hdf5Reader;
  readonly name: string;
}

/** The bytes from a place up to the next zero. */
function terminated(heap: Uint8Array, start: number, { reader, name }: Charged): Uint8Array {
  const end = heap.indexOf(0, start);
  const bytes = heap.subarray(start, end < 0 ? undefined : end);
  charge(reader, name, bytes.length);
  return bytes;
}

const decoder = new TextDecoder();

/** A text of fixed length is filled up with zeros. */
function decode(bytes: Uint8Array): string {
  const end = bytes.indexOf(0);
  return decoder.decode(end < 0 ? bytes : bytes.subarray(0, end));
}
