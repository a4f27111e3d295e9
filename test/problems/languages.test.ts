import { expect, test } from '@jest/globals';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { problems } from '../../problems/index.ts';
import { languages } from '../../grader/words/words.ts';

const others = Object.keys(languages).filter((code) => code !== 'en');
const cases = problems.flatMap(({ directory, definition: { id } }) =>
  others.map((code) => ({ id, code, directory })),
);

test.each(cases)('the starter of $id has the same code in $code', ({ directory, code }) => {
  const read = (name: string) => readFileSync(join(directory, name), 'utf8');
  const withoutComments = (text: string) => text.replace(/^\/\/.*\n/gm, '');
  const [english, other] = [read('starter.ts'), read(`starter.${code}.ts`)];
  expect(withoutComments(other)).toBe(withoutComments(english));
  expect(other).not.toBe(english);
});

test.each(cases)('the statement of $id has the same figures in $code', ({ directory, code }) => {
  const path = join(directory, `statement.${code}.md`);
  expect(existsSync(path)).toBe(true);
  const [english, other] = [join(directory, 'statement.md'), path].map((file) =>
    readFileSync(file, 'utf8'),
  );
  const decimals = (text = '') => [...new Set(text.match(/(?<!\d)\.\d+/g))].sort();
  expect(decimals(other)).toEqual(decimals(english));
  const codes = (text = '') => [...new Set(text.match(/`[^`]+`/g))].sort();
  expect(codes(other)).toEqual(codes(english));
});
