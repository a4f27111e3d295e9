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
        const words = settingOf({ isRefitted, marksUnknown, isPaddedBefore });
        if (words === '') return [];
        const tokenizing = {
          newId: (id: number) => (isRefitted ? (newIds[id] ?? unknown) : id),
          ...{ marksUnknown, isPaddedBefore },
        };
        return [{ setting: `With ${words}`, advice, reader: readerOf(headlines, tokenizing) }];
      }),
    ),
  );
}

const unknown = 1;
const advice =
  'It was trained on other word ids. Take those of `grader data export`: the tokenizer is fitted on the first 20,000 headlines, with <OOV>, and padding comes after the words.';

interface Setting {
  readonly isRefitted: boolean;
  readonly marksUnknown: boolean;
  readonly isPaddedBefore: boolean;
}

function settingOf({ isRefitted, marksUnknown, isPaddedBefore }: Setting): string {
  return [
    ...(isRefitted ? ['a tokenizer fitted on all headlines'] : []),
    ...(marksUnknown ? [] : [isRefitted ? 'no <OOV>' : 'a tokenizer without <OOV>']),
    ...(isPaddedBefore ? ['padding before the words'] : []),
  ].join(' and ');
}

interface Tokenizing extends Pick<Setting, 'marksUnknown' | 'isPaddedBefore'> {
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
