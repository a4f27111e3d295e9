import type { FindingId } from '../../grader/contract.ts';
import { beforeAll, expect, test } from '@jest/globals';
import { createHash } from 'node:crypto';
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { packageRoot } from '../../grader/package-root.ts';
import { type Checked, checkAll } from '../support/check-all.ts';
import { hasData, realTest } from '../support/real-data.ts';
import { gradeAsJson, runGrader, type CheckJson } from '../support/run-grader.ts';
import { writeRecipe } from '../support/simple-recipe.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

/** A model in test/fixtures/keras, made by make-keras-models.py, with scores of Keras's predictions. */
interface KerasModel {
  readonly problem: string;
  readonly file: string;
  readonly parameters: number;
  readonly variant: string;
  readonly score: number;
  readonly sampleScore: number | null;
}

const folder = join(packageRoot, 'test', 'fixtures', 'keras');
const models = JSON.parse(readFileSync(join(folder, 'models.json'), 'utf8')) as KerasModel[];
const keras = (name: string) => join(folder, name);

const datasets: Record<string, string> = {
  'fashion-mnist': 'fashion-mnist',
  'image-augmentation': 'rock-paper-scissors',
  sarcasm: 'sarcasm',
};

/** What the report says of how inputs and outputs were fitted to the model. */
const said: Record<string, readonly string[]> = {
  'sunspots-flat.keras': [
    'The model takes inputs of shape [30]: the inputs of sunspots, [30, 1],',
    'The model gives outputs of shape [30]: the next month at each of the thirty positions',
  ],
  'sunspots-window-mean.h5': ['The model gives outputs of shape [1]: the next month'],
  'fashion-mnist.keras': [
    'The model takes inputs of shape [28, 28, 1]',
    'The loss in the file takes logits, so the outputs are logits',
  ],
  'sarcasm-tokenizer.keras': ['The model gives outputs of shape [2]: one score for each class'],
  'sarcasm.h5': ["The model's Embedding has 1,000 entries: word ids below 1,000 are given to it"],
};

/** What is found on the real data; all other models get no hint. */
const hinted: Record<string, RegExp> = {
  'regression-scaled-targets.keras': /^With its outputs taken as standardised targets/,
  'sunspots-counts.h5': /^With the series as it was counted, not scaled/,
  'sunspots-window-mean.h5': /nearer to the mean of the window's thirty targets/,
  'fashion-mnist-bytes.h5': /^With pixels from 0 to 255 .* accuracy .* is 0\.8\d+; it is 0\.1/,
  'sarcasm-tokenizer.keras': /^With a tokenizer fitted on all headlines and no <OOV>/,
};

const readings: readonly FindingId[] = ['another-reading', 'mean-of-the-window'];

const handedIn = (given: readonly KerasModel[]) =>
  given.map(({ problem, file: name }) => ({ problem, name, content: readFileSync(keras(name)) }));

let onRealData: Checked;
let onSampleData: Checked;

beforeAll(async () => {
  const graded = models.filter(({ problem }) => hasData(datasets[problem]));
  onRealData = await checkAll(handedIn(graded));
  const withSample = models.filter(({ sampleScore }) => sampleScore !== null);
  onSampleData = await checkAll(handedIn(withSample), { words: ['--sample'] });
});

for (const { problem, file, parameters, variant, score, sampleScore } of models) {
  const dataset = datasets[problem];
  const onReal = dataset === undefined ? test : realTest(dataset);
  onReal(`${file} scores what Keras's own predictions score, and its faults are found`, () => {
    const { report } = onRealData.result(problem, file);
    expect({ failure: report.failure, training: report.training }).toEqual({
      ...{ failure: null, training: null },
    });
    expect(report.evaluation).toMatchObject({ kerasVersion: '3.15.1', model: { parameters } });
    // The pictures of another size are other pictures, and no score is known for them.
    expect(report.data?.variant).toBe(variant);
    expect(Math.abs((report.score?.value ?? NaN) - score)).toBeLessThanOrEqual(1e-6 * score);
    for (const text of said[file] ?? []) expect(report.notes.join('\n')).toContain(text);
    const hint = hinted[file];
    const unmoved = problem === 'sarcasm' ? null : { rows: 32, changed: 0 };
    expect(report.probes?.perturbedInputs).toEqual(unmoved);
    const told = report.findings.filter(({ id }) => readings.includes(id));
    expect(told.map(({ message }) => message)).toEqual(hint ? [expect.stringMatching(hint)] : []);
  });
  if (sampleScore === null) continue;
  test(`${file} scores what Keras's own predictions score on sample data`, () => {
    const { report } = onSampleData.result(problem, file);
    expect(report.score?.value).toBeCloseTo(sampleScore, 6);
  });
}

test('a model file is reported as handed in, and leaves no model of ours', async () => {
  const cwd = temporaryFolder();
  const file = keras('regression.h5');
  const { stdout, stderr } = await runGrader(['grade', 'regression', file, '--out', 'out'], {
    cwd,
  });
  expect(stdout).toContain(
    'Model As handed in: Keras 3.15.1, 305 parameters; nothing was trained.',
  );
  expect(stderr).not.toContain('Epoch');
  expect(readdirSync(join(cwd, 'out')).sort()).toEqual([
    ...['held-out.csv', 'log.txt', 'predictions.f32', 'report.html', 'report.json'],
  ]);
  const html = readFileSync(join(cwd, 'out', 'report.html'), 'utf8');
  expect(html).toContain('Model file');
});

test('a model for another problem is refused with both shapes', async () => {
  const cwd = temporaryFolder();
  const { report } = await gradeAsJson(['sunspots', keras('regression.h5')], { cwd });
  expect(report.verdict).toBe('invalid-submission');
  expect(report.failure?.message).toBe(
    'The model takes inputs of shape [9]; sunspots gives [30, 1] or [None, 1] or [30].',
  );
});

test('--retrain trains the architecture with the compile settings of the file', async () => {
  const cwd = temporaryFolder();
  const args = ['regression', keras('regression.h5'), '--retrain', '--out', 'out'];
  const { report } = await gradeAsJson(args, { cwd });
  expect(report.training?.history).toHaveLength(10);
  expect(report.evaluation).toBeNull();
  expect(report.recipe?.compile.optimizer.class_name).toBe('Adam');
  expect(report.notes.join('\n')).toContain('its architecture is trained anew');
  expect(existsSync(join(cwd, 'out', 'recipe.json'))).toBe(true);
});

test('a Keras JSON is trained by a recipe, whose own model is left out', async () => {
  const cwd = temporaryFolder();
  const recipe = writeRecipe(cwd, { fit: 'epochs: 3' });
  const file = keras('regression.json');
  const refused = await gradeAsJson(['regression', file], { cwd });
  expect(refused.exitCode).toBe(3);
  expect(refused.report.failure?.code).toBe('no-training-settings');
  const { report } = await gradeAsJson(['regression', file, '--recipe', recipe], { cwd });
  expect(report.training?.history).toHaveLength(3);
  expect(report.training?.model.parameters).toBe(305);
});

test('what a training leaves is a TensorFlow.js model, which scores the same as handed in', async () => {
  const cwd = temporaryFolder();
  const trained = await gradeAsJson(['regression', writeRecipe(cwd, {}), '--out', 'out'], { cwd });
  const { report } = await gradeAsJson(['regression', 'out/model/model.json'], { cwd });
  expect(report.submission.format).toBe('tfjs-layers');
  const hash = createHash('sha256');
  for (const name of ['model.json', 'weights.bin']) {
    hash.update(readFileSync(join(cwd, 'out/model', name)));
  }
  expect(report.submission.sha256).toBe(hash.digest('hex'));
  expect(report.score?.value).toBe(trained.report.score?.value);
});

test('weights of another model are refused with layer and both shapes', async () => {
  const cwd = temporaryFolder();
  const layers = 'layers.dense({ units: 4, inputShape: [9] }), layers.dense({ units: 1 })';
  await gradeAsJson(['regression', writeRecipe(cwd, { layers }), '--out', 'out'], { cwd });
  const file = join(cwd, 'out/model/model.json');
  const text = readFileSync(file, 'utf8');
  expect(text).toContain('"units":4,');
  writeFileSync(file, text.replace('"units":4,', '"units":5,'));
  const { report, exitCode } = await gradeAsJson(['regression', file], { cwd });
  expect(exitCode).toBe(3);
  expect(report.failure?.message).toMatch(
    /^Layer dense \(Dense\) needs an array of shape \[9, 5\] .* the file has \[9, 4\] \(dense\/kernel\)\.$/,
  );
});

test('check takes model files, and a folder with a model.json as one submission', async () => {
  const cwd = temporaryFolder();
  await gradeAsJson(['regression', writeRecipe(cwd, {}), '--out', 'out'], { cwd });
  const entries = join(cwd, 'all');
  mkdirSync(join(entries, 'regression'), { recursive: true });
  for (const name of ['model.json', 'weights.bin']) {
    copyFileSync(join(cwd, 'out/model', name), join(entries, 'regression', name));
  }
  copyFileSync(keras('sunspots.keras'), join(entries, 'sunspots.keras'));
  const args = ['check', entries, '--min-points', '0', '--json'];
  const { stdout } = await runGrader(args, { cwd });
  const { reports } = JSON.parse(stdout) as CheckJson;
  expect(reports.map(({ submission }) => submission.file)).toEqual([
    'regression/model.json',
    'sunspots.keras',
  ]);
});

test('a SavedModel folder is misuse, with what to do', async () => {
  const cwd = temporaryFolder();
  mkdirSync(join(cwd, 'model'));
  writeFileSync(join(cwd, 'model', 'saved_model.pb'), Uint8Array.of(8, 1));
  const { exitCode, stderr } = await runGrader(['grade', 'regression', 'model'], { cwd });
  expect(exitCode).toBe(2);
  expect(stderr).toContain('It is a SavedModel: load it with Keras and save the model as one file');
});
