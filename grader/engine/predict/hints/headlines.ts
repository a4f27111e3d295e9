import type { NdArray } from '../../../contract.ts';
import { inputReader, type RowReader } from '../../rows/batches.ts';
import type { Trial } from './trial.ts';

interface Headlines {
  /** Word ids [rows, length] of the fixed tokenizer, 0 after the last word, not clipped. */
  readonly ids: NdArray;
  /** Such ids of every part, by which another tokenizer is guessed. */
  readonly all: readonly NdArray[];
  readonly vocabulary: number | null;
  readonly length: number;
}

/** Headlines as other tokenizers and paddings would give them. */
export function headlineTrials(headlines: Headlines): Trial[] {
  const newIds = refitted(headlines.all);
  return [false, true].flatMap((isRefitted) =>
    [true, false].flatMap((marksUnknown) =>
      [false, true].flatMap((isPaddedBefore): Trial[] => {
        const isAsGiven = !isRefitted && marksUnknown && !isPaddedBefore;
        if (isAsGiven) return [];
        const tokenizing = {
          newId: (id: number) => (isRefitted ? (newIds[id] ?? unknown) : id),
          ...{ marksUnknown, isPaddedBefore },
        };
        const setting = { isRefitted, marksUnknown, isPaddedBefore };
        const reading = { reading: 'other-word-ids', ...setting } as const;
        return [{ reading, reader: readerOf(headlines, tokenizing) }];
      }),
    ),
  );
}

const unknown = 1;

interface Tokenizing {
  readonly marksUnknown: boolean;
  readonly isPaddedBefore: boolean;
  readonly newId: (id: number) => number;
}

function readerOf({ ids, vocabulary, length }: Headlines, tokenizing: Tokenizing): RowReader {
  const array = retokenized(ids, tokenizing, vocabulary ?? Infinity);
  return inputReader(array, { decoding: {}, modelShape: [length], dtype: 'int32', vocabulary });
}

function retokenized(
  { shape, data }: NdArray,
  { newId, marksUnknown, isPaddedBefore }: Tokenizing,
  vocabulary: number,
): NdArray {
  const [rows = 0, length = 0] = shape;
  const given = new Int32Array(rows * length);
  for (let row = 0; row < rows; row++) {
    const ids = Array.from(data.subarray(row * length, (row + 1) * length))
      .filter((id) => id > 0)
      .map(newId);
    // Without a mark, unknown and rare words are dropped and every other id is one less.
    const words = marksUnknown
      ? ids
      : ids.map((id) => id - 1).filter((id) => id > 0 && id < vocabulary);
    given.set(words, row * length + (isPaddedBefore ? length - words.length : 0));
  }
  return { dtype: 'int32', shape, data: given };
}

/** Ids by falling count over all parts; among equal counts the smaller id stays first. */
function refitted(parts: readonly NdArray[]): Int32Array {
  const counts = new Map<number, number>();
  for (const { data } of parts) {
    for (const id of data) if (id > unknown) counts.set(id, (counts.get(id) ?? 0) + 1);
  }
  const order = [...counts].sort(([a, one], [b, other]) => other - one || a - b);
  const newIds = new Int32Array(Math.max(unknown, ...counts.keys()) + 1).fill(unknown);
  order.forEach(([id], rank) => (newIds[id] = rank + 2));
  return newIds;
}
