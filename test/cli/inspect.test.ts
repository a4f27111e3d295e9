import { expect, test } from '@jest/globals';
import { copyFileSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { GradeReport } from '../../grader/contract.ts';
import type { Inspection } from '../../grader/inspect/inspect-file.ts';
import { packageRoot } from '../../grader/package-root.ts';
import { runGrader } from '../support/run-grader.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const graphs = join(packageRoot, 'test', 'fixtures', 'keras-graphs');

test('a model file is described layer by layer, with its sizes and the problems it fits', async () => {
  const { exitCode, stdout, stderr } = await runGrader(['inspect', join(graphs, 'stacks.h5')], {
    cwd: temporaryFolder(),
  });
  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
  expect(stdout.split('\n')).toEqual([
    'stacks.h5  Keras model in HDF5, Keras 2.21.0, 24.2 kB',
    '',
    'Layer                                                Output shape  Parameters',
    'sequential_input (InputLayer)                        (None, 5)              0',
    'sequential.dense (Dense)                             (None, 6)             36',
    'sequential.batch_normalization (BatchNormalization)  (None, 6)             24',
    'middle.dense_1 (Dense)                               (None, 6)             42',
    'middle.add (Add)                                     (None, 6)              0',
    'dense_2 (Dense)                                      (None, 2)             14',
    '',
    'Weights  116 parameters, 12 frozen',
    'Input    (None, 5)',
    'Output   (None, 2)',
    'File     464 B weights + 23.8 kB besides',
    'Compile  none: the file has no compile settings',
    'Example  156 FLOP and 124 B of activations for one example',
    '✗ regression          The model takes inputs of shape [5]; regression gives [9].',
    '✗ fashion-mnist       The model takes inputs of shape [5]; fashion-mnist gives [28, 28] or [28, 28, 1].',
    '✗ image-augmentation  The model takes inputs of shape [5]; image-augmentation gives [150, 150, 3].',
    '✗ sarcasm             The model takes inputs of shape [5]; sarcasm gives [120].',
    '✗ sunspots            The model takes inputs of shape [5]; sunspots gives [30, 1] or [None, 1] or [30].',
  ]);
});

test('--json gives the same as data, and a model with several outputs fits no problem', async () => {
  const { exitCode, stdout } = await runGrader(
    ['inspect', join(graphs, 'forked.keras'), '--json'],
    { cwd: temporaryFolder() },
  );
  expect(exitCode).toBe(0);
  const found = JSON.parse(stdout) as Inspection;
  expect(found).toMatchObject({
    format: 'grader-inspection',
    version: 1,
    file: 'forked.keras',
    kind: { id: 'keras-zip' },
    hasWeights: true,
    failure: null,
    facts: { kerasVersion: '3.15.1', weightBytes: 176, optimizerBytes: 0 },
    model: { parameters: 44, inputs: [[5]], outputs: [[2], [2]] },
  });
  expect(found.problems.map(({ refusal }) => refusal)).toEqual(
    Array(5).fill('The model has 1 input and 2 outputs; one of each is taken.'),
  );
});

test('a file that is no model gets one refusal, on stdout as JSON too', async () => {
  const cwd = temporaryFolder();
  writeFileSync(join(cwd, 'model.h5'), '<!DOCTYPE html><title>Sign in</title>'.padEnd(200));
  const text = await runGrader(['inspect', 'model.h5'], { cwd });
  expect(text.exitCode).toBe(3);
  expect(text.stdout.split('\n')).toEqual([
    'model.h5  no model, 200 B',
    expect.stringMatching(/^Refused\. model\.h5 is an HTML page/),
    expect.stringMatching(/^ {2}\S/),
  ]);
  const json = await runGrader(['inspect', 'model.h5', '--json'], { cwd });
  expect(json.exitCode).toBe(3);
  expect(JSON.parse(json.stdout)).toMatchObject({
    kind: null,
    model: null,
    failure: { fault: 'candidate', code: 'html-page' },
  });
});

const module = (units: number, loss: string) => `
import { defineRecipe, layers, sequential } from 'grader';
console.log('printed');
export default defineRecipe({
  model: sequential([layers.dense({ units: ${units}, inputShape: [9] })]),
  compile: { optimizer: 'adam', loss: '${loss}', metrics: ['accuracy'] },
  fit: { epochs: 1, classWeight: { 0: 1 } },
});`;

test('a recipe is described as it is read for a grading, as data and as code', async () => {
  const cwd = temporaryFolder();
  const model = {
    class_name: 'Sequential',
    config: {
      layers: [{ class_name: 'Dense', config: { units: 1, batch_input_shape: [null, 9] } }],
    },
  };
  const recipe = { model, compile: { optimizer: 'adam', loss: 'mse' }, fit: { epochs: 1 } };
  writeFileSync(join(cwd, 'data.json'), JSON.stringify(recipe));
  writeFileSync(join(cwd, 'code.ts'), module(1, 'mse').replace(', classWeight: { 0: 1 }', ''));
  for (const name of ['data.json', 'code.ts']) {
    const { exitCode, stdout, stderr } = await runGrader(['inspect', name], { cwd });
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
    expect(stdout).toContain('✓ regression          takes this input and output');
    expect(stdout).toContain('Compile  Adam (learning rate 0.001), MeanSquaredError');
    expect(stdout).not.toContain('printed');
  }
});

test('all mistakes of a recipe are told with their places', async () => {
  const cwd = temporaryFolder();
  const text = module(1, 'mse').replace('epochs: 1', "epochs: '1'").replace('units: 1', 'unit: 1');
  writeFileSync(join(cwd, 'a.ts'), text);
  const { exitCode, stdout } = await runGrader(['inspect', 'a.ts'], { cwd });
  expect(exitCode).toBe(3);
  expect(stdout).toContain('a.ts has 2 mistakes.');
  expect(stdout).toContain('a.ts, line 5, column 37: layers.dense has no option "unit".');
  expect(stdout).toContain(
    "  7 |   fit: { epochs: '1', classWeight: { 0: 1 } },\n    |                  ^^^",
  );
});

test('--problem tells all that keeps a recipe from it, with places, as a grading does', async () => {
  const cwd = temporaryFolder();
  writeFileSync(join(cwd, 'a.ts'), module(4, 'sparseCategoricalCrossentropy'));
  const inspected = await runGrader(['inspect', 'a.ts', '--problem', 'regression'], { cwd });
  expect(inspected.exitCode).toBe(3);
  const [, refused = ''] = inspected.stdout.split('Refused. ');
  expect(refused).toContain('a.ts has 3 mistakes.');
  expect(refused).toContain('a.ts, line 5, column 44: The model gives outputs of shape [4];');
  expect(refused).toContain('a.ts, line 6, column 39: compile.loss is SparseCategorical');
  expect(refused).toContain('Take one of meanSquaredError, ');
  expect(refused).toContain('a.ts, line 7, column 34: The recipe has fit.classWeight,');
  const graded = await runGrader(['grade', 'regression', 'a.ts', '--out', 'out'], { cwd });
  expect(graded.stdout).toContain(refused.trim());
  const report = JSON.parse(readFileSync(join(cwd, 'out/report.json'), 'utf8')) as GradeReport;
  expect(report.failure?.code).toBe('wrong-output-shape');
  const unknown = await runGrader(['inspect', 'a.ts', '--problem', 'regresion'], { cwd });
  expect(unknown.exitCode).toBe(2);
});

test('a recipe with mistakes is told at once what would not fit without them either', async () => {
  const cwd = temporaryFolder();
  const text = module(1, 'sparseCategoricalCrossentropy').replace('epochs: 1', "epochs: '1'");
  writeFileSync(join(cwd, 'a.ts'), text);
  const inspected = await runGrader(['inspect', 'a.ts', '--problem', 'regression'], { cwd });
  const [, refused = ''] = inspected.stdout.split('Refused. ');
  expect(refused).toContain('a.ts has 3 mistakes.');
  expect(refused).toContain('compile.loss is SparseCategorical');
  expect(refused).toContain('fit: epochs must be a whole number');
  expect(refused).toContain('The recipe has fit.classWeight,');
  const graded = await runGrader(['grade', 'regression', 'a.ts', '--out', 'out'], { cwd });
  expect(graded.stdout).toContain(refused.trim());
  // Without a problem there is nothing to fit.
  const alone = await runGrader(['inspect', 'a.ts'], { cwd });
  expect(alone.stdout).not.toContain('compile.loss');
});

test('a layer that is called on several lengths has the shape of its first call', async () => {
  const cwd = temporaryFolder();
  const on = (name: string, call = 0) => [[name, call, 0, {}]];
  const layers = [
    { class_name: 'InputLayer', config: { batch_input_shape: [null, 8, 2] }, calls: [] },
    { class_name: 'Conv1D', config: { filters: 2, kernel_size: 3 }, calls: [on('a'), on('b')] },
    { class_name: 'Flatten', config: {}, calls: [on('b', 1)] },
  ].map(({ calls, config, ...layer }, index) => {
    const name = 'abc'[index];
    return { ...layer, name, config: { ...config, name }, inbound_nodes: calls };
  });
  const ends = { input_layers: [['a', 0, 0]], output_layers: [['c', 0, 0]] };
  const model = { class_name: 'Functional', config: { name: 'm', layers, ...ends } };
  writeFileSync(join(cwd, 'shared.json'), JSON.stringify({ ...model, keras_version: '2.9.0' }));
  const { exitCode, stdout } = await runGrader(['inspect', 'shared.json'], { cwd });
  expect(exitCode).toBe(0);
  expect(stdout).toMatch(/b \(Conv1D\) +\(None, 6, 2\) +14\nc \(Flatten\) +\(None, 8\)/);
});

test('weights of another model are refused, with both shapes', async () => {
  const cwd = temporaryFolder();
  const bytes = readFileSync(join(graphs, 'stacks.h5'));
  // In the configuration only: as long as before, so that nothing else of the file changes.
  const text = bytes.toString('latin1').replace('"units": 2', '"units": 3');
  writeFileSync(join(cwd, 'other.h5'), Buffer.from(text, 'latin1'));
  const { exitCode, stdout } = await runGrader(['inspect', 'other.h5'], { cwd });
  expect(exitCode).toBe(3);
  expect(stdout).toContain(
    'Refused. Layer dense_2 (Dense) needs an array of shape [6, 3] as its weights 0 (from 0); the file has [6, 2]',
  );
});

test('a missing file and a folder are wrong usage', async () => {
  const cwd = temporaryFolder();
  copyFileSync(join(graphs, 'fixed.h5'), join(cwd, 'fixed.h5'));
  expect((await runGrader(['inspect', 'none.h5'], { cwd })).exitCode).toBe(2);
  const folder = await runGrader(['inspect', cwd], { cwd });
  expect(folder.exitCode).toBe(2);
  expect(folder.stderr).toContain('is a folder');
});
