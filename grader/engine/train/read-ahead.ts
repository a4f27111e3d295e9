import type { NdArray } from '../../contract.ts';
import { readStored, type RowReader } from './batches.ts';
import type { RowFile } from './row-file.ts';
import { isStreamed } from './stored-rows.ts';

type Values = NdArray['data'];

interface Run {
  readonly rows: Int32Array;
}

/**
 * Runs one after the other, each with its rows where they come from a file: while a run is used,
 * the rows of the next one are being read. They are good until the next run is asked for.
 */
export async function* readAhead<Some extends Run>(
  reader: RowReader | null,
  runs: Iterable<Some>,
): AsyncGenerator<{ run: Some; stored: Values | null }> {
  const array = reader?.array;
  if (!reader || !array || !isStreamed(array)) {
    for (const run of runs) yield { run, stored: null };
    return;
  }
  const buffers = [new Room(array), new Room(array)] as const;
  const waiting = runs[Symbol.iterator]();
  const begin = (buffer: Room): Begun<Some> | null => {
    const next = waiting.next();
    if (next.done) return null;
    const run = next.value;
    const stored = readStored(reader, run.rows, buffer.for(run.rows.length));
    // Whoever waits for it sees the failure; until then nobody may be waiting.
    stored.catch(() => undefined);
    return { run, stored };
  };
  let next = begin(buffers[0]);
  try {
    for (let turn = 1; next; turn++) {
      const { run, stored } = { run: next.run, stored: await next.stored };
      next = begin(buffers[turn % 2 === 0 ? 0 : 1]);
      yield { run, stored };
    }
  } finally {
    // No read may still fill a buffer, nor use the file, after the end.
    await next?.stored.catch(() => undefined);
    waiting.return?.();
  }
}

interface Begun<Some> {
  readonly run: Some;
  readonly stored: Promise<Values>;
}

/** A buffer for rows of a file, which grows with what it is asked for. */
class Room {
  private readonly file: RowFile;
  private values: Values | null = null;

  constructor(file: RowFile) {
    this.file = file;
  }

  for(rows: number): Values {
    const wanted = rows * this.file.valuesPerRow;
    if (!this.values || this.values.length < wanted) this.values = this.file.newRows(rows);
    return this.values;
  }
}
