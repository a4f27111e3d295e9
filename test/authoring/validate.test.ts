import { beforeEach, expect, test } from '@jest/globals';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Validation } from '../../grader/authoring/lint/validate.ts';
import { definitionWith, writeProblem } from '../support/outside-problem.ts';
import { cacheWithEngine } from '../support/program-copy.ts';
import { runGrader } from '../support/run-grader.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

let cwd = '';
let env: Record<string, string> = {};

beforeEach(() => {
  cwd = temporaryFolder();
  env = { GRADER_CACHE: cacheWithEngine(cwd), NO_COLOR: '1' };
});

const statement = '# A plane\n\nInput {{input}}, output {{outputs}}.\n\n{{thresholds}}\n';
const bars = (...values: number[]) => values.map((value, at) => ({ points: 5 - at, value }));
const strict = { title: 'strict', source: 'by hand', inclusive: true };

async function validated(directory: string) {
  const words = ['problem', 'validate', directory, '--json'];
  const { exitCode, stdout } = await runGrader(words, { cwd, env });
  const found = JSON.parse(stdout) as Validation & { format: string };
  const told = found.mistakes.map(
    ({ file, place, message }) => `${file} ${place ?? ''}: ${message}`,
  );
  return { exitCode, found, told };
}

test('a package in order is usable, with what its data are', async () => {
  const directory = writeProblem(cwd, { 'statement.md': statement });
  const { exitCode, found } = await validated(directory);
  expect([exitCode, found.format, found.problem]).toEqual([
    0,
    'grader-problem-validation',
    'plane',
  ]);
  expect(found.mistakes.filter(({ isWarning }) => !isWarning)).toEqual([]);
  expect(found.data).toMatchObject({
    training: { rows: 20, shape: [2], targets: { labels: null } },
    heldOut: { rows: 20 },
    sharedRows: { exact: 0 },
  });
});

test('mistakes of every part are told in one answer, each with file, place and what to do', async () => {
  const directory = writeProblem(cwd, {
    'problem.json': definitionWith({
      ...{ passMark: 'three', colour: 'red', classes: ['a', 'b'], seriesRange: [0, 1] },
      task: 'regression',
      outputs: [{ shape: [2], description: 'the height' }],
      profiles: { strict: { ...strict, bars: bars(0.5, 0.4, 0.3, 0.2, 0.1) } },
    }).replace(/"sha256":"[0-9a-f]{8}/, '"sha256":"00000000'),
    'problem.ko.json': '{"A plane": 5}',
    'statement.md': null,
    'starter.ts': `import { defineRecipe } from 'grader';\nexport default defineRecipe({ modle: 1 });\n`,
  });
  const { exitCode, told, found } = await validated(directory);
  expect(exitCode).toBe(5);
  const expected = [
    /^problem.json \/: has the unknown property "colour"/,
    /^problem.json \/passMark: must be integer, got "three"/,
    /^problem.json \/classes: must be absent for task "regression"/,
    /^problem.json \/outputs\/0\/shape: must be one value, \[1\] for task "regression", got \[2\]/,
    /^problem.json \/seriesRange: must be absent for task "regression"/,
    /^problem.json \/profiles\/strict\/bars: must run from 5 points down to 1/,
    /^problem.json \/dataset\/variants\/0\/files\/0\/sha256: data\/points.csv has another SHA-256/,
    /^problem.ko.json \/A plane: must be string, got 5/,
    /^statement.md : is not there/,
    /^starter.ts : [^]*modle/,
  ];
  for (const line of expected) expect(told).toContainEqual(expect.stringMatching(line));
  const ofTask = found.mistakes.find(({ place }) => place === '/passMark');
  expect(ofTask?.position?.line).toBe(1);
});

test('data.ts is run although problem.json is wrong elsewhere', async () => {
  const data = `export async function prepare() {
    const part = (rows, dtype, bad) => ({
      inputs: { dtype: 'float32', shape: [rows, 2], data: new Float32Array(rows * 2).fill(bad) },
      targets: { dtype, shape: [rows, 1], data: new Float32Array(rows) },
    });
    return { training: part(4, 'float32', NaN), validation: part(2, 'int32', 1), heldOut: part(2, 'float32', 1), decoding: {}, notes: [] };
  }`;
  const directory = writeProblem(cwd, {
    'data.ts': null,
    'data.js': data,
    'statement.md': statement,
    'problem.json': definitionWith({ passMark: 9, vocabluary: 1 }),
  });
  const { exitCode, told } = await validated(directory);
  expect(exitCode).toBe(5);
  expect(told).toContainEqual(
    expect.stringMatching(
      /^data.ts : .*training inputs must be finite, got NaN.*; validation targets must be float32/,
    ),
  );
  expect(told).toContain('problem.json /passMark: must be <= 5, got 9');
});

test('data that teach nothing, share rows or let a constant pass are told', async () => {
  const data = `export async function prepare() {
    const part = (rows) => ({
      inputs: { dtype: 'float32', shape: [rows, 2], data: Float32Array.from({ length: rows * 2 }, (_, at) => at % 2 ? 7 : 500 * at) },
      targets: { dtype: 'float32', shape: [rows, 1], data: Float32Array.from({ length: rows }, (_, at) => at / 1000) },
    });
    return { training: part(20), validation: part(20), heldOut: part(20), decoding: {}, notes: [] };
  }`;
  const directory = writeProblem(cwd, {
    'data.ts': null,
    'data.js': data,
    'statement.md': statement,
  });
  const { exitCode, told } = await validated(directory);
  expect(exitCode).toBe(5);
  expect(told).toEqual([
    'problem.json /dataset/citation: says "none"',
    'problem.json /dataset/homepage: says "none"',
    'data.ts : inputs 1 have one value in all training rows',
    'data.ts : training inputs go from 0 to 19000',
    'data.ts : 20 of 20 held-out rows are in the training or validation part as well, and 0 nearly so',
    'data.ts : the held-out part has 20 rows',
    expect.stringMatching(
      /^problem.json \/profiles\/strict\/bars: a constant has .* and earns 5 of 5/,
    ),
  ]);
});

test('figures of a statement that are not those of problem.json are told with their line', async () => {
  const table =
    '| points | 5 | 4 | 3 | 2 | 1 |\n| --- | --- | --- | --- | --- | --- |\n| MAE | .1 | .2 | .35 | .4 | .5 |';
  const directory = writeProblem(cwd, {
    'statement.md': `# A plane\n\nInput \`[3]\`, output {{outputs}} of {{tresholds}}.\n\n${table}\n`,
    'problem.ko.json': '{"A plane": "평면", "A plan": "계획"}',
  });
  const { told } = await validated(directory);
  expect(told).toEqual(
    expect.arrayContaining([
      'statement.md : {{tresholds}} stands for nothing',
      'statement.md : names none of the input shapes [2]',
      'statement.md line 7: says 0.1, 0.2, 0.35, 0.4, 0.5 for 5 to 1 points, problem.json 0.1, 0.2, 0.3, 0.4, 0.5',
      'problem.ko.json : translates "A plan", which the package does not say',
    ]),
  );
});

test('a near miss of a name and a place in the text are told, and what is no JSON', async () => {
  const directory = writeProblem(cwd, { 'statement.md': statement });
  const file = join(directory, 'problem.json');
  const document = JSON.parse(readFileSync(file, 'utf8')) as Record<string, unknown>;
  const { passMark, ...others } = document;
  writeFileSync(file, JSON.stringify({ ...others, pasMark: passMark, task: 'regresion' }, null, 2));
  const first = await runGrader(['problem', 'validate', directory], { cwd, env });
  expect(first.exitCode).toBe(5);
  expect(first.stdout).toMatch(
    /error problem.json:\d+:3 \/task: must be one of .*got "regresion"\.\n {2}Is "regression" meant\?/,
  );
  expect(first.stdout).toContain('Is "passMark" meant?');
  expect(first.stdout).toMatch(/plane: not usable, \d+ errors/);
  writeFileSync(file, '{\n  "id": "plane",\n}');
  const { told, found } = await validated(directory);
  expect(told[0]).toMatch(/^problem.json : JSON has no comma after the last member/);
  expect(found.mistakes[0]?.position).toEqual({ line: 2, column: 16 });
});

test('thresholds beyond what a metric can be are unreachable', async () => {
  const profiles = { strict: { ...strict, inclusive: false, bars: bars(0, 0.1, 0.2, 0.3, 0.4) } };
  const directory = writeProblem(cwd, {
    'statement.md': statement,
    'problem.json': definitionWith({ profiles }),
  });
  const { told } = await validated(directory);
  expect(told).toContain(
    'problem.json /profiles/strict/bars/0/value: 5 points from 0 cannot be reached: mean absolute error is 0 at best',
  );
});
