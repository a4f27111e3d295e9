import { clean } from '../../text/show.ts';
import { elementBytes, type StoredType, toFloat32 } from './elements.ts';
import type { Hdf5Reader } from './hdf5-reader.ts';
import type { Hdf5Array } from './hdf5-objects.ts';
import { productOf } from '../../sizes.ts';

/** Reads an array a few megabytes at a time; a piece is gone once the next one is asked for. */
export function* readHdf5Array(reader: Hdf5Reader, array: Hdf5Array): Generator<Float32Array> {
  const { path, element, shape } = array;
  if (element === null) throw notNumbers(reader, array);
  if (shape.includes(0)) return;
  const bytes = elementBytes[element];
  const plan = planPieces(array, bytes);
  const memory = allocate(reader, path, plan.largest * bytes);
  try {
    for (const piece of plan.pieces()) {
      reader.onProgress();
      yield readPiece(reader, { path, element, memory, piece });
    }
  } finally {
    reader.ask(path, (module) => module._free(memory));
  }
}

const pieceBytes = 4 * 1024 * 1024;
/** The library takes more than a kilobyte for each chunk that it reads at a time. */
const pieceChunks = 4096;

/** A block of an array: where it begins and how far it goes along each axis. */
interface Piece {
  readonly start: readonly number[];
  readonly count: readonly number[];
}

interface Plan {
  /** Elements of the largest piece. */
  readonly largest: number;
  pieces(): Iterable<Piece>;
}

/**
 * Cuts an array along one axis, so that the pieces follow each other row-major. Of a chunked array a
 * piece takes whole rows of chunks, or each chunk would be unpacked again and again.
 */
function planPieces(array: Hdf5Array, bytes: number): Plan {
  const { shape, chunks } = array;
  if (shape.length === 0) return { largest: 1, pieces: () => [{ start: [], count: [] }] };
  const axis = chunks === null ? axisToCut(shape, pieceBytes / bytes) : 0;
  const inner = shape.slice(axis + 1);
  const rowSize = productOf(inner);
  const least = chunks?.[0] ?? 1;
  const side = shape[axis] ?? 1;
  const slabs = Math.min(pieceBytes / bytes / rowSize / least, slabsAtOnce(array));
  const rows = Math.min(side, least * Math.max(1, Math.floor(slabs)));
  function* pieces(): Generator<Piece> {
    for (const outer of indices(shape.slice(0, axis))) {
      for (let row = 0; row < side; row += rows) {
        yield {
          start: [...outer, row, ...inner.map(() => 0)],
          count: [...outer.map(() => 1), Math.min(rows, side - row), ...inner],
        };
      }
    }
  }
  return { largest: rows * rowSize, pieces };
}

/** How many rows of chunks may be read together. */
function slabsAtOnce({ shape, chunks }: Hdf5Array): number {
  if (chunks === null) return Infinity;
  const inner = shape.slice(1).map((side, axis) => Math.ceil(side / (chunks[axis + 1] ?? 1)));
  return pieceChunks / productOf(inner);
}

/** The first axis whose rows fit into a piece. */
function axisToCut(shape: readonly number[], elements: number): number {
  const axis = shape.findIndex((_, index) => productOf(shape.slice(index + 1)) <= elements);
  return Math.max(axis, 0);
}

/** All index tuples below the sides, the last one fastest; one empty tuple for no sides. */
function* indices(sides: readonly number[]): Generator<readonly number[]> {
  const total = productOf(sides);
  for (let flat = 0; flat < total; flat++) {
    let rest = flat;
    const tuple = sides.map(() => 0);
    for (let axis = sides.length - 1; axis >= 0; axis--) {
      const side = sides[axis] ?? 1;
      tuple[axis] = rest % side;
      rest = Math.floor(rest / side);
    }
    yield tuple;
  }
}

function allocate(reader: Hdf5Reader, path: string, bytes: number): number {
  return reader.ask(path, (module) => {
    const memory = module._malloc(bytes);
    if (memory === 0) throw new Error('no memory left');
    return memory;
  });
}

interface Reading {
  readonly path: string;
  readonly element: StoredType;
  readonly memory: number;
  readonly piece: Piece;
}

function readPiece(reader: Hdf5Reader, { path, element, memory, piece }: Reading): Float32Array {
  const { start, count } = piece;
  const heap = reader.ask(path, (module, file) => {
    // A scalar has no axes to choose a block along.
    const block = (list: readonly number[]) => (list.length === 0 ? null : list.map(BigInt));
    const [sizes, from] = [block(count), block(start)];
    const steps = block(start.map(() => 1));
    const status = module.get_dataset_data(file, path, sizes, from, steps, BigInt(memory));
    if (status < 0) throw new Error('not readable');
    return module.HEAPU8;
  });
  const bytes = productOf(count) * elementBytes[element];
  return toFloat32(heap.subarray(memory, memory + bytes), element);
}

function notNumbers(reader: Hdf5Reader, { path, elementName }: Hdf5Array) {
  return reader.refusals.candidate(
    'hdf5-datatype',
    `${clean(path, 120)} holds ${elementName}; weights are floats of 2, 4 or 8 bytes or integers.`,
    { help: 'Save the model again with model.save.' },
  );
}
