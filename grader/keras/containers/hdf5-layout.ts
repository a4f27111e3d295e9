import { mebibytes } from '../../text/bytes.ts';
import { showShape } from '../../text/shape.ts';
import { clean } from '../../text/show.ts';
import { modelFileLimits } from '../limits.ts';
import type { StoredType } from './elements.ts';
import type { Hdf5Reader } from './hdf5-reader.ts';
import type { Hdf5Array } from './hdf5-objects.ts';
import { productOf } from '../../sizes.ts';

/** What of h5wasm's description of a data set is used. */
interface Description {
  readonly type: number;
  readonly size: number;
  readonly signed: boolean;
  readonly shape: readonly number[] | null;
  readonly chunks: readonly number[] | null;
  readonly virtual_sources?: readonly { readonly file_name: string }[];
}

/** Checks how an array is stored and how much it declares, without reading a value. */
export function inspectArray(path: string, reader: Hdf5Reader): Hdf5Array {
  const described: Description = reader.ask(path, (module, file) =>
    module.get_dataset_metadata(file, path),
  );
  const { chunks, size, virtual_sources: sources } = described;
  if (sources !== undefined) throw virtual(path, sources, reader);
  const shape = described.shape ?? [0];
  const counted = (work: () => number) => reader.refusals.at(clean(path, 120), work);
  const bytes = counted(() => productOf([size, ...shape]));
  checkShape(path, shape, reader);
  const isCompressed = chunks !== null && checkFilters(path, reader);
  if (chunks !== null) checkChunks({ path, shape, chunks, size }, reader);
  return {
    kind: 'array',
    path,
    shape,
    ...(described.shape === null ? nothing : elementOf(described)),
    bytes,
    chunks,
    isCompressed,
  };
}

/** HDF5's null data space. */
const nothing = { element: null, elementName: 'no values at all' };

const classes = [
  ...['integers', 'floats', 'times', 'texts', 'bit fields', 'opaque values', 'records'],
  ...['references', 'named values', 'lists', 'arrays'],
];
const enumeration = 8;
const opaque = 5;

function elementOf({ type, size, signed }: Description): {
  element: StoredType | null;
  elementName: string;
} {
  const elementName = `${size}-byte ${classes[type] ?? 'values of an unknown kind'}`;
  if (type === 1) return { element: floats[size] ?? null, elementName };
  // h5py stores booleans as an enumeration of one byte, and a bfloat16 of NumPy as opaque bytes.
  if (type === enumeration) return { element: size === 1 ? 'uint8' : null, elementName };
  if (type === opaque) return { element: size === 2 ? 'bfloat16' : null, elementName };
  if (type !== 0) return { element: null, elementName };
  return { element: (signed ? signedIntegers : unsignedIntegers)[size] ?? null, elementName };
}

const floats: Record<number, StoredType> = { 2: 'float16', 4: 'float32', 8: 'float64' };
const signedIntegers: Record<number, StoredType> = {
  1: 'int8',
  2: 'int16',
  4: 'int32',
  8: 'int64',
};
const unsignedIntegers: Record<number, StoredType> = {
  ...{ 1: 'uint8', 2: 'uint16', 4: 'uint32', 8: 'uint64' },
};

function virtual(
  path: string,
  sources: readonly { readonly file_name: string }[],
  reader: Hdf5Reader,
) {
  const from = sources.map(({ file_name: name }) => `"${clean(name, 60)}"`).slice(0, 3);
  return reader.refusals.candidate(
    'hdf5-external',
    `${clean(path, 120)} is a virtual data set${from.length ? ` made of ${from.join(', ')}` : ''}.`,
    { help: 'A model must lie in one file. Save it again with model.save.' },
  );
}

function checkShape(path: string, shape: readonly number[], reader: Hdf5Reader): void {
  const isPossible =
    shape.length <= modelFileLimits.dimensions && productOf(shape) <= modelFileLimits.weightBytes;
  if (isPossible) return;
  throw reader.refusals.limit(
    'weights-too-large',
    `${clean(path, 120)} declares the shape ${clean(showShape(shape), 80)}; an array may have ` +
      `${modelFileLimits.dimensions} dimensions and all together ` +
      `${mebibytes(modelFileLimits.weightBytes)} MiB.`,
  );
}

const deflate = 1;
const shuffle = 2;

/** Whether the array is compressed; throws for filters other than gzip and shuffle. */
function checkFilters(path: string, reader: Hdf5Reader): boolean {
  const filters = reader.ask(path, (module, file) => module.get_dataset_filters(file, path));
  const other = filters.find(({ id }) => id !== deflate && id !== shuffle);
  if (other === undefined && filters.length <= 2) return filters.some(({ id }) => id === deflate);
  throw reader.refusals.candidate(
    'hdf5-filter',
    `${clean(path, 120)} is packed by ` +
      (other === undefined
        ? `${filters.length} filters; gzip and shuffle are read, once each.`
        : `the filter ${clean(other.name, 40) || other.id}; gzip and shuffle are read.`),
    { help: 'Save the model again with model.save, which does not compress.' },
  );
}

interface Chunked {
  readonly path: string;
  readonly shape: readonly number[];
  readonly chunks: readonly number[];
  readonly size: number;
}

function checkChunks({ path, shape, chunks, size }: Chunked, reader: Hdf5Reader): void {
  const bytes = size * productOf(chunks);
  const slab = size * (chunks[0] ?? 1) * productOf(shape.slice(1));
  const { chunkBytes, slabBytes } = modelFileLimits;
  reader.chunks += productOf(shape.map((side, axis) => Math.ceil(side / (chunks[axis] ?? 1))));
  if (reader.chunks > modelFileLimits.chunks) {
    throw reader.refusals.limit(
      'hdf5-chunk',
      `up to ${clean(path, 120)} its arrays are stored in ${reader.chunks} chunks; ` +
        `at most ${modelFileLimits.chunks} are read.`,
      saveAgain,
    );
  }
  if (bytes <= chunkBytes && slab <= slabBytes && bytes > 0) return;
  throw reader.refusals.limit(
    'hdf5-chunk',
    `${clean(path, 120)} is stored in chunks of ${clean(showShape(chunks), 80)}; a chunk may ` +
      `have ${mebibytes(chunkBytes)} MiB, a row of chunks ${mebibytes(slabBytes)} MiB.`,
    saveAgain,
  );
}

const saveAgain = 'Save the model again with model.save, which writes arrays in one piece.';
