import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Failure } from '../../grader/contract.ts';
import { GraderError } from '../../grader/errors.ts';
import { openSubmission } from '../../grader/formats/index.ts';
import { document } from './normalised.ts';

let folder = '';

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'open-submission-'));
});

afterAll(() => rm(folder, { recursive: true }));

async function written(name: string, content: string | Uint8Array): Promise<string> {
  const file = join(folder, name);
  await writeFile(file, content);
  return file;
}

async function failure(file: string): Promise<Failure> {
  try {
    await openSubmission(file, { scratch: folder });
  } catch (error) {
    if (error instanceof GraderError) return error.failure;
    throw error;
  }
  throw new Error(`${file} was accepted.`);
}

const module = `
import { defineRecipe, layers, sequential } from 'grader';
console.log('two\\nlines');
export default defineRecipe({
  model: sequential([layers.dense({ units: 1, inputShape: [9] })]),
  compile: { optimizer: 'adam', loss: 'mse' },
  fit: { epochs: 3 },
});`;

test('a module and the same recipe as JSON give the same document', async () => {
  const lines: string[] = [];
  const file = await written('regression.ts', module);
  const fromModule = await openSubmission(file, {
    scratch: folder,
    log: (line) => lines.push(line),
  });
  const fromJson = await openSubmission(
    await written('regression.json', JSON.stringify(document())),
    { scratch: folder },
  );
  expect(fromModule).toMatchObject({ file, format: 'recipe-module', notes: [] });
  expect(fromModule.sha256).toMatch(/^[0-9a-f]{64}$/);
  expect(fromJson.format).toBe('recipe-json');
  expect(fromModule.recipe).toEqual(fromJson.recipe);
  expect(lines).toEqual(['two', 'lines']);
});

test('JSON is told by its content, under any name and with a byte order mark', async () => {
  const file = await written('recipe.txt', `\uFEFF${JSON.stringify(document())}`);
  expect((await openSubmission(file, { scratch: folder })).format).toBe('recipe-json');
});

test('what a refused recipe printed is in the log', async () => {
  const lines: string[] = [];
  const file = await written('printing.js', 'console.log("before"); throw new Error("after");');
  await expect(
    openSubmission(file, { scratch: folder, log: (line) => lines.push(line) }),
  ).rejects.toThrow('after');
  expect(lines).toEqual(['before']);
});

const hdf5 = Uint8Array.of(0x89, 0x48, 0x44, 0x46, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0);
const lfs = 'version https://git-lfs.github.com/spec/v1\noid sha256:00\nsize 1\n';

test.each<[string, string, string | Uint8Array, string, RegExp]>([
  ['an empty file', 'a.ts', '', 'empty-file', /^a\.ts is empty\.$/],
  ['a blank file', 'a.ts', ' \n\n', 'empty-file', /^a\.ts is empty\.$/],
  ['a git-LFS pointer', 'a.h5', lfs, 'git-lfs-pointer', /git-LFS pointer/],
  ['an HTML page', 'a.ts', '\n<!DOCTYPE html><p>', 'html-page', /HTML page/],
  [
    'a Keras model, whatever its name',
    'a.keras',
    hdf5,
    'unsupported-format',
    /Keras model in HDF5/,
  ],
  [
    'a zip archive',
    'a.keras',
    Uint8Array.of(0x50, 0x4b, 3, 4, 0),
    'unsupported-format',
    /zip archive/,
  ],
  [
    'a TF.js model',
    'model.json',
    '{"modelTopology": {}}',
    'unsupported-format',
    /TensorFlow\.js model/,
  ],
  ['a notebook', 'a.ipynb', '{"cells": []}', 'unsupported-format', /Jupyter notebook/],
  [
    'a model without compile',
    'a.json',
    '{"class_name": "Sequential"}',
    'unsupported-format',
    /without compile and fit/,
  ],
  ['a Python script', 'a.py', 'import keras', 'unsupported-format', /Python script/],
  ['a binary file', 'a.ts', Uint8Array.of(1, 2, 0, 3), 'binary-file', /binary file/],
  ['UTF-16', 'a.ts', Uint8Array.of(0xff, 0xfe, 0x61, 0), 'not-utf-8', /UTF-16/],
  ['Latin-1', 'a.ts', Uint8Array.of(0x61, 0xe9, 0x61), 'not-utf-8', /is not UTF-8 text/],
  ['broken JSON', 'a.json', '{"model": ', 'not-json', /^a\.json is not valid JSON: /],
  ['another text', 'a.txt', 'hello', 'unknown-format', /no known format/],
  ['a recipe with an error', 'a.json', '{"model": 3}', 'invalid-recipe', /must have "compile"/],
])('%s is refused with advice', async (_what, name, content, code, message) => {
  const refused = await failure(await written(name, content));
  expect(refused).toMatchObject({ fault: 'candidate', code });
  expect(refused.message).toMatch(message);
});

test('a source that is too large is a limit, with its size', async () => {
  const large = await failure(await written('large.ts', '/'.repeat(256 * 1024 + 1)));
  expect(large).toMatchObject({ fault: 'limit', code: 'source-too-large' });
  expect(large.message).toBe('large.ts has 262145 bytes; a recipe may have 262144.');
  const huge = await failure(await written('huge.json', ' '.repeat(1024 * 1024) + '1'));
  expect(huge.message).toBe('huge.json has 1048577 bytes; a submission may have 1048576.');
});

test('a missing file and a folder are misuse', async () => {
  expect(await failure(join(folder, 'none.ts'))).toMatchObject({
    fault: 'usage',
    code: 'no-such-file',
  });
  await mkdir(join(folder, 'inner.ts'));
  expect(await failure(join(folder, 'inner.ts'))).toMatchObject({
    fault: 'usage',
    code: 'not-a-file',
  });
});
