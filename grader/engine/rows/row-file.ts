import type { FileHandle } from 'node:fs/promises';
import { Worker } from 'node:worker_threads';
import { countBytes, countValues, newValues, openArray } from '../../array-file.ts';
import { builtProgram } from '../../process/built-program.ts';
import type { ArrayFile, Dtype, NdArray } from '../../contract.ts';
import { GraderError } from '../../errors.ts';
import type { OpenedFile, ReadFailure, ReadRequest } from './row-file-thread.ts';

type Values = NdArray['data'];

/**
 * A stored array whose rows are read from its open file, by a thread that does nothing else: it goes
 * on while JavaScript waits for TensorFlow, and a row costs no callback.
 */
export class RowFile {
  readonly dtype: Dtype;
  /** [rows, ...]. */
  readonly shape: readonly number[];
  readonly valuesPerRow: number;
  readonly bytesPerRow: number;
  private readonly path: string;
  private readonly handle: FileHandle;
  private readonly thread: Worker;
  /** In the order in which they were asked for, which the thread keeps. */
  private readonly waiting: ((failure: GraderError | null) => void)[] = [];

  private constructor(file: ArrayFile, handle: FileHandle) {
    this.path = file.path;
    this.dtype = file.dtype;
    this.shape = file.shape;
    this.valuesPerRow = countValues(file.shape.slice(1));
    this.bytesPerRow = bytesOfRow(file);
    this.handle = handle;
    const opened: OpenedFile = { fd: handle.fd, bytesPerRow: this.bytesPerRow };
    this.thread = new Worker(builtProgram('engine/rows/row-file-thread'), { workerData: opened });
    this.thread.on('message', (failure: ReadFailure | null) => {
      this.waiting.shift()?.(failure && this.unreadable(failure));
      this.holdProcess();
    });
    this.thread.on('error', ({ message }) => {
      this.failAll(`its thread ended: ${message}`);
    });
    this.holdProcess();
  }

  /** Throws with fault `machine` when the file does not have the stated size. */
  static async open(file: ArrayFile): Promise<RowFile> {
    return new RowFile(file, await openArray(file));
  }

  /**
   * Reads rows, in the given order, into the start of `target`, which `newRows` gave; answers that
   * part of it. Nobody may use `target` until the read ends, which it has also when this throws
   * (fault `machine`).
   */
  async read(rows: Int32Array, target: Values): Promise<Values> {
    const filled = target.subarray(0, rows.length * this.valuesPerRow);
    const bytes = new Uint8Array(filled.buffer, filled.byteOffset, filled.byteLength);
    const request: ReadRequest = { rows, target: bytes };
    await new Promise<void>((resolve, reject) => {
      this.waiting.push((failure) => (failure ? reject(failure) : resolve()));
      this.holdProcess();
      this.thread.postMessage(request);
    });
    return filled;
  }

  /** Room for so many rows, which the thread can write to. */
  newRows(count: number): Values {
    return newValues(this.dtype, count * this.valuesPerRow, SharedArrayBuffer);
  }

  /** Closes the file; whoever still waits for a read is told so. */
  async close(): Promise<void> {
    await this.thread.terminate();
    this.failAll('the file was closed');
    await this.handle.close();
  }

  /** The process goes on for a read, and not for an open file. */
  private holdProcess(): void {
    if (this.waiting.length > 0) this.thread.ref();
    else this.thread.unref();
  }

  private unreadable({ position, length, reason }: ReadFailure): GraderError {
    const row = Math.floor(position / this.bytesPerRow);
    return this.notRead(`${length} bytes at byte ${position} (row ${row}): ${reason}`);
  }

  private failAll(why: string): void {
    for (const end of this.waiting.splice(0)) end(this.notRead(why));
  }

  private notRead(what: string): GraderError {
    return new GraderError({
      fault: 'machine',
      code: 'array-read',
      message: `${this.path} cannot be read: ${what}.`,
      help: 'The file must stay as it is during a training. Grade again: damaged data are prepared anew.',
    });
  }
}

export function bytesOfRow({ dtype, shape }: Pick<NdArray, 'dtype' | 'shape'>): number {
  return countBytes({ dtype, shape: shape.slice(1) });
}
