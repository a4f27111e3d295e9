import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { copyFile, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Failure, Recipe, RecipeSubmission } from '../../grader/contract.ts';
import { GraderError } from '../../grader/errors.ts';
import { openSubmission } from '../../grader/formats/open-submission.ts';
import { recipeFor, type Retraining } from '../../grader/formats/retraining.ts';
import { packageRoot } from '../../grader/package-root.ts';
import { document, stack } from '../recipe/normalised.ts';

let folder = '';

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'open-submission-'));
});

afterAll(() => rm(folder, { recursive: true }));

async function written(
  name: string,
  content: string | Uint8Array,
  encoding: BufferEncoding = 'utf8',
): Promise<string> {
  const file = join(folder, name);
  await writeFile(file, typeof content === 'string' ? Buffer.from(content, encoding) : content);
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

test('a recipe that a grading left of a model file may say what only files do', async () => {
  const config = { units: 1, input_shape: [9], supports_masking: false };
  const recipe = document({ model: stack({ class_name: 'Dense', config }) });
  const file = await written('left.json', JSON.stringify(recipe));
  const { recipe: opened } = await openSubmission(file, { scratch: folder });
  expect(JSON.stringify(opened)).toContain('"supports_masking":false');
});

test('what a refused recipe printed is in the log', async () => {
  const lines: string[] = [];
  const file = await written('printing.js', 'console.log("before"); throw new Error("after");');
  await expect(
    openSubmission(file, { scratch: folder, log: (line) => lines.push(line) }),
  ).rejects.toThrow('after');
  expect(lines).toEqual(['before']);
});

const text = 'a text that is long enough to be a model, if it were one';
const lfs = 'version https://git-lfs.github.com/spec/v1\noid sha256:00\nsize 1\n';

/** A zip archive's first bytes, with the name of its first entry. */
function zipHead(name: string): Uint8Array {
  const head = Buffer.alloc(30);
  head.write('PK\x03\x04', 'latin1');
  head.writeUInt16LE(name.length, 26);
  return Buffer.concat([head, Buffer.from(name), Buffer.alloc(40)]);
}

test.each<[string, string, string | Uint8Array, string, RegExp]>([
  ['an empty file', 'a.ts', '', 'empty-file', /^a\.ts is empty\.$/],
  ['a blank file', 'a.ts', ' \n\n', 'empty-file', /^a\.ts is empty\.$/],
  ['a git-LFS pointer', 'a.h5', lfs, 'git-lfs-pointer', /git-LFS pointer/],
  ['an HTML page', 'a.ts', '\n<!DOCTYPE html><p>', 'html-page', /HTML page/],
  ['a notebook', 'a.ipynb', '{"cells": []}', 'unsupported-format', /Jupyter notebook/],
  ['a notebook without cells', 'a.ipynb', '{"nbformat": 4}', 'unsupported-format', /notebook/],
  ['JSON in JSON', 'a.json', '"{\\"class_name\\": 1}"', 'json-in-json', /holds JSON/],
  ['two bytes', 'a.h5', '\r\n', 'no-model-inside', /^a\.h5 has 2 bytes, too few for a model\.$/],
  ['text under a model name', 'a.keras', text, 'no-model-inside', /neither HDF5 nor a zip/],
  ['a pickle', 'a.pkl', Uint8Array.of(0x80, 4, 0x95), 'unsupported-format', /Python pickle/],
  ['a PyTorch archive', 'a.pt', zipHead('archive/data.pkl'), 'unsupported-format', /PyTorch/],
  ['a NumPy archive', 'a.npz', zipHead('arr_0.npy'), 'unsupported-format', /NumPy/],
  ['a NumPy file', 'a.npy', '\x93NUMPY\x01', 'unsupported-format', /NumPy/],
  ['a SavedModel graph', 'a.pb', Uint8Array.of(8, 1, 0x12), 'unsupported-format', /SavedModel/],
  ['an ONNX model', 'a.onnx', Uint8Array.of(8, 7, 0x12), 'unsupported-format', /ONNX/],
  ['a TensorFlow Lite model', 'a.tflite', '\x1c\0\0\0TFL3', 'unsupported-format', /Lite/],
  ['gzip', 'a.h5.gz', Uint8Array.of(0x1f, 0x8b, 8, 0), 'unsupported-format', /archive/],
  ['tar', 'a.tar', `${'a'.repeat(257)}ustar`, 'unsupported-format', /archive/],
  ['a Python script', 'a.py', 'import keras', 'unsupported-format', /Python script/],
  [
    'Python under the name of a recipe',
    'a.ts',
    '# Sunspots\n"""Our model."""\n\nimport numpy as np\nfrom tensorflow import keras\n',
    'unsupported-format',
    /^a\.ts is Python; a recipe is TypeScript or JavaScript/,
  ],
  ['a binary file', 'a.ts', Uint8Array.of(1, 2, 0, 3), 'binary-file', /binary file/],
  ['UTF-16', 'a.ts', Uint8Array.of(0xff, 0xfe, 0x61, 0), 'not-utf-8', /UTF-16/],
  ['Latin-1', 'a.ts', Uint8Array.of(0x61, 0xe9, 0x61), 'not-utf-8', /is not UTF-8 text/],
  [
    'broken JSON',
    'a.json',
    '{"model": ',
    'not-json',
    /^a\.json is not valid JSON\.\n\na\.json, line 1, column 1: This/,
  ],
  ['another text', 'a.txt', 'hello', 'unknown-format', /no known format/],
  ['a recipe with an error', 'a.json', '{"model": 3}', 'invalid-recipe', /must have "compile"/],
])('%s is refused with advice', async (_what, name, content, code, message) => {
  const refused = await failure(await written(name, content, 'latin1'));
  expect(refused).toMatchObject({ fault: 'candidate', code });
  expect(refused.message).toMatch(message);
});

test('a source that is too large is a limit, with its size', async () => {
  const large = await failure(await written('large.ts', '/'.repeat(256 * 1024 + 1)));
  expect(large).toMatchObject({ fault: 'limit', code: 'source-too-large' });
  expect(large.message).toBe('large.ts has 262145 bytes; a recipe may have 262144.');
  const huge = await failure(await written('huge.json', ' '.repeat(1024 * 1024) + '1'));
  expect(huge.message).toBe('huge.json has 1048577 bytes; a recipe may have 1048576.');
});

const keras = (name: string) => join(packageRoot, 'test', 'fixtures', 'keras', name);
const opened = (file: string, options: object = {}) =>
  openSubmission(file, { scratch: join(folder, 'scratch'), ...options });

test.each([
  ['regression.h5', 'model.keras', 'keras-hdf5'],
  ['sunspots.keras', 'model.h5', 'keras-zip'],
])('%s is told by its content under the name %s', async (name, other, format) => {
  const file = join(folder, other);
  await copyFile(keras(name), file);
  const { trained, recipe, sha256, ...submission } = await opened(file);
  expect(submission).toMatchObject({ file, format });
  expect(recipe).toBeNull();
  expect(trained?.facts.kerasVersion).toBe('3.15.1');
  expect(sha256).toBe(createHash('sha256').update(readFileSync(file)).digest('hex'));
});

test('whether a file has logits is known from its loss alone', async () => {
  const open = async (name: string) => (await opened(keras(name))).trained?.fromLogits;
  expect(await open('fashion-mnist.keras')).toBe(true);
  expect(await open('sarcasm.h5')).toBe(false);
});

test('a model file that is trained anew has its own compile settings and says what it has not', async () => {
  const { recipe, notes } = await opened(keras('regression.h5'), { retrain: true });
  expect(recipe?.compile).toMatchObject({
    optimizer: {
      class_name: 'Adam',
      config: { learning_rate: expect.closeTo(0.005, 6) as unknown },
    },
    loss: { class_name: 'MeanSquaredError' },
  });
  expect(recipe?.fit).toMatchObject({ epochs: 10, batch_size: 32 });
  expect(notes.join('\n')).toContain('10 epochs and a batch size of 32, which a file does not say');
});

test('masks of outputs weigh as the file says by its own settings, and as in Keras 3 by a recipe', async () => {
  const { recipe } = await opened(keras('regression.h5'), { retrain: true });
  const { model, compile } = recipe as Recipe;
  const facts = { kerasVersion: '2.15.0', bytes: 1, weightBytes: 0, optimizerBytes: 0 };
  const settings = { compile, compileProblem: null, weights: null, facts };
  const file = { ...settings, model, outputMasks: 'keras2' } as const;
  const format = { kind: 'model', format: 'keras-hdf5', notes: [], trainingNotes: [] } as const;
  const masksBy = (given: Retraining['recipe']) =>
    recipeFor({ ...format, file, parts: [] }, { file: 'old.h5', recipe: given }).recipe.compile;
  expect(masksBy(null).outputMasks).toBe('keras2');
  const own = { kind: 'recipe', format: 'recipe-json', document: document(), notes: [] } as const;
  expect(masksBy({ ...own, path: 'own.json' })).not.toHaveProperty('outputMasks');
});

test('a recipe without a model trains the architecture of a model file', async () => {
  const { compile, fit } = document();
  const path = await written('training.json', JSON.stringify({ compile, fit }));
  const file = keras('regression.h5');
  const { recipe, notes } = await opened(file, { recipe: path });
  const alone = await opened(file, { retrain: true });
  expect(recipe?.model).toEqual(alone.recipe?.model);
  expect(recipe?.compile).toEqual((await opened(await whole())).recipe?.compile);
  expect(notes[0]).toContain('trained anew by training.json');
});

const whole = () => written('whole.json', JSON.stringify(document()));

test('an architecture without weights needs a recipe, which may lie beside it', async () => {
  const file = join(folder, 'beside.json');
  await copyFile(keras('regression.json'), file);
  const refused = await failure(file);
  expect(refused).toMatchObject({ fault: 'candidate', code: 'no-training-settings' });
  expect(refused.help).toContain('--recipe FILE, or put one beside it as beside.recipe.ts');
  await written('beside.recipe.ts', module.replace(/ +model: .*\n/, ''));
  const { format, recipe, isRetrained } = (await opened(file)) as RecipeSubmission;
  expect({ format, isRetrained, epochs: recipe.fit.epochs }).toEqual({
    ...{ format: 'keras-json', isRetrained: true, epochs: 3 },
  });
});

test('--recipe is refused for a recipe, and as a model', async () => {
  const options = { recipe: await whole() };
  await expect(opened(await whole(), options)).rejects.toThrow('is a recipe itself');
  const model = { recipe: keras('regression.h5') };
  await expect(opened(keras('sunspots.keras'), model)).rejects.toThrow('is a model file; --recipe');
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
