import { beforeAll, expect, test } from '@jest/globals';
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { extname, join } from 'node:path';
import type { GradeReport } from '../../grader/contract.ts';
import { type Checked, checkAll } from '../support/check-all.ts';
import { runGrader } from '../support/run-grader.ts';
import { recipeText, writeRecipe, type RecipeParts } from '../support/simple-recipe.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

/** What is wrong with a recipe, the recipe, and what is said. FILE stands for its name. */
type Refused = readonly [string, RecipeParts, string];

const forRegression: readonly Refused[] = [
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
    'FILE, line 3, column 29: There is no layers.dens. Nearest: layers.dense.',
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
    'compile: optimizer is "addam", which is not known. Nearest: "adam".',
  ],
  [
    'an unknown option of an optimizer',
    { compile: "optimizer: train.adam({ learningrat: 1 }), loss: 'meanSquaredError'" },
    'train.adam has no option "learningrat". Nearest: "learningRate".',
  ],
  [
    'an unknown loss',
    { compile: "optimizer: 'adam', loss: 'meanSquareError'" },
    'loss is "meanSquareError", which is not known. Nearest: "meanSquaredError".',
  ],
  [
    'an unknown metric',
    { compile: "optimizer: 'adam', loss: 'meanSquaredError', metrics: ['accurracy']" },
    'metrics[0] is "accurracy", which is not known. Nearest: "accuracy".',
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
    'callbacks.earlyStopping: monitor must be one of loss, val_loss, got "val_mae": compile.metrics decides which there are.',
  ],
  ['an exception', { after: "throw new Error('boom');" }, 'FILE, line 8, column'],
  ['a syntax error', { fit: 'epochs: ' }, 'FILE, line 5, column'],
  [
    'a huge layer',
    { layers: 'layers.dense({ units: 5e8, inputShape: [9] }), layers.dense({ units: 1 })' },
    'layers.dense: units must be <= 1000000, got 500000000.',
  ],
];

const sigmoid = "layers.flatten(), layers.dense({ units: 1, activation: 'sigmoid' })";
const words = (inputDim: number): RecipeParts => ({
  layers: `layers.embedding({ inputDim: ${inputDim}, outputDim: 2, inputLength: 120 }), ${sigmoid}`,
  compile: "optimizer: 'adam', loss: 'binaryCrossentropy'",
});

const forSarcasm: readonly Refused[] = [
  [
    'an embedding smaller than the vocabulary',
    words(500),
    "The Embedding takes ids below 500; the recipe's vocabulary has 1000.",
  ],
  [
    'a vocabulary above the largest',
    { ...words(30_000), more: 'vocabulary: 30000' },
    'vocabulary must be <= 20000, got 30000.',
  ],
  [
    'a weight for a class that does not exist',
    { ...words(1000), fit: 'epochs: 1, classWeight: { 0: 1, 2: 3 }' },
    'fit.classWeight names class 2; sarcasm has the classes 0 to 1.',
  ],
  [
    'a weight for a class by name',
    { ...words(1000), fit: 'epochs: 1, classWeight: { sarcastic: 2 }' },
    'fit: classWeight must not have the key "sarcastic": its keys are class numbers from 0.',
  ],
];

const forSunspots: readonly Refused[] = [
  [
    'augmentation of what is no image',
    {
      layers: 'layers.dense({ units: 1, inputShape: [30, 1] })',
      more: 'augmentation: { rotationRange: 10 }',
    },
    'The recipe augments images; the inputs of sunspots are thirty months in order',
  ],
];

/** What a file is that is no recipe, a name, what is in it, and what is said. */
const noRecipes: readonly (readonly [string, string, string | Uint8Array, string])[] = [
  ['an HDF5 file that is cut off', 'a.ts', '\x89HDF\r\n\x1a\n\0\0', 'FILE: not a whole HDF5 file'],
  ['a cut zip archive', 'a.ts', 'PK\x03\x04\x14\0\0\0', 'FILE: not a whole zip file'],
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
    'FILE is an HTML page, most likely a download page saved instead of the file.',
  ],
  ['a picture', 'a.ts', '\x89PNG\r\n\x1a\n\0\0\0\rIHDR', 'FILE is a binary file'],
  ['UTF-16 text', 'a.ts', Buffer.from(`\ufeff${recipeText()}`, 'utf16le'), 'FILE is UTF-16 text.'],
  ['a Python script', 'a.py', 'import tensorflow as tf\n', 'FILE is a Python script'],
  ['an empty file', 'a.ts', '', 'FILE is empty.'],
  ['text of no known kind', 'a.onnx', 'hello', 'Formats: Keras model (.keras);'],
  ['cut JSON', 'a.json', '{"model": ', 'FILE is not valid JSON.'],
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
    'FILE, line 1, column 1: The file exports no recipe',
  ],
  [
    'an import of something else',
    'a.ts',
    "import { readFileSync } from 'fs';\nexport default readFileSync('/etc/passwd');",
    'A recipe may import only "grader"; it asked for "fs".',
  ],
];

interface Case {
  readonly title: string;
  readonly problem: string;
  readonly name: string;
  readonly content: string | Uint8Array;
  readonly text: string;
}

const casesOf = (problem: string, refused: readonly Refused[]): Case[] =>
  refused.map(([title, parts, text], at) => {
    const name = `recipe-${at}.ts`;
    return { title, problem, name, content: recipeText(parts), text: text.replace('FILE', name) };
  });

const cases: readonly Case[] = [
  ...casesOf('regression', forRegression),
  ...casesOf('sarcasm', forSarcasm),
  ...casesOf('sunspots', forSunspots),
  ...noRecipes.map(([title, like, content, text], at) => {
    const name = `file-${at}${extname(like)}`;
    const bytes = typeof content === 'string' ? Buffer.from(content, 'latin1') : content;
    return {
      ...{ title, problem: 'regression', name },
      ...{ content: bytes, text: text.replace('FILE', name) },
    };
  }),
];

let checked: Checked;

beforeAll(async () => {
  checked = await checkAll(cases, { words: ['--sample'] });
});

test.each(cases)('$title is refused with what came and what is allowed', (given) => {
  const { report, html, names } = checked.result(given.problem, given.name);
  expect(report).toMatchObject({ verdict: 'invalid-submission', points: 0, score: null });
  const { fault, message = '', help = '' } = report.failure ?? {};
  expect(fault).toBe('candidate');
  expect(`${message}\n${help}`).toContain(given.text);
  expect(checked.run.stdout).toContain(given.text);
  expect(html).toContain('The submission is at fault.');
  expect(names).not.toContain('model');
});

test('nothing else is said of them', () => {
  const { exitCode, stdout, stderr } = checked.run;
  expect(exitCode).toBe(1);
  expect(stdout.split('Invalid submission. The submission is at fault.')).toHaveLength(
    cases.length + 1,
  );
  const expected =
    /^((regression|sarcasm|sunspots): |\d+ submissions( of \d+ candidates)?, about |\d+ of \d+, about )/;
  expect(stderr.split('\n').filter((line) => !expected.test(line))).toEqual([]);
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
  const refused = await runGrader(['grade', 'regression', broken, '--out', 'out'], { cwd });
  expect(refused).toMatchObject({ exitCode: 3, stderr: '' });
  expect(refused.stdout).toContain('Invalid submission. The submission is at fault.');
  const report = JSON.parse(readFileSync(join(cwd, 'out/report.json'), 'utf8')) as GradeReport;
  expect(report.verdict).toBe('invalid-submission');
  expect(existsSync(join(cwd, 'out/model'))).toBe(false);
  expect(existsSync(join(cwd, 'out/predictions.f32'))).toBe(false);
});
