import { expect, test } from '@jest/globals';
import type { GradeReport } from '../../grader/contract.ts';
import { renderHtml } from '../../grader/report/html.ts';
import { lastAttemptLines } from '../../grader/report/view/last-attempt.ts';
import { english } from '../../grader/words/en.ts';
import { golden } from './golden.ts';

function since(low: number, high: number): GradeReport {
  const report = golden('sunspots');
  const { score } = report;
  if (!score) throw new Error('no score');
  const difference = { value: (low + high) / 2, low, high, resamples: 2000, better: 0.8 };
  return {
    ...report,
    score: { ...score, difference: { ...difference, method: 'paired-block-bootstrap' } },
    lastAttempt: {
      ...{ startedAt: '2026-08-13T09:00:00Z', folder: 'sunspots-1', points: 4, value: 0.0412 },
      seed: report.environment.seed,
      changes: [
        { layer: 2, of: 'layers.dense', option: 'units', then: '64', now: '<b>128</b>' },
        { layer: 3, of: 'layers.dropout', option: null, then: null, now: 'layers.dropout()' },
      ],
    },
  };
}

test('what changed and whether it is better beyond chance stands before the findings', () => {
  const [first = '', ...changes] = lastAttemptLines(since(-0.003, -0.001), english);
  expect(first).toContain(
    'Last attempt, 2026-08-13 09:00:00 UTC: 4/5, mean absolute error 0.0412.',
  );
  expect(first).toContain('(95% interval −0.0030 to −0.0010): better beyond chance');
  expect(changes).toEqual([
    'layer 2, layers.dense units: 64 → <b>128</b>',
    'layer 3: + layers.dropout()',
  ]);
  const html = renderHtml(since(-0.003, -0.001));
  expect(html).toContain('<code>64</code> → <code>&lt;b&gt;128&lt;/b&gt;</code>');
  expect(html.indexOf('Since the last attempt')).toBeLessThan(html.indexOf('Result against'));
});

test('an interval around nothing is within chance, one above it is worse', () => {
  expect(lastAttemptLines(since(-0.001, 0.002), english)[0]).toContain(
    'within chance, better in 80%',
  );
  expect(lastAttemptLines(since(0.001, 0.002), english)[0]).toContain('worse beyond chance');
});

test('a first attempt, or one that was scored again, has nothing before it', () => {
  expect(lastAttemptLines(golden('sunspots'), english)).toEqual([]);
  expect(renderHtml(golden('sunspots'))).not.toContain('Since the last attempt');
});
