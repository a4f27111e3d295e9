import { expect, test } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { DataFiles } from '../../grader/contract.ts';
import { parse } from '../../problems/sarcasm/data.ts';
import { fitWordIndex, splitWords, toIds } from '../../problems/sarcasm/tokenizer.ts';
import { loadedProblem } from '../support/loaded-problem.ts';
import { mirror, prepareReal, realTest } from '../support/real-data.ts';
import { naiveBayesAccuracy } from '../support/simple-models.ts';
import { inMemory } from '../support/in-memory.ts';
import { countLabels, fingerprint, partSizes, rowsOf, sharedRows } from '../support/split-facts.ts';

const problem = await loadedProblem('sarcasm');
const real = realTest('sarcasm');
const shippedIndex = JSON.parse(
  readFileSync(join(problem.directory, 'data/word-index.json'), 'utf8'),
) as string[];
const readReal = () => readFileSync(join(mirror ?? '', 'sarcasm/sarcasm.json'), 'utf8');

real('the parts lie in file order, without the headlines that a later part has again', async () => {
  const data = await prepareReal(problem);
  expect(partSizes(data)).toEqual([17_946, 1997, 6709]);
  expect(sharedRows(data)).toBe(0);
  expect(countLabels(data.heldOut.targets, 2)).toEqual([3779, 2930]);
  expect(data.notes.slice(0, 2)).toEqual([
    '40 training and validation headlines are dropped because the held-out part has them as well.',
    '17 training headlines are dropped because the validation part has them as well.',
  ]);
});

real('the data are the same every time', async () => {
  const again = await prepareReal(problem, { fresh: true });
  expect(fingerprint(again)).toBe(fingerprint(await prepareReal(problem)));
});

real('the shipped word index is the one fitted on the first 20,000 headlines', () => {
  const headlines = parse(readReal()).map(({ headline }) => headline);
  expect(headlines).toHaveLength(26_709);
  expect(fitWordIndex(headlines.slice(0, 20_000))).toEqual(shippedIndex);
});

real('one JSON object a line is read like one JSON array', async () => {
  const records = JSON.parse(readReal()) as object[];
  const lines = Buffer.from(records.map((record) => JSON.stringify(record)).join('\r\n'));
  const files: DataFiles = {
    variant: 'original',
    directory: problem.directory,
    path: (name) => name,
    bytes: () => Promise.resolve(lines),
  };
  const data = await inMemory(await problem.code.prepare(files));
  expect(fingerprint(data)).toBe(fingerprint(await prepareReal(problem)));
});

real("the stray comma of record 22979 changes none of the headline's words", () => {
  const { headline } = parse(readReal())[22_979] ?? { headline: '' };
  expect(headline).toMatch(/,$/);
  expect(splitWords(headline)).toEqual(splitWords(headline.slice(0, -1)));
});

test('the shipped word index has 25,637 different entries and starts with the unknown mark', () => {
  expect(shippedIndex).toHaveLength(25_637);
  expect(new Set(shippedIndex).size).toBe(25_637);
  expect(shippedIndex.slice(0, 5)).toEqual(['<OOV>', 'to', 'of', 'the', 'in']);
});

test('words are lower case, without punctuation but with apostrophes', () => {
  expect(splitWords("Don't panic: it's only (mostly) COLD-war\tnews!")).toEqual([
    "don't",
    'panic',
    "it's",
    'only',
    'mostly',
    'cold',
    'war',
    'news',
  ]);
});

test('a word index counts words and keeps the order of first sight among equals', () => {
  expect(fitWordIndex(['b a', 'c a', 'd'])).toEqual(['<OOV>', 'a', 'b', 'c', 'd']);
});

test('ids are padded and cut at the end, and unknown words are 1', () => {
  const idOf = new Map([
    ['cold', 2],
    ['war', 3],
  ]);
  expect([...toIds('cold new war', idOf, 5)]).toEqual([2, 1, 3, 0, 0]);
  expect([...toIds('cold new war', idOf, 2)]).toEqual([2, 1]);
});

test('a record without a headline or label is refused with its number', () => {
  expect(() => parse('[{"headline": "a", "is_sarcastic": 1}, {"headline": "b"}]')).toThrow(
    'record 1 has no headline or no label',
  );
});

test('a sample is the same for the same seed, another for another, and has no headline twice', () => {
  const [one, same, other] = [
    problem.code.sample?.(1),
    problem.code.sample?.(1),
    problem.code.sample?.(2),
  ];
  if (!one || !same || !other) throw new Error('no sample');
  expect(fingerprint(same)).toBe(fingerprint(one));
  expect(fingerprint(other)).not.toBe(fingerprint(one));
  expect(partSizes(one)).toEqual([1500, 300, 300]);
  expect(sharedRows(one)).toBe(0);
  expect(countLabels(one.heldOut.targets, 2)).toEqual([150, 150]);
});

test('a sample has headlines of 6 to 14 words below the default vocabulary', () => {
  for (const row of rowsOf(problem.code.sample?.(3).training.inputs ?? shapeless)) {
    const words = row.filter((id) => id !== 0);
    expect(words.length).toBeGreaterThanOrEqual(6);
    expect(words.length).toBeLessThanOrEqual(14);
    expect(Math.max(...words)).toBeLessThan(1000);
    expect(Math.min(...words)).toBeGreaterThan(1);
  }
});

test('a sample can be learned from its words, but not entirely', () => {
  const data = problem.code.sample?.(1);
  if (!data) throw new Error('no sample');
  const accuracy = naiveBayesAccuracy(data);
  expect(accuracy).toBeGreaterThan(0.85);
  expect(accuracy).toBeLessThan(0.97);
});

const shapeless = { dtype: 'int32', shape: [0], data: new Int32Array() } as const;
