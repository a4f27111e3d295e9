import { mebibytes } from '../../text/bytes.ts';
import { clean } from '../../text/show.ts';
import type { ArraySource } from '../container.ts';
import { arraySource } from './array-source.ts';
import { namesOf, readTextAttribute, readTexts } from './hdf5-attributes.ts';
import { readHdf5Array } from './hdf5-array.ts';
import { type ByteSource } from './byte-source.ts';
import { openLibrary } from './hdf5-library.ts';
import { Hdf5Reader } from './hdf5-reader.ts';
import { type Hdf5Array, type Hdf5Group } from './hdf5-objects.ts';
import { walk } from './hdf5-tree.ts';
import { modelFileLimits } from '../limits.ts';
import { reasonOf, type Refusals } from './refusal.ts';

/** An HDF5 file that was looked through: hard links only, known layouts, within the limits. */
export interface Hdf5File {
  readonly root: Hdf5Group;
  /** A text attribute of an object; null where it has none of that name. */
  text(path: string, attribute: string): string | null;
  /** A list of texts, also one that Keras had to split: `weight_names0`, `weight_names1`. */
  texts(path: string, attribute: string): readonly string[] | null;
  /** The names of an object's attributes. */
  attributes(path: string): readonly string[];
  source(array: Hdf5Array, name: string): ArraySource;
  close(): void;
}

interface Hdf5Setting {
  readonly refusals: Refusals;
  /** Called every now and then while the file is read. */
  readonly onProgress: () => void;
}

/** Throws a `GraderError` where the bytes are no HDF5 file, damaged, or beyond the limits. */
export async function openHdf5(source: ByteSource, setting: Hdf5Setting): Promise<Hdf5File> {
  const { refusals } = setting;
  const library = await openLibrary(source).catch((cause: unknown) => {
    throw refusals.damaged(`not a whole HDF5 file (${reasonOf(cause)}).`, cause);
  });
  const reader = new Hdf5Reader(library, setting);
  const root = walk(reader);
  checkStorage(root, source.bytes, refusals);
  return {
    root,
    text: (path, attribute) => readTextAttribute(reader, path, attribute),
    texts: (path, attribute) => readTexts(reader, path, attribute),
    attributes: (path) => namesOf(reader, path),
    source: (array, name) =>
      arraySource({
        name,
        shape: array.shape,
        pieces: () => readHdf5Array(reader, array),
        refusals,
      }),
    close: () => library.close(),
  };
}

/** Every array of a group and of the groups in it. */
export function arraysIn(group: Hdf5Group): readonly Hdf5Array[] {
  return [...group.children.values()].flatMap((child) =>
    child.kind === 'array' ? [child] : arraysIn(child),
  );
}

export function declaredBytes(arrays: readonly Hdf5Array[]): number {
  return arrays.reduce((sum, { bytes }) => sum + bytes, 0);
}

/** What the arrays declare must fit into the file, as far as it is compressed times the ratio. */
function checkStorage(root: Hdf5Group, fileBytes: number, refusals: Refusals): void {
  const arrays = arraysIn(root);
  const ratio = modelFileLimits.compressionRatio;
  const least = arrays.reduce(
    (sum, { bytes, isCompressed }) => sum + (isCompressed ? bytes / ratio : bytes),
    0,
  );
  if (least <= fileBytes) return;
  const largest = arrays.reduce((one, other) => (one.bytes > other.bytes ? one : other));
  throw refusals.candidate(
    'hdf5-storage',
    `its arrays declare ${mebibytes(declaredBytes(arrays))} MiB, more than a file of ` +
      `${mebibytes(fileBytes)} MiB holds, ${clean(largest.path, 120)} the most.`,
    { help: 'The file is cut short, damaged or made to deceive. Save the model again.' },
  );
}
