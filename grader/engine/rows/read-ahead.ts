import type { NdArray } from '../../contract.ts';
import { readStored, type RowReader } from './batches.ts';
import type { RowFile } from './row-file.ts';
import { isStreamed } from './stored-rows.ts';

type Values = NdArray['data'];

interface Run {
  readonly rows: Int32Array;
}

/** A run with its stored rows of each reader; null for a reader of what is in memory. */
interface Ready<Some> {
  readonly run: Some;
  readonly stored: readonly (Values | null)[];
}

/**
 * Runs one after the other, each with its rows where they come from files: while a run is used, the
 * rows of the next one are being read. They are good until the next run is asked for.
 */
export async function* readAhead<Some extends Run>(
  readers: readonly RowReader[],
  runs: Iterable<Some>,
): AsyncGenerator<Ready<Some>> {
  const rooms = [roomsFor(readers), roomsFor(readers)] as const;
  if (rooms[0].every((room) => room === null)) {
    for (const run of runs) yield { run, stored: readers.map(() => null) };
    return;
  }
  const waiting = runs[Symbol.iterator]();
  const begin = (into: readonly (Room | null)[]): Begun<Some> | null => {
    const next = waiting.next();
    if (next.done) return null;
    const run = next.value;
    const stored = allDone(into.map(async (room) => room && (await room.read(run.rows))));
    // Whoever waits for it sees the failure; until then nobody may be waiting.
    stored.catch(() => undefined);
    return { run, stored };
  };
  let next = begin(rooms[0]);
  try {
    for (let turn = 1; next; turn++) {
      const { run, stored } = { run: next.run, stored: await next.stored };
      next = begin(rooms[turn % 2 === 0 ? 0 : 1]);
      yield { run, stored };
    }
  } finally {
    // No read may still fill a buffer, nor use a file, after the end.
    await next?.stored.catch(() => undefined);
    waiting.return?.();
  }
}

/** A run's rows of every reader: those that were read ahead, and those from memory. */
export function storedRows(
  readers: readonly RowReader[],
  rows: Int32Array,
  ahead: readonly (Values | null)[],
): Promise<Values[]> {
  return Promise.all(
    readers.map(async (reader, index) => ahead[index] ?? (await readStored(reader, rows))),
  );
}

interface Begun<Some> {
  readonly run: Some;
  readonly stored: Promise<(Values | null)[]>;
}

/** Fails as the first that fails does, but not before all have ended. */
async function allDone<Value>(promises: Promise<Value>[]): Promise<Value[]> {
  await Promise.allSettled(promises);
  return Promise.all(promises);
}

function roomsFor(readers: readonly RowReader[]): (Room | null)[] {
  return readers.map((reader) =>
    isStreamed(reader.array) ? new Room(reader, reader.array) : null,
  );
}

/** A buffer for rows of a file, which grows with what it is asked for. */
class Room {
  private readonly reader: RowReader;
  private readonly file: RowFile;
  private values: Values | null = null;

  constructor(reader: RowReader, file: RowFile) {
    this.reader = reader;
    this.file = file;
  }

  read(rows: Int32Array): Promise<Values> {
    const wanted = rows.length * this.file.valuesPerRow;
    if (!this.values || this.values.length < wanted) this.values = this.file.newRows(rows.length);
    return readStored(this.reader, rows, this.values);
  }
}
