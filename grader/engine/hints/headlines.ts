import type { NdArray } from '../../contract.ts';
import { inputReader, type RowReader } from '../train/batches.ts';
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
  const tokenizers = [
    { name: '', newId: (id: number) => id },
    { name: 'a tokenizer fitted on all headlines', newId: (id: number) => newIds[id] ?? 1 },
    // Without a mark for unknown words these are dropped, and every other id is one less.
    { name: 'a tokenizer without <OOV>', newId: (id: number) => id - 1 },
  ];
  return tokenizers.flatMap(({ name, newId }) =>
    [false, true]
      .filter((isPaddedBefore) => name !== '' || isPaddedBefore)
      .map((isPaddedBefore) => ({
        setting: `With ${[name, isPaddedBefore ? 'padding before the words' : ''].filter((part) => part !== '').join(' and ')}`,
        advice:
          'It was trained on other word ids. Take those of `grader data export`: the tokenizer is fitted on the first 20,000 headlines with <OOV>, and padding comes after the words.',
        reader: readerOf(headlines, { newId, isPaddedBefore }),
      })),
  );
}

interface Tokenizing {
  readonly newId: (id: number) => number;
  readonly isPaddedBefore: boolean;
}

function readerOf({ ids, vocabulary, length }: Headlines, tokenizing: Tokenizing): RowReader {
  const array = retokenized(ids, tokenizing);
  return inputReader(array, { decoding: {}, modelShape: [length], dtype: 'int32', vocabulary });
}

function retokenized({ shape, data }: NdArray, { newId, isPaddedBefore }: Tokenizing): NdArray {
  const [rows = 0, length = 0] = shape;
  const given = new Int32Array(rows * length);
  for (let row = 0; row < rows; row++) {
    const words = Array.from(data.subarray(row * length, (row + 1) * length))
      .filter((id) => id > 0)
      .map(newId)
      .filter((id) => id > 0);
    given.set(words, row * length + (isPaddedBefore ? length - words.length : 0));
  }
  return { dtype: 'int32', shape, data: given };
}

/** Ids by falling count over all parts; among equal counts the smaller id stays first. */
function refitted(parts: readonly NdArray[]): Int32Array {
  const counts = new Map<number, number>();
  for (const { data } of parts) {
    for (const id of data) if (id > 1) counts.set(id, (counts.get(id) ?? 0) + 1);
  }
  const order = [...counts].sort(([a, one], [b, other]) => other - one || a - b);
  const newIds = new Int32Array(Math.max(1, ...counts.keys()) + 1).fill(1);
  order.forEach(([id], rank) => (newIds[id] = rank + 2));
  return newIds;
}
