import { expect, test } from '@jest/globals';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { GradeReport } from '../../grader/contract.ts';
import { runGrader } from '../support/run-grader.ts';
import { recipeText, writeRecipe, type RecipeParts } from '../support/simple-recipe.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

/** Grades a file as a user would and checks what every refusal has in common. */
async function refusal(cwd: string, args: readonly string[]): Promise<string> {
  const run = await runGrader(['grade', ...args, '--out', 'out'], { cwd });
  expect(run).toMatchObject({ exitCode: 3, stderr: '' });
  expect(run.stdout).toContain('Invalid submission. The submission is at fault.');
  const report = JSON.parse(readFileSync(join(cwd, 'out/report.json'), 'utf8')) as GradeReport;
  expect(report).toMatchObject({ verdict: 'invalid-submission', points: 0, score: null });
  expect(report.failure?.fault).toBe('candidate');
  const html = readFileSync(join(cwd, 'out/report.html'), 'utf8');
  expect(html).toContain('The submission is at fault.');
  expect(existsSync(join(cwd, 'out/model'))).toBe(false);
  return run.stdout;
}

test.each<[string, RecipeParts, string]>([
  [
    'an output of another shape',
    { layers: 'layers.dense({ units: 3, inputShape: [9] })' },
    'The model gives outputs of shape [3]; regression expects [1] (miles per gallon, not scaled).',
  ],
  [
    'an input of another shape',
    { layers: 'layers.dense({ units: 1, inputShape: [8] })' },
    'The model takes inputs of shape [8]; regression gives [9].',
  ],
  [
    'a model without an input shape',
    { layers: 'layers.dense({ units: 1 })' },
    'must state the input: give the first layer inputShape.',
  ],
  [
    'a loss for classes where a number is wanted',
    { compile: "optimizer: 'adam', loss: 'categoricalCrossentropy'" },
    'compile.loss is CategoricalCrossentropy, which is for classes; the target of regression is a number.',
  ],
  [
    'weights for classes where there are none',
    { fit: 'epochs: 1, classWeight: { 0: 2 }' },
    'The recipe has fit.classWeight, but regression has no classes to weight.',
  ],
  [
    'an unknown layer',
    { layers: 'layers.dens({ units: 1, inputShape: [9] })' },
    'recipe.ts, line 3: There is no layers.dens. Nearest: layers.dense.',
  ],
  [
    'an unknown option of a layer',
    { layers: 'layers.dense({ unit: 1, inputShape: [9] })' },
    'layers.dense has no option "unit". Nearest: "units".',
  ],
  [
    'an unknown optimizer',
    { compile: "optimizer: train.adams({}), loss: 'meanSquaredError'" },
    'There is no train.adams. Nearest: train.adam.',
  ],
  [
    'an unknown optimizer by name',
    { compile: "optimizer: 'addam', loss: 'meanSquaredError'" },
    'got "addam". Nearest: Adam.',
  ],
  [
    'an unknown option of an optimizer',
    { compile: "optimizer: train.adam({ learningrat: 1 }), loss: 'meanSquaredError'" },
    'train.adam has no option "learningrat". Nearest: "learningRate".',
  ],
  [
    'an unknown loss',
    { compile: "optimizer: 'adam', loss: 'meanSquareError'" },
    'got "meanSquareError". Nearest: MeanSquaredError.',
  ],
  [
    'an unknown metric',
    { compile: "optimizer: 'adam', loss: 'meanSquaredError', metrics: ['accurracy']" },
    '/compile/metrics/0 must be one of "accuracy", "mae", "mse", got "accurracy". Nearest: "accuracy".',
  ],
  [
    'an unknown option of fit',
    { fit: 'epoch: 1' },
    'fit has no option "epoch". Nearest: "epochs".',
  ],
  [
    'an unknown option of a callback',
    { fit: 'epochs: 1, callbacks: [callbacks.earlyStopping({ patienc: 3 })]' },
    'callbacks.earlyStopping has no option "patienc". Nearest: "patience".',
  ],
  [
    'a monitor that does not exist',
    { fit: "epochs: 1, callbacks: [callbacks.earlyStopping({ monitor: 'val_mae' })]" },
    '/fit/callbacks/0/config/monitor must be one of loss, val_loss, got "val_mae": compile.metrics decides which there are.',
  ],
  ['an exception', { after: "throw new Error('boom');" }, 'recipe.ts, line 8, column'],
  ['a syntax error', { fit: 'epochs: ' }, 'recipe.ts, line 5, column'],
  [
    'a huge layer',
    { layers: 'layers.dense({ units: 5e8, inputShape: [9] }), layers.dense({ units: 1 })' },
    '/model/config/layers/0/config/units must be <= 1000000, got 500000000.',
  ],
])('%s is refused with what came and what is allowed', async (_, parts, text) => {
  const cwd = temporaryFolder();
  const started = performance.now();
  expect(await refusal(cwd, ['regression', writeRecipe(cwd, parts)])).toContain(text);
  // Measured: 1.5 s; nothing of the model may have been made.
  expect(performance.now() - started).toBeLessThan(20_000);
});

const sigmoid = "layers.flatten(), layers.dense({ units: 1, activation: 'sigmoid' })";
const words = (inputDim: number): RecipeParts => ({
  layers: `layers.embedding({ inputDim: ${inputDim}, outputDim: 2, inputLength: 120 }), ${sigmoid}`,
  compile: "optimizer: 'adam', loss: 'binaryCrossentropy'",
});

test.each<[string, RecipeParts, string]>([
  [
    'an embedding smaller than the vocabulary',
    words(500),
    "The Embedding takes ids below 500; the recipe's vocabulary has 1000.",
  ],
  [
    'a vocabulary above the largest',
    { ...words(30_000), more: 'vocabulary: 30000' },
    '/vocabulary must be <= 20000, got 30000.',
  ],
  [
    'a weight for a class that does not exist',
    { ...words(1000), fit: 'epochs: 1, classWeight: { 0: 1, 2: 3 }' },
    'fit.classWeight names class 2; sarcasm has the classes 0 to 1.',
  ],
  [
    'a weight for a class by name',
    { ...words(1000), fit: 'epochs: 1, classWeight: { sarcastic: 2 }' },
    '/fit/class_weight must not have the key "sarcastic". Its keys are class numbers from 0.',
  ],
])('%s is refused for headlines', async (_, parts, text) => {
  const cwd = temporaryFolder();
  const recipe = writeRecipe(cwd, parts);
  expect(await refusal(cwd, ['sarcasm', recipe, '--sample'])).toContain(text);
});

test('augmentation of what is no image is refused', async () => {
  const cwd = temporaryFolder();
  const recipe = writeRecipe(cwd, {
    layers: 'layers.dense({ units: 1, inputShape: [30, 1] })',
    more: 'augmentation: { rotationRange: 10 }',
  });
  expect(await refusal(cwd, ['sunspots', recipe])).toContain(
    'The recipe augments images; the inputs of sunspots are thirty months in order',
  );
});

test.each<[string, string, string | Uint8Array, string]>([
  [
    'an HDF5 file that is cut off',
    'model.ts',
    '\x89HDF\r\n\x1a\n\0\0',
    'model.ts: not a whole HDF5 file',
  ],
  ['a cut zip archive', 'a.ts', 'PK\x03\x04\x14\0\0\0', 'a.ts: not a whole zip file'],
  [
    'a git-LFS pointer',
    'a.ts',
    'version https://git-lfs.github.com/spec/v1\noid sha256:4d7a\nsize 12345\n',
    'Run `git lfs pull` and hand in the real file.',
  ],
  [
    'a web page',
    'a.ts',
    '<!DOCTYPE html>\n<html><body>Not found</body></html>',
    'a.ts is an HTML page, most likely a download page saved instead of the file.',
  ],
  ['a picture', 'a.ts', '\x89PNG\r\n\x1a\n\0\0\0\rIHDR', 'a.ts is a binary file'],
  ['UTF-16 text', 'a.ts', Buffer.from(`\ufeff${recipeText()}`, 'utf16le'), 'a.ts is UTF-16 text.'],
  ['a Python script', 'a.py', 'import tensorflow as tf\n', 'a.py is a Python script'],
  ['an empty file', 'a.ts', '', 'a.ts is empty.'],
  ['text of no known kind', 'a.txt', 'hello', 'Formats: Keras model (.keras);'],
  ['cut JSON', 'a.json', '{"model": ', 'a.json is not valid JSON: '],
  ['a list', 'a.json', '[1]', 'The recipe must be an object with model, compile and fit.'],
  [
    'a prototype in JSON',
    'a.json',
    '{"__proto__": {"isAdmin": true}, "model": {}}',
    'The recipe must not have the key "__proto__".',
  ],
  [
    'a module without a default export',
    'a.ts',
    'export const recipe = 1;',
    'a.ts: The recipe must `export default defineRecipe({…})`, got no default export.',
  ],
  [
    'an import of something else',
    'a.ts',
    "import { readFileSync } from 'fs';\nexport default readFileSync('/etc/passwd');",
    'A recipe may import only "grader"; it asked for "fs".',
  ],
])('%s is refused as what it is', async (_, name, content, text) => {
  const cwd = temporaryFolder();
  const bytes = typeof content === 'string' ? Buffer.from(content, 'latin1') : content;
  writeFileSync(join(cwd, name), bytes);
  expect(await refusal(cwd, ['regression', name])).toContain(text);
});

test('a folder is no submission, which is misuse', async () => {
  const cwd = temporaryFolder();
  mkdirSync(join(cwd, 'regression.ts'));
  const run = await runGrader(['grade', 'regression', 'regression.ts'], { cwd });
  expect(run.exitCode).toBe(2);
  expect(run.stderr).toContain('regression.ts is a folder; a submission is one file.');
  expect(existsSync(join(cwd, 'results'))).toBe(false);
});

test('a refusal leaves nothing of an earlier grading in its folder', async () => {
  const cwd = temporaryFolder();
  const whole = writeRecipe(cwd, {}, 'whole.ts');
  const broken = writeRecipe(cwd, { fit: 'epoch: 1' }, 'broken.ts');
  await runGrader(['grade', 'regression', whole, '--out', 'out'], { cwd });
  expect(existsSync(join(cwd, 'out/model/model.json'))).toBe(true);
  await refusal(cwd, ['regression', broken]);
  expect(existsSync(join(cwd, 'out/predictions.f32'))).toBe(false);
});
