import { expect, test } from '@jest/globals';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Failure } from '../../grader/contract.ts';
import { GraderError } from '../../grader/errors.ts';
import { metricIds } from '../../grader/metrics/metric.ts';
import type { LoadedProblem } from '../../grader/prepare/prepare.ts';
import { loadDefinition } from '../../problems/load-definition.ts';
import { findProblem, problems } from '../../problems/index.ts';
import { loadedProblem } from '../support/loaded-problem.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const ids = ['regression', 'fashion-mnist', 'image-augmentation', 'sarcasm', 'sunspots'];

test('there are five packages, in the order of their categories, each with its texts', () => {
  expect(problems.map(({ definition }) => definition.id)).toEqual(ids);
  expect(problems.map(({ definition }) => definition.category)).toEqual([1, 2, 3, 4, 5]);
  for (const { directory } of problems) {
    expect(readFileSync(join(directory, 'statement.md'), 'utf8')).toMatch(/^# /);
    expect(readFileSync(join(directory, 'starter.ts'), 'utf8')).toContain("from 'grader'");
  }
});

test('exactly those packages that say so can generate a sample', async () => {
  const loaded: LoadedProblem[] = [];
  for (const id of ids) loaded.push(await loadedProblem(id));
  const able = loaded.filter(({ code }) => code.sample !== undefined);
  expect(able).toEqual(loaded.filter(({ definition }) => definition.sample));
  expect(able).toHaveLength(3);
});

test('the statement names every strict bar', () => {
  for (const { directory, definition } of problems) {
    const statement = readFileSync(join(directory, 'statement.md'), 'utf8');
    for (const { value } of definition.profiles.strict.bars) {
      expect(statement).toMatch(new RegExp(`\\| ${String(value).replace(/^0/, '')}0* `));
    }
  }
});

test('an unknown problem is refused with the names there are and the nearest', () => {
  const failure = failureOf(() => findProblem('sunspot'));
  expect(failure).toMatchObject({
    fault: 'usage',
    message: `No problem "sunspot". Problems: ${ids.join(', ')}.`,
    help: 'Is "sunspots" meant?',
  });
  expect(failureOf(() => findProblem('horses')).help).toBeUndefined();
});

/** The failure of a package whose definition was changed. */
function broken(change: (definition: Record<string, never>) => unknown): Failure {
  const directory = join(temporaryFolder(), 'sunspots');
  mkdirSync(directory);
  const source = join(findProblem('sunspots').directory, 'problem.json');
  const definition = JSON.parse(readFileSync(source, 'utf8')) as Record<string, never>;
  const changed = change(definition) ?? definition;
  const text = typeof changed === 'string' ? changed : JSON.stringify(changed);
  writeFileSync(join(directory, 'problem.json'), text);
  const failure = failureOf(() => loadDefinition(directory));
  expect(failure).toMatchObject({ fault: 'package', code: 'problem-json' });
  expect(failure.message).toContain(`${join(directory, 'problem.json')}: `);
  return failure;
}

test('a package has its texts in other languages, or leaves them out', () => {
  const directory = join(temporaryFolder(), 'sunspots');
  mkdirSync(directory);
  const source = join(findProblem('sunspots').directory, 'problem.json');
  writeFileSync(join(directory, 'problem.json'), readFileSync(source));
  expect(loadDefinition(directory)).not.toHaveProperty('texts');
  const file = join(directory, 'problem.ko.json');
  writeFileSync(file, '{"Sunspots": "태양 흑점"}');
  expect(loadDefinition(directory).texts).toEqual({ ko: { Sunspots: '태양 흑점' } });
  writeFileSync(file, '{"Sunspots": 5}');
  const failure = failureOf(() => loadDefinition(directory));
  expect(failure).toMatchObject({ fault: 'package', code: 'problem-json' });
  expect(failure.message).toBe(`${file}: /Sunspots must be string, got 5.`);
});

const set = (path: string, value: unknown) => (definition: Record<string, never>) => {
  const keys = path.split('/');
  const last = keys.pop() ?? '';
  const owner = keys.reduce<Record<string, unknown>>(
    (object, key) => object[key] as Record<string, unknown>,
    definition,
  );
  owner[last] = value;
};

test.each([
  ['passMark', '3', '/passMark must be integer, got "3"'],
  ['passMark', 9, '/passMark must be <= 5, got 9'],
  [
    'task',
    'guess',
    '/task must be one of ["regression","multiclass","binary","forecast"], got "guess"',
  ],
  ['colour', 1, '/ has the unknown property "colour"'],
  [
    'dataset/variants/0/files/0/sha256',
    'abc',
    '/dataset/variants/0/files/0/sha256 must match pattern',
  ],
  [
    'dataset/variants/0/files/0/name',
    '../x',
    '/dataset/variants/0/files/0/name must match pattern',
  ],
  ['id', 'moonspots', '/id must be the folder\'s name "sunspots", got "moonspots"'],
  ['classes', ['a', 'b'], '/classes must be absent for task "forecast"'],
  ['metric/id', 'accuracy', '/metric/id "accuracy" does not fit task "forecast"'],
  ['profiles/strict/bars/1/value', 0.03, '/profiles/strict/bars must run from 5 points down to 1'],
  ['metric/id', 'f1', `/metric/id must be one of ${JSON.stringify(metricIds)}, got "f1"`],
  ['version', 0, '/version must be >= 1, got 0'],
  ['version', undefined, "/ must have required property 'version'"],
  ['vocabulary', { default: 9, maximum: 8 }, '/vocabulary/default must be <= 8, got 9'],
  ['profiles/strict', undefined, "/profiles must have required property 'strict'"],
])('a definition with %s as %j is refused with path, rule and what came', (path, value, words) => {
  expect(broken(set(path, value)).message).toContain(words);
});

test('a definition that is no JSON, or not there, is the fault of the package', () => {
  expect(broken(() => '{"id": ').message).toContain('JSON');
  const directory = join(temporaryFolder(), 'nothing');
  expect(existsSync(directory)).toBe(false);
  const failure = failureOf(() => loadDefinition(directory));
  expect([failure.fault, failure.message.includes('ENOENT')]).toEqual(['package', true]);
});

function failureOf(work: () => unknown): Failure {
  try {
    work();
  } catch (error) {
    if (error instanceof GraderError) return error.failure;
    throw error;
  }
  throw new Error('nothing was thrown');
}
