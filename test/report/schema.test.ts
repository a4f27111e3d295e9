import { expect, test } from '@jest/globals';
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { GradeReport } from '../../grader/contract.ts';
import { packageRoot } from '../../grader/package-root.ts';
import { checkReport } from '../../grader/report/schema.ts';
import { golden, goldenNames } from './golden.ts';

test.each(goldenNames)('the %s report follows the schema', (name) => {
  expect(checkReport(golden(name))).toEqual(golden(name));
});

test('the schemas are what `npm run schema` makes of the types', () => {
  // In a process of its own: the script is no TypeScript.
  const module = JSON.stringify(join(packageRoot, 'test/support/make-schema.js'));
  const code = `import(${module}).then(async (made) => process.stdout.write(JSON.stringify(await made.allSchemas())))`;
  const made = execFileSync(process.execPath, ['-e', code], { encoding: 'utf8' });
  const schemas = Object.entries(JSON.parse(made) as Record<string, string>);
  expect(schemas.length).toBeGreaterThan(1);
  for (const [path, text] of schemas) {
    expect(readFileSync(join(packageRoot, path), 'utf8')).toBe(text);
  }
});

test('a logged NaN follows the schema after it went through JSON', () => {
  const report = golden('regression');
  const history = [{ epoch: 1, seconds: 1, learningRate: 0.1, logs: { loss: NaN } }];
  const changed = { ...report, training: { ...report.training, history } };
  expect(() => checkReport(JSON.parse(JSON.stringify(changed)))).not.toThrow();
});

test.each<[string, (report: GradeReport) => object, string]>([
  ['six points', (report) => ({ ...report, points: 6 }), '/points must be <= 5'],
  [
    'another version',
    (report) => ({ ...report, version: 2 }),
    '/version must be equal to constant',
  ],
  ['a field nobody knows', (report) => ({ ...report, grade: 5 }), 'additional properties: grade'],
  [
    'a picture from elsewhere',
    (report) => ({ ...report, images: [{ row: 1, actual: 0, predicted: 1, dataUrl: 'x' }] }),
    '/images/0/dataUrl',
  ],
  ['a share above 1', withDetails({ accuracy: 1.5 }), '/score/details/accuracy must be <= 1'],
  ['a count that is none', withDetails({ confusion: [[0.5]] }), '/confusion/0/0 must be integer'],
  ['another metric', withMetric('mean'), '/problem/metric/id must be equal to one of'],
  ['no verdict', (report) => ({ ...report, verdict: undefined }), "required property 'verdict'"],
])('a report with %s is refused, with path and rule', (_, change, said) => {
  expect(() => checkReport(change(golden('regression')))).toThrow(said);
});

function withDetails(changed: object): (report: GradeReport) => object {
  const { score } = golden('fashion-mnist');
  return (report) => ({
    ...report,
    score: { ...score, details: { ...score?.details, ...changed } },
  });
}

function withMetric(id: string): (report: GradeReport) => object {
  return ({ problem, ...report }) => ({
    ...report,
    problem: { ...problem, metric: { ...problem.metric, id } },
  });
}
