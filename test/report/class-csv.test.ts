import { expect, test } from '@jest/globals';
import { parse } from 'csv-parse/sync';
import type { Candidate } from '../../grader/contract/hand-in.ts';
import { csv } from '../../grader/report/class-csv.ts';
import type { Outcomes } from '../../grader/report/export-format.ts';
import { candidate, gradedAs, handedIn, hostile, outcomesWith } from './outcomes.ts';

type Row = Record<string, string>;

function rowsOf(known: Partial<Outcomes>): Row[] {
  const text = csv.render(outcomesWith(known));
  expect(text.startsWith('\ufeff')).toBe(true);
  return parse<Row>(text, { columns: true, bom: true, record_delimiter: '\r\n' });
}

const anna: Candidate = candidate('김안나', { email: 'anna@example.org', idNumber: '0042' });

test('every submission has a row, in the columns of the format', () => {
  const handIn = { ...handedIn(anna), at: '2026-11-20T10:00:00.000Z', isLate: true };
  const [row] = rowsOf({ graded: [{ ...gradedAs('regression'), handIn }] });
  const { report } = gradedAs('regression');
  expect(row).toEqual({
    ...{ candidate: '김안나', email: 'anna@example.org', idnumber: '0042', problem: 'regression' },
    ...{ points: '3', max_points: '5', metric: String(report.score?.value) },
    se: String(report.score?.standardError),
    ...{ attempts: '1', best_attempt: 'true', submitted_at: handIn.at, late: 'true' },
    ...{ graded_at: report.finishedAt, verdict: report.verdict, counts: 'true' },
    ...{ file_sha256: report.submission.sha256, grader: report.environment.grader },
    report: 'results/regression/report.html',
  });
});

test('of several the best is marked; what was not judged has no points; who is absent has a row', () => {
  const best = { ...gradedAs('regression'), handIn: handedIn(anna) };
  const refused = { ...best, report: { ...best.report, points: 0 as const } };
  const unjudged = { ...best, report: { ...best.report, points: null } };
  const rows = rowsOf({ graded: [refused, best, unjudged], absent: [candidate('Ben')] });
  expect(rows.map(({ points, best_attempt: mark }) => [points, mark])).toEqual([
    ['0', 'false'],
    ['3', 'true'],
    ['', 'false'],
    ['', ''],
  ]);
  expect(rows.map(({ attempts }) => attempts)).toEqual(['3', '3', '3', '']);
  expect(rows[3]).toMatchObject({ candidate: 'Ben', verdict: 'absent', problem: '' });
});

test('what may be a submission and was not graded has a row, a README has none', () => {
  const one = { problem: null, handIn: handedIn(anna), code: 'not-graded', message: '' };
  const ungraded = [
    { ...one, name: 'model.h5', outcome: 'failure' as const },
    { ...one, name: 'README.md', outcome: 'skipped' as const },
    { ...one, name: 'late.h5', outcome: 'skipped' as const, code: 'time-budget' },
  ];
  expect(rowsOf({ ungraded })).toMatchObject([
    { candidate: '김안나', verdict: 'not-graded' },
    { candidate: '김안나', verdict: 'time-budget' },
  ]);
});

test.each([...hostile, '＝1+1', '@SUM(A1)', '-A1', '+cmd'])('no cell can run: %#', (name) => {
  const graded = [{ ...gradedAs('regression'), handIn: handedIn(candidate(name)) }];
  const [row] = rowsOf({ graded });
  for (const cell of Object.values(row ?? {})) {
    expect(cell).not.toMatch(/^[\s\p{Cc}\p{Cf}]*[=+@＝＋＠]|[\p{Cc}\p{Cs}]/u);
  }
});
