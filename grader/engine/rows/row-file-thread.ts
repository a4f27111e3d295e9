import { readSync } from 'node:fs';
import { parentPort, workerData } from 'node:worker_threads';

/** What the thread is started with. */
export interface OpenedFile {
  readonly fd: number;
  readonly bytesPerRow: number;
}

/** Rows to read into the start of `target`, whose memory is shared with who asks. */
export interface ReadRequest {
  readonly rows: Int32Array;
  readonly target: Uint8Array;
}

/** Where in the file, in bytes, something cannot be read. */
export interface ReadFailure {
  readonly position: number;
  readonly length: number;
  readonly reason: string;
}

/** The longest that one read takes. */
const bytesPerRead = 2 ** 22;

const { fd, bytesPerRow } = workerData as OpenedFile;
parentPort?.on('message', (request: ReadRequest) => {
  parentPort?.postMessage(readRows(request));
});

/** Null where all went well. */
function readRows({ rows, target }: ReadRequest): ReadFailure | null {
  for (const piece of piecesOf(rows)) {
    const failure = readPiece(piece, target);
    if (failure) return failure;
  }
  return null;
}

/** What one read takes, in bytes: from where in the file, how much, to where. */
interface Piece {
  readonly position: number;
  readonly length: number;
  readonly at: number;
}

/** Neighbours as one piece, and all in the file's order, which disks like best. */
function piecesOf(rows: Int32Array): Piece[] {
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

function readPiece({ position, length, at }: Piece, target: Uint8Array): ReadFailure | null {
  for (let done = 0; done < length;) {
    const rest = { position: position + done, length: length - done };
    try {
      const count = readSync(fd, target, at + done, rest.length, rest.position);
      if (count === 0) return { ...rest, reason: 'the file ends there' };
      done += count;
    } catch (error) {
      return { ...rest, reason: error instanceof Error ? error.message : String(error) };
    }
  }
  return null;
}
