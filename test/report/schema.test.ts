import { expect, test } from '@jest/globals';
import type { GradeReport } from '../../grader/contract.ts';
import { checkReport } from '../../grader/report/schema.ts';
import { golden, goldenNames } from './golden.ts';

test.each(goldenNames)('the %s report follows the schema', (name) => {
  expect(checkReport(golden(name))).toEqual(golden(name));
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
  ['no verdict', (report) => ({ ...report, verdict: undefined }), "required property 'verdict'"],
])('a report with %s is refused, with path and rule', (_, change, said) => {
  expect(() => checkReport(change(golden('regression')))).toThrow(said);
});
