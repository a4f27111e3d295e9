import { expect, test } from '@jest/globals';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { packageRoot } from '../../grader/package-root.ts';

test('every code of the Korean page is one that the grader gives', () => {
  const page = readFileSync(join(packageRoot, 'docs', 'errors.ko.md'), 'utf8');
  const codes = [...page.matchAll(/^\| `([a-z0-9-]+)`/gm)].map(([, code = '']) => code);
  expect(codes.length).toBe(30);
  const folder = join(packageRoot, 'grader');
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  const source = files
    .filter((file) => file.endsWith('.ts'))
    .map((file) => readFileSync(join(folder, file), 'utf8'))
    .join('\n');
  expect(codes.filter((code) => !source.includes(`'${code}'`))).toEqual([]);
});
