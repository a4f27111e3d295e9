import { expect, test } from '@jest/globals';
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { GradeReport } from '../../grader/contract.ts';
import { copyProgram, type ProgramCopy } from '../support/program-copy.ts';
import { writeRecipe } from '../support/simple-recipe.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const definition = 'problems/regression/problem.json';
const code = 'dist/problems/regression/data.js';

test.each<[string, (document: Record<string, unknown>) => unknown, string]>([
  [
    'a missing field',
    (document) => ({ ...document, metric: undefined }),
    "/ must have required property 'metric'",
  ],
  [
    'a field of another type',
    (document) => ({ ...document, passMark: 'three' }),
    '/passMark must be integer, got "three".',
  ],
  [
    'an unknown field',
    (document) => ({ ...document, colour: 'red' }),
    '/ has the unknown property "colour".',
  ],
  [
    'an id that is not the folder',
    (document) => ({ ...document, id: 'cars' }),
    '/id must be the folder\'s name "regression", got "cars".',
  ],
])('a problem.json with %s is the fault of the package', async (_, change, text) => {
  const folder = temporaryFolder();
  const program = copyProgram(folder);
  const document = JSON.parse(program.read(definition)) as Record<string, unknown>;
  program.write(definition, JSON.stringify(change(document)));
  const run = await program.run(['grade', 'regression', writeRecipe(folder, {}), '--json']);
  expect(run).toMatchObject({ exitCode: 5, stdout: '' });
  expect(run.stderr).toContain(`${join(program.root, definition)}: ${text}`);
  expect(run.stderr).toContain('The submission is not at fault.');
  expect(existsSync(join(folder, 'results'))).toBe(false);
});

test('a problem.json that is no JSON leaves the other problems usable', async () => {
  const folder = temporaryFolder();
  const program = copyProgram(folder);
  program.write(definition, '{"id": ');
  const list = await program.run(['problems']);
  expect(list.exitCode).toBe(5);
  expect(list.stderr).toContain(`${join(program.root, definition)}: Unexpected end of JSON input.`);
  expect(list.stdout.split('\n').map((line) => line.split(/\s+/)[1])).toEqual([
    ...['fashion-mnist', 'image-augmentation', 'sarcasm', 'sunspots'],
  ]);
  expect((await program.run(['show', 'sunspots'])).exitCode).toBe(0);
  expect((await program.run(['show', 'regression'])).exitCode).toBe(5);
  const where = await program.run(['data', 'where']);
  expect(where.exitCode).toBe(5);
  expect(where.stdout).toContain('sunspots: sunspots, variant original');
  const doctor = await program.run(['doctor']);
  expect(doctor.exitCode).toBe(0);
  expect(doctor.stdout).toContain(join(program.root, definition));
});

test('check grades the submissions to other problems and ends with 5', async () => {
  const folder = temporaryFolder();
  const program = copyProgram(folder);
  program.write(definition, '{"id": ');
  const given = join(folder, 'in');
  mkdirSync(given);
  for (const name of ['regression.ts', 'sunspots.ts'])
    writeRecipe(given, { fit: 'epoch: 1' }, name);
  const run = await program.run(['check', 'in', '--out', 'out', '--junit', 'junit.xml']);
  expect(run.exitCode).toBe(5);
  expect(run.stderr).toContain(`${join(program.root, definition)}: Unexpected end of JSON input.`);
  expect(run.stdout).toMatch(/^sunspots {4}0\/5 {2}invalid-submission$/m);
  expect(run.stdout).toMatch(/^regression {2}-\/5 {2}package-fault$/m);
  const xml = readFileSync(join(folder, 'junit.xml'), 'utf8');
  expect(xml).toContain('tests="2" failures="1" errors="1"');
});

test('code that does not load fails its own problem alone', async () => {
  const folder = temporaryFolder();
  const program = copyProgram(folder);
  program.write(code, 'export const prepare = ;');
  const list = await program.run(['problems']);
  expect(list.exitCode).toBe(0);
  expect(list.stdout.split('\n')).toHaveLength(5);
  const report = await blamed(program, folder);
  expect(report.failure?.message).toContain(
    "its data.ts does not load: SyntaxError: Unexpected token ';'",
  );
  const other = await program.run(['data', 'export', 'sunspots', 'arrays']);
  expect(other.exitCode).toBe(0);
});

const original = "import * as original from './original.js';\n";
const changed = (change: string) =>
  `${original}export async function prepare(files) {
    const data = await original.prepare(files);
    ${change}
    return data;
  }`;

test('a data.js that throws is the fault of the package', async () => {
  const folder = temporaryFolder();
  const program = copyProgram(folder);
  program.write(code, "export async function prepare() { throw new Error('no such column'); }");
  const report = await blamed(program, folder);
  expect(report.failure?.message).toBe(
    'The problem package regression is broken: its data.ts fails: no such column.',
  );
});

test.each<[string, string, string]>([
  ['returns nothing', 'export async function prepare() {}', 'wrong data: nothing at all.'],
  ['has no prepare', 'export const other = 1;', 'its data.ts exports no function prepare.'],
  [
    'returns NaN',
    changed('data.training.inputs.data[5] = NaN;'),
    'training inputs must be finite, got NaN at value 5.',
  ],
  [
    'returns targets of another shape',
    changed('data.heldOut.targets.shape = [1, 118];'),
    'heldOut targets must be of shape [1] a row, got [118]; heldOut has 118 inputs but 1 targets.',
  ],
  [
    'leaves out a part',
    changed('delete data.validation;'),
    'validation has no inputs with shape and data.',
  ],
])('a data.js that %s is the fault of the package', async (_, text, message) => {
  const folder = temporaryFolder();
  const program = copyProgram(folder);
  program.write('dist/problems/regression/original.js', program.read(code));
  program.write(code, text);
  const run = await program.run(['data', 'export', 'regression', 'arrays']);
  expect(run.exitCode).toBe(5);
  expect(run.stderr).toContain('The problem package regression is broken: ');
  expect(run.stderr).toContain(message);
});

test('a label that is no class is the fault of the package', async () => {
  const folder = temporaryFolder();
  const program = copyProgram(folder);
  const sample = 'dist/problems/sarcasm/data.js';
  program.write('dist/problems/sarcasm/original.js', program.read(sample));
  program.write(
    sample,
    `${original}export const prepare = original.prepare;
    export function sample(seed) {
      const data = original.sample(seed);
      data.heldOut.targets.data[0] = 2;
      return data;
    }`,
  );
  const run = await program.run(['data', 'export', 'sarcasm', 'arrays', '--sample']);
  expect(run.exitCode).toBe(5);
  expect(run.stderr).toContain('heldOut targets must be labels from 0 to 1, got 2.');
});

/** The report of a grading that must end with 5 and leave the submission unjudged. */
async function blamed(program: ProgramCopy, folder: string): Promise<GradeReport> {
  const recipe = writeRecipe(folder, {});
  const run = await program.run(['grade', 'regression', recipe, '--out', 'out']);
  expect(run).toMatchObject({ exitCode: 5, stderr: 'Model: 1 layer, 10 parameters' });
  expect(run.stdout).toContain('The problem package is at fault. The submission is not judged.');
  const report = JSON.parse(readFileSync(join(folder, 'out/report.json'), 'utf8')) as GradeReport;
  expect(report).toMatchObject({ verdict: 'package-fault', points: null, score: null });
  expect(readFileSync(join(folder, 'out/report.html'), 'utf8')).toContain(
    'The problem package is at fault.',
  );
  return report;
}
