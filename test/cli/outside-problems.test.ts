import { beforeEach, expect, test } from '@jest/globals';
import { cpSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { GraderError } from '../../grader/errors.ts';
import { metricIds } from '../../grader/metrics/metric.ts';
import { findProblem, problems, problemsWith } from '../../problems/index.ts';
import { loadProblems } from '../../problems/load-problems.ts';
import { definitionWith, writeProblem } from '../support/outside-problem.ts';
import { cacheWithEngine } from '../support/program-copy.ts';
import { gradeAsJson, runGrader } from '../support/run-grader.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

let cwd = '';
let env: Record<string, string> = {};

beforeEach(() => {
  cwd = temporaryFolder();
  env = { GRADER_CACHE: cacheWithEngine(cwd), NO_COLOR: '1' };
});

const more = ['--problems', 'more'];
const run = (...words: string[]) => runGrader([...words, ...more], { cwd, env });
const grade = (recipe: string) =>
  gradeAsJson(['plane', recipe, ...more, '--out', 'out'], { cwd, env });

test('a problem outside of the grader is listed, shown, started and graded, its code run by the preparer alone', async () => {
  const directory = writeProblem(join(cwd, 'more'));
  const list = await run('problems');
  expect(list.stdout.split('\n').slice(5)).toEqual([
    '6  plane               Learn a plane from its points.',
  ]);
  expect((await run('show', 'plane')).stdout).toMatch(
    /^# A plane[^]*mean absolute error <= {2}5: 0\.1/,
  );
  expect((await run('start', 'plane')).stdout).toContain(
    'grader grade plane plane.ts --problems more',
  );
  const where = await run('data', 'where', 'plane');
  expect(where.stdout).toBe(`plane: plane, variant original: ${join(directory, 'data')}`);

  const { exitCode, report } = await grade('plane.ts');
  expect([exitCode, report.verdict, report.points]).toEqual([0, 'passed', 5]);
  expect(report.problem).toMatchObject({ id: 'plane', version: 3, category: 6 });
  expect(report.problem.metric).toEqual({
    ...{ id: 'mae', name: 'mean absolute error', unit: 'm', better: 'lower' },
  });
  const loadedBy = readFileSync(join(cwd, 'more/loaded-by.txt'), 'utf8').trim().split('\n');
  expect(loadedBy).toEqual([expect.stringMatching(/prepare\/child\.js$/)]);

  const check = await run('check', '.', '--min-points', '5', '--out', 'checked');
  expect(check.stdout).toMatch(/^plane {2}5\/5/m);
  const found = await run('inspect', 'out/model/model.json');
  expect(found.stdout).toContain('✓ plane');
});

test('a problem that discloses totals alone is graded without a word of any held-out row', async () => {
  writeProblem(join(cwd, 'more'), { 'problem.json': definitionWith({ disclosure: 'totals' }) });
  await run('start', 'plane');
  const { report } = await grade('plane.ts');
  expect([report.points, report.examples, report.images]).toEqual([5, null, null]);
  expect(report.score?.details).toMatchObject({ actual: [], predicted: [] });
  expect(readdirSync(join(cwd, 'out'))).not.toContain('held-out.csv');
  expect(readFileSync(join(cwd, 'out/report.html'), 'utf8')).toContain(
    'This problem tells totals alone',
  );
});

test('a copy of one of the own packages gives the same arrays elsewhere, through a link too', async () => {
  const { directory } = findProblem('sunspots');
  cpSync(directory, join(cwd, 'moonspots'), { recursive: true });
  const file = join(cwd, 'moonspots/problem.json');
  writeFileSync(file, readFileSync(file, 'utf8').replace('"id": "sunspots"', '"id": "moonspots"'));
  mkdirSync(join(cwd, 'more'));
  symlinkSync(join(cwd, 'moonspots'), join(cwd, 'more/moonspots'));
  expect((await run('data', 'export', 'moonspots', 'copied')).exitCode).toBe(0);
  expect((await run('data', 'export', 'sunspots', 'own')).exitCode).toBe(0);
  for (const name of readdirSync(join(cwd, 'own'))) {
    expect(readFileSync(join(cwd, 'copied', name))).toEqual(readFileSync(join(cwd, 'own', name)));
  }
});

test('the folder of one problem is enough, and its code may be JavaScript', async () => {
  const data = `export function prepare() {
    const part = (rows) => ({
      inputs: { dtype: 'float32', shape: [rows, 2], data: new Float32Array(rows * 2) },
      targets: { dtype: 'float32', shape: [rows, 1], data: new Float32Array(rows) },
    });
    return Promise.resolve({ training: part(4), validation: part(2), heldOut: part(2), decoding: {}, notes: [] });
  }`;
  const directory = writeProblem(cwd, { 'data.ts': null, 'data.js': data });
  const words = ['data', 'export', 'plane', 'arrays', '--problems', directory];
  const { exitCode, stdout } = await runGrader(words, { cwd, env });
  expect(exitCode).toBe(0);
  expect(stdout).toMatch(/training_inputs\.npy: float32 \[4, 2\]/);
});

test.each<[string, Record<string, string | null>, string]>([
  [
    'has a syntax error',
    { 'data.ts': 'export const prepare = ;' },
    'data.ts does not load: SyntaxError',
  ],
  ['is missing', { 'data.ts': null }, 'it has neither data.ts nor data.js.'],
  [
    'exports no prepare',
    { 'data.ts': 'export const other: number = 1;' },
    'exports no function prepare.',
  ],
  ['imports what is not there', { 'points.ts': null }, 'Cannot find module'],
  [
    'lacks the sample of its problem.json',
    { 'problem.json': definitionWith({ sample: true }) },
    'its data.ts exports no function sample.',
  ],
  [
    'returns nothing',
    { 'data.ts': 'export async function prepare(): Promise<void> {}' },
    'its data.ts returns wrong data: nothing at all.',
  ],
])('a data.ts that %s is the fault of the package', async (_, changes, words) => {
  writeProblem(join(cwd, 'more'), changes);
  const { exitCode, stderr } = await run('data', 'export', 'plane', 'arrays');
  expect(exitCode).toBe(5);
  expect(stderr).toContain('The problem package plane is broken: ');
  expect(stderr).toContain(words);
  expect(stderr).toContain(`Correct the package in ${join(cwd, 'more/plane/')}`);
});

test('a submission to a broken package is not judged', async () => {
  const directory = writeProblem(join(cwd, 'more'), { 'data.ts': 'export const prepare = ;' });
  const { exitCode, report } = await grade(join(directory, 'starter.ts'));
  expect([exitCode, report.verdict, report.points]).toEqual([5, 'package-fault', null]);
  expect(report.failure?.message).toContain('its data.ts does not load: SyntaxError');
});

test('a broken problem.json is told with its path, and leaves the other problems usable', async () => {
  writeProblem(join(cwd, 'more'));
  const metric = { id: 'f1', unit: '' };
  writeProblem(join(cwd, 'more'), { 'problem.json': definitionWith({ metric }) }, 'broken');
  const list = await run('problems');
  expect(list.exitCode).toBe(5);
  expect(list.stderr).toContain(
    `${join(cwd, 'more/broken/problem.json')}: /metric/id must be one of ${JSON.stringify(metricIds)}, got "f1".`,
  );
  expect(list.stdout).toContain('plane');
  expect((await run('show', 'broken')).exitCode).toBe(5);
});

test('texts that a package lacks are its fault', async () => {
  const directory = writeProblem(join(cwd, 'more'), { 'statement.md': null, 'starter.ts': null });
  for (const [command, name] of [
    ['show', 'statement.md'],
    ['start', 'starter.ts'],
  ] as const) {
    const { exitCode, stderr } = await run(command, 'plane');
    expect(exitCode).toBe(5);
    expect(stderr).toContain(`${join(directory, name)} cannot be read`);
  }
});

test('loadProblems gives the packages of a folder by name, and refuses a folder without any', () => {
  writeProblem(cwd, {}, 'b');
  writeProblem(cwd, {}, 'a');
  expect(loadProblems(cwd).map(({ definition }) => definition.id)).toEqual(['a', 'b']);
  expect(loadProblems(join(cwd, 'a')).map(({ definition }) => definition.version)).toEqual([3]);
  const refused = [temporaryFolder(), join(cwd, 'nowhere')].map((folder) =>
    failureOf(() => loadProblems(folder)),
  );
  expect(refused.map(({ fault, code }) => [fault, code])).toEqual([
    ['usage', 'no-problems'],
    ['usage', 'no-problems'],
  ]);
});

test("a name of the grader's own is taken, but its own folder may be named", () => {
  const directory = writeProblem(cwd, {}, 'sunspots');
  expect(failureOf(() => problemsWith(cwd))).toMatchObject({
    fault: 'package',
    message: `${directory}: the grader has a problem "sunspots" of its own.`,
  });
  expect(problemsWith(findProblem('sunspots').directory)).toEqual(problems);
});

function failureOf(work: () => unknown): GraderError['failure'] {
  try {
    work();
  } catch (error) {
    if (error instanceof GraderError) return error.failure;
    throw error;
  }
  throw new Error('nothing was thrown');
}
