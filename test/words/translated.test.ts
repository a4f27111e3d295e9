import { expect, test } from '@jest/globals';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { packageRoot } from '../../grader/package-root.ts';
import { translate } from '../../grader/text/translate.ts';
import { korean } from '../../grader/words/ko.ts';
import { problems } from '../../problems/index.ts';

const texts = {
  weight: '무게',
  '{one} of {all} rows': '{all} 가운데 {one}행',
  'It reads {what}.': '{what}: 읽음.',
  'a{rest}': 'b{rest}',
};

test.each([
  ['weight', '무게'],
  ['weights', 'weights'],
  ['6 of 398 rows', '398 가운데 6행'],
  [' of 398 rows', ' of 398 rows'],
  ['6 of 398 rows are', '6 of 398 rows are'],
  ['It reads weight.', '무게: 읽음.'],
  ['It reads 6 of 398 rows.', '398 가운데 6행: 읽음.'],
  ['toString', 'toString'],
  ['aaaa', 'bbaa'],
])('%s is translated as %s', (text, expected) => {
  expect(translate(text, texts)).toBe(expected);
});

/** All that is written in some sources, without what a line's end or a quote changes. */
function sources(folder: string): string {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  const read = files
    .filter(
      (file) => /\.(ts|json)$/.test(file) && !/\b(ko|schema)\./.test(file) && !/^data\//.test(file),
    )
    .map((file) => readFileSync(join(folder, file), 'utf8'));
  return read.join('\n');
}

/** The pieces of an English text that stand in the sources as they are. */
const pieces = (english: string) =>
  english
    .split(/\{\w+\}|[:;,.(] |\.$/)
    .map((each) => each.trim())
    .filter((each) => each.length > 3);

test('every note of the catalogue is one that the grader writes', () => {
  const written = sources(join(packageRoot, 'grader'));
  const all = Object.keys(korean.notes).flatMap(pieces);
  expect(all.length).toBeGreaterThan(30);
  expect(all.filter((piece) => !written.includes(piece))).toEqual([]);
});

test.each(
  problems.map(({ definition, directory }) => [definition.id, definition, directory] as const),
)(
  '%s has Korean words for what it says, and none for what it does not',
  (_, { title, summary, profiles, texts: own }, directory) => {
    const words = own?.['ko'] ?? {};
    const said = [title, summary, ...Object.values(profiles).map(({ source }) => source)];
    expect(said.filter((text) => !/[가-힣]|^Fashion-MNIST$/.test(words[text] ?? text))).toEqual([]);
    const written = sources(directory);
    expect(
      Object.keys(words)
        .flatMap(pieces)
        .filter((each) => !written.includes(each)),
    ).toEqual([]);
  },
);
