import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { DataFiles, ProblemData, Split } from 'grader/problem';
import { splitWords, toIds } from './tokenizer.ts';

export { sample } from './sample.ts';

const length = 120;
const validationStart = 18_000;
const heldOutStart = 20_000;

/**
 * Headlines as word ids by the fixed tokenizer. A headline that comes again in a later part is
 * dropped from the earlier one, so that no part repeats another.
 */
export async function prepare(files: DataFiles): Promise<ProblemData> {
  const headlines = parse(new TextDecoder().decode(await files.bytes('sarcasm.json')));
  const idOf = await readWordIndex(files.directory);
  const rows = headlines.map(({ headline, label }) => {
    const ids = toIds(headline, idOf, length);
    return { headline, ids, label, key: ids.join(' ') };
  });
  const heldOut = rows.slice(heldOutStart);
  const inHeldOut = without(heldOut);
  const validation = rows.slice(validationStart, heldOutStart).filter(inHeldOut);
  const training = rows.slice(0, validationStart).filter(inHeldOut);
  const trainingAlone = training.filter(without(validation));
  const droppedForHeldOut = heldOutStart - training.length - validation.length;
  const droppedForValidation = training.length - trainingAlone.length;
  return {
    training: toSplit(trainingAlone),
    validation: toSplit(validation),
    heldOut: toSplit(heldOut),
    decoding: {},
    notes: [
      `${droppedForHeldOut} training and validation headlines are dropped because the held-out part has them as well.`,
      `${droppedForValidation} training headlines are dropped because the validation part has them as well.`,
      'Word ids come from a fixed tokenizer, fitted on the first 20,000 headlines.',
    ],
    heldOutRows: {
      texts: heldOut.map(({ headline }) => headline),
      tokens: heldOut.map(({ headline }) => splitWords(headline).slice(0, length)),
    },
  };
}

interface Headline {
  readonly headline: string;
  readonly label: number;
}

/** One JSON array, or one JSON object a line. */
export function parse(text: string): Headline[] {
  const records: unknown[] = text.trimStart().startsWith('[')
    ? (JSON.parse(text) as unknown[])
    : text
        .split('\n')
        .filter((line) => line.trim() !== '')
        .map((line): unknown => JSON.parse(line));
  return records.map(toHeadline);
}

function toHeadline(record: unknown, row: number): Headline {
  const { headline, is_sarcastic: label } = record as Readonly<Record<string, unknown>>;
  if (typeof headline !== 'string' || (label !== 0 && label !== 1)) {
    throw new Error(`record ${row} has no headline or no label of 0 or 1`);
  }
  return { headline, label };
}

/** The shipped index: the word at position 0 has the id 1. */
async function readWordIndex(directory: string): Promise<Map<string, number>> {
  const file = join(directory, 'data/word-index.json');
  const words = JSON.parse(await readFile(file, 'utf8')) as string[];
  return new Map(words.map((word, position) => [word, position + 1]));
}

interface Row {
  readonly headline: string;
  readonly ids: Int32Array;
  readonly label: number;
  readonly key: string;
}

function without(others: readonly Row[]): (row: Row) => boolean {
  const keys = new Set(others.map((row) => row.key));
  return (row) => !keys.has(row.key);
}

function toSplit(rows: readonly Row[]): Split {
  const data = new Int32Array(rows.length * length);
  rows.forEach((row, index) => data.set(row.ids, index * length));
  return {
    inputs: { dtype: 'int32', shape: [rows.length, length], data },
    targets: {
      dtype: 'int32',
      shape: [rows.length],
      data: Int32Array.from(rows, (row) => row.label),
    },
  };
}
