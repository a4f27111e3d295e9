import { expect, test } from '@jest/globals';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { packageRoot } from '../../grader/package-root.ts';
import { gradeAsJson, runGrader } from '../support/run-grader.ts';
import { writeRecipe } from '../support/simple-recipe.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const recipe = (name: string) => join(packageRoot, 'test', 'recipes', name);

test('the reference solution of regression reaches five points and leaves its results', async () => {
  const cwd = temporaryFolder();
  const solution = join(packageRoot, 'solutions', 'regression.ts');
  const { exitCode, stdout } = await runGrader(['grade', 'regression', solution, '--out', 'out'], {
    cwd,
  });
  expect(exitCode).toBe(0);
  expect(stdout).toContain('Score 5/5');
  const files = readdirSync(join(cwd, 'out')).sort();
  expect(files).toEqual(
    [
      ...['held-out.csv', 'log.txt', 'model', 'predictions.f32'],
      ...['recipe.json', 'report.html', 'report.json'],
    ].sort(),
  );
  expect(readdirSync(join(cwd, 'out', 'model')).sort()).toEqual(['model.json', 'weights.bin']);
  const html = readFileSync(join(cwd, 'out', 'report.html'), 'utf8');
  expect(html.match(/<script/g)).toHaveLength(1);
  const log = readFileSync(join(cwd, 'out', 'log.txt'), 'utf8');
  expect(log).toMatch(/^ +[\d.]+ s {2}Reading the submission$/m);
  expect(log).toMatch(/^ +[\d.]+ s {2}Epoch 1\/300: loss /m);
  expect(log).toMatch(/ s {2}Verdict: passed, 5\/5\n$/);
});

test('--explain asks what the model looked at, and changes neither score nor predictions', async () => {
  const cwd = temporaryFolder();
  const ask = ['regression', recipe('linear.ts')];
  const plain = await gradeAsJson([...ask, '--out', 'plain'], { cwd });
  const { report } = await gradeAsJson([...ask, '--explain', '--out', 'asked'], { cwd });
  expect(report.score).toEqual(plain.report.score);
  expect(plain.report.explanation).toBeUndefined();
  const { of } = report.explanation ?? {};
  if (!of || !('features' in of)) throw new Error('no features are explained');
  expect(of.features.map(({ name }) => name)).toContain('weight');
  for (const { value } of of.features) expect(value).toBeGreaterThan(0);
  const read = (out: string) => readFileSync(join(cwd, out, 'predictions.f32'));
  expect(read('asked').equals(read('plain'))).toBe(true);
  expect(readFileSync(join(cwd, 'asked', 'report.html'), 'utf8')).toContain(
    'What the model looked at',
  );
});

test('a normalised recipe is a submission of the same worth', async () => {
  const cwd = temporaryFolder();
  const first = await gradeAsJson(['regression', recipe('linear.ts'), '--out', 'first'], { cwd });
  const again = await gradeAsJson(['regression', 'first/recipe.json', '--out', 'again'], { cwd });
  expect(again.report.recipe).toEqual(first.report.recipe);
  expect(again.report.score?.value).toBe(first.report.score?.value);
});

test('the same file and seed give the same predictions, score and weights', async () => {
  const cwd = temporaryFolder();
  for (const out of ['one', 'two']) {
    await gradeAsJson(['sunspots', recipe('tiny-lstm.ts'), '--seed', '7', '--out', out], { cwd });
  }
  const read = (out: string, file: string) => readFileSync(join(cwd, out, file));
  expect(read('one', 'predictions.f32').equals(read('two', 'predictions.f32'))).toBe(true);
  expect(read('one', 'model/weights.bin').equals(read('two', 'model/weights.bin'))).toBe(true);
});

test('another seed gives other predictions', async () => {
  const cwd = temporaryFolder();
  for (const seed of ['7', '8']) {
    await gradeAsJson(['sunspots', recipe('tiny-lstm.ts'), '--seed', seed, '--out', seed], { cwd });
  }
  const [seven, eight] = ['7', '8'].map((seed) => readFileSync(join(cwd, seed, 'predictions.f32')));
  expect(seven?.equals(eight as Buffer)).toBe(false);
});

test('a training that runs out of time is graded with a whole epoch and says so', async () => {
  const args = ['regression', recipe('endless.ts'), '--time-limit', '2'];
  const { report, exitCode } = await gradeAsJson(args, { cwd: temporaryFolder() });
  expect([0, 1]).toContain(exitCode);
  expect(report.training?.stoppedBy).toBe('time-limit');
  expect(report.notes.join('\n')).toMatch(
    /The time limit ended the training in epoch \d+ of 10000/,
  );
});

test('a training without one whole epoch in its time exceeds the limit', async () => {
  const args = ['regression', recipe('long-epoch.ts'), '--time-limit', '1'];
  const { report, exitCode } = await gradeAsJson(args, { cwd: temporaryFolder() });
  expect(exitCode).toBe(4);
  expect(report.verdict).toBe('limit-exceeded');
  expect(report).toMatchObject({ points: 0, countsAsAttempt: true });
  expect(report.failure?.message).toMatch(
    /^Time limit: 1 s were over at step \d+ of the first epoch/,
  );
});

test('logits are turned into probabilities before they are scored', async () => {
  const cwd = temporaryFolder();
  const args = ['sarcasm', recipe('logits.ts'), '--sample', '--out', 'out'];
  const { report } = await gradeAsJson(args, { cwd });
  const bytes = readFileSync(join(cwd, 'out', 'predictions.f32'));
  const rows = bytes.length / 8;
  const sums = Array.from({ length: rows }, (_, row) =>
    Math.abs(bytes.readFloatLE(row * 8) + bytes.readFloatLE(row * 8 + 4) - 1),
  );
  expect(Math.max(...sums)).toBeLessThan(1e-5);
  expect(report.score?.outputReading).toContain('argmax');
  expect(report.score?.value).toBeGreaterThan(0.7);
});

test('a model that does not fit is told before data or TensorFlow are brought', async () => {
  const cwd = temporaryFolder();
  const args = ['fashion-mnist', recipe('linear.ts')];
  const env = { GRADER_CACHE: join(cwd, 'cache'), EXAM_DATA_MIRROR: undefined };
  const { report, exitCode } = await gradeAsJson(args, { cwd, env });
  expect(exitCode).toBe(3);
  expect(report.failure?.code).toBe('wrong-input-shape');
  expect(report.failure?.message).toContain('[28, 28]');
  expect(readdirSync(join(cwd, 'cache'))).toEqual([]);
});

test('a grade on sample data says so', async () => {
  const weak = join(packageRoot, 'test/submissions/fashion-mnist/weak/fashion-mnist.ts');
  const { stdout } = await runGrader(['grade', 'fashion-mnist', weak, '--sample'], {
    cwd: temporaryFolder(),
  });
  expect(stdout).toMatch(/sample data/i);
});

test('an unknown problem is answered with the problems there are', async () => {
  const { exitCode, stderr } = await runGrader(['grade', 'sunspot', 'x.ts'], {
    cwd: temporaryFolder(),
  });
  expect(exitCode).toBe(2);
  expect(stderr).toContain('No problem "sunspot"');
  expect(stderr).toContain('Is "sunspots" meant?');
});

test('a file that is not there is misuse and leaves no result folder', async () => {
  const cwd = temporaryFolder();
  const { exitCode, stderr } = await runGrader(['grade', 'sunspots', 'missing.ts'], { cwd });
  expect(exitCode).toBe(2);
  expect(stderr).toContain('missing.ts');
  expect(existsSync(join(cwd, 'results'))).toBe(false);
});

test('a profile that the problem lacks is refused with those it has', async () => {
  const args = ['grade', 'regression', recipe('linear.ts'), '--profile', 'exam'];
  const { exitCode, stderr } = await runGrader(args, { cwd: temporaryFolder() });
  expect(exitCode).toBe(2);
  expect(stderr).toContain('regression has no profile "exam". Profiles: strict.');
});

test('the exam profile of sunspots has its own thresholds', async () => {
  const args = ['sunspots', recipe('tiny-lstm.ts'), '--profile', 'exam'];
  const { report } = await gradeAsJson(args, { cwd: temporaryFolder() });
  expect(report.profile.bars.map(({ value }) => value)).toEqual([0.13, 0.14, 0.15, 0.16, 0.17]);
});

test('a folder with other files is no place for results', async () => {
  const args = ['grade', 'regression', recipe('linear.ts'), '--out', '.'];
  const { exitCode, stderr } = await runGrader(args, { cwd: packageRoot });
  expect(exitCode).toBe(2);
  expect(stderr).toContain('is not empty');
});

test.each([
  [['grade'], 'missing required argument'],
  [['grade', 'sunspots', 'x.ts', '--seed', 'x'], 'Expected a whole number, got "x"'],
  [['grade', 'sunspots', 'x.ts', '--profile', 'soft'], 'Allowed choices are strict, exam'],
  [['gade'], 'unknown command'],
])('misuse %j is explained and ends with 2', async (args, text) => {
  const { exitCode, stderr } = await runGrader(args, { cwd: temporaryFolder() });
  expect(exitCode).toBe(2);
  expect(stderr).toContain(text);
});

test('colours appear when they are forced and never with NO_COLOR', async () => {
  const cwd = temporaryFolder();
  const args = ['grade', 'regression', recipe('linear.ts')];
  const forced = await runGrader(args, { cwd, env: { FORCE_COLOR: '1', NO_COLOR: undefined } });
  const plain = await runGrader(args, { cwd, env: { FORCE_COLOR: '1', NO_COLOR: '1' } });
  expect(forced.stdout).toContain('\x1b[');
  expect(plain.stdout).not.toContain('\x1b[');
});

test('a loss that is no number is told with its step and the learning rate of that step', async () => {
  const cwd = temporaryFolder();
  const rates = '{ boundaries: [20, 24], values: [0.001, 1e25, 0.002] }';
  const file = writeRecipe(cwd, {
    layers:
      "layers.dense({ units: 4, activation: 'relu', inputShape: [9] }), layers.dense({ units: 1 })",
    compile: `optimizer: train.sgd({ learningRate: train.piecewiseConstantDecay(${rates}) }), loss: 'mse'`,
    fit: 'epochs: 1, batchSize: 8',
  });
  const { exitCode, report } = await gradeAsJson(['regression', file, '--out', 'out'], { cwd });
  expect(exitCode).toBe(3);
  // Keras's rate of iteration 21, the twenty-second, is the first beyond the boundary.
  expect(report.failure?.message).toBe(
    'The loss is not a finite number at step 23 of the first epoch, with the learning rate 1e+25.',
  );
});
