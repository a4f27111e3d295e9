import { read } from 'node:fs';
import type { FileHandle } from 'node:fs/promises';
import { countBytes, countValues, newValues, openArray } from '../../array-file.ts';
import type { ArrayFile, Dtype, NdArray } from '../../contract.ts';
import { GraderError } from '../../errors.ts';

/** The longest that one read takes, so that the threads that read share what is long. */
const bytesPerRead = 2 ** 22;

type Values = NdArray['data'];

/** A stored array whose rows are read from its open file. */
export class RowFile {
  readonly dtype: Dtype;
  /** [rows, ...]. */
  readonly shape: readonly number[];
  readonly valuesPerRow: number;
  readonly bytesPerRow: number;
  private readonly path: string;
  private readonly handle: FileHandle;
  private readonly reads = new Set<Promise<void>>();

  private constructor(file: ArrayFile, handle: FileHandle) {
    this.path = file.path;
    this.dtype = file.dtype;
    this.shape = file.shape;
    this.valuesPerRow = countValues(file.shape.slice(1));
    this.bytesPerRow = bytesOfRow(file);
    this.handle = handle;
  }

  /** Throws with fault `machine` when the file does not have the stated size. */
  static async open(file: ArrayFile): Promise<RowFile> {
    return new RowFile(file, await openArray(file));
  }

  /**
   * Reads rows, in the given order, into the start of `target`, which is of the file's type; answers
   * that part of it. The reads go on while JavaScript is busy; nobody may use `target` until they
   * end, which they have also when this throws (fault `machine`).
   */
  async read(rows: Int32Array, target: Values): Promise<Values> {
    const filled = target.subarray(0, rows.length * this.valuesPerRow);
    const bytes = new Uint8Array(filled.buffer, filled.byteOffset, filled.byteLength);
    const reading = this.readAll(piecesOf(rows, this.bytesPerRow), bytes);
    this.reads.add(reading);
    try {
      await reading;
    } finally {
      this.reads.delete(reading);
    }
    return filled;
  }

  /** Room for so many rows. */
  newRows(count: number): Values {
    return newValues(this.dtype, count * this.valuesPerRow);
  }

  /** Closes the file once nothing reads it. */
  async close(): Promise<void> {
    await Promise.allSettled(this.reads);
    await this.handle.close();
  }

  private readAll(pieces: readonly Piece[], target: Uint8Array): Promise<void> {
    return new Promise((resolve, reject) => {
      let left = pieces.length;
      let failure: GraderError | null = null;
      const onEnd = (error: GraderError | null) => {
        failure ??= error;
        left -= 1;
        if (left > 0) return;
        if (failure) reject(failure);
        else resolve();
      };
      if (left === 0) resolve();
      for (const piece of pieces) this.readPiece(piece, target, onEnd);
    });
  }

  /** By callback: a promise for each row costs as much as reading it. */
  private readPiece(
    piece: Piece,
    target: Uint8Array,
    onEnd: (failure: GraderError | null) => void,
  ): void {
    const { position, length, at } = piece;
    read(this.handle.fd, target, at, length, position, (error, count) => {
      if (error || count === 0)
        onEnd(this.unreadable(piece, error?.message ?? 'the file ends there'));
      else if (count === length) onEnd(null);
      else {
        const rest = { position: position + count, length: length - count, at: at + count };
        this.readPiece(rest, target, onEnd);
      }
    });
  }

  private unreadable({ position, length }: Piece, reason: string): GraderError {
    return new GraderError({
      fault: 'machine',
      code: 'array-read',
      message: `${this.path}: ${length} bytes at byte ${position} (row ${Math.floor(position / this.bytesPerRow)}) cannot be read: ${reason}.`,
      help: 'The file must stay as it is during a training. Grade again: damaged data are prepared anew.',
    });
  }
}

export function bytesOfRow({ dtype, shape }: Pick<NdArray, 'dtype' | 'shape'>): number {
  return countBytes({ dtype, shape: shape.slice(1) });
}

/** What one read takes, in bytes: from where in the file, how much, to where. */
interface Piece {
  readonly position: number;
  readonly length: number;
  readonly at: number;
}

/** Neighbours as one piece, and all in the file's order, which disks like best. */
function piecesOf(rows: Int32Array, bytesPerRow: number): Piece[] {
  const pieces: Piece[] = [];
  const most = Math.max(1, Math.floor(bytesPerRead / bytesPerRow));
  for (let first = 0; first < rows.length;) {
    const row = rows[first] ?? 0;
    let count = 1;
    while (count < most && rows[first + count] === row + count) count += 1;
    pieces.push({
      ...{ position: row * bytesPerRow, length: count * bytesPerRow, at: first * bytesPerRow },
    });
    first += count;
  }
  return pieces.sort((one, other) => one.position - other.position);
}
