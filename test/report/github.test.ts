import { expect, test } from '@jest/globals';
import type { GradeReport } from '../../grader/contract.ts';
import { isBorderline } from '../../grader/report/borderline.ts';
import { githubAnnotations, githubSummary } from '../../grader/report/github.ts';
import { english } from '../../grader/words/en.ts';
import { korean } from '../../grader/words/ko.ts';
import { golden } from './golden.ts';
import { gradedAs, outcomesWith } from './outcomes.ts';

const hostile = 'a|b`c`<img src=x onerror=alert(1)>[x](https://evil.example) @octocat #1 *b*.ts';

function failed(file: string, message = 'x'): GradeReport {
  const report = golden('invalid');
  return {
    ...report,
    submission: { ...report.submission, file },
    failure: { fault: 'candidate', code: 'x', message },
  };
}

const outcomes = (reports: readonly GradeReport[]) =>
  outcomesWith({
    graded: reports.map((report) => ({ ...gradedAs('invalid'), report })),
    minPoints: 3,
  });

test('what is reached has no annotation, and what is not has one with its reason', () => {
  const { points } = golden('regression');
  expect(points).toBe(3);
  const made = [golden('regression'), failed('anna/x.ts', 'units must be a number.')];
  expect(githubAnnotations(outcomes(made), english)).toEqual([
    '::error title=anna/x.ts%3A 0/5::Invalid submission: units must be a number.',
  ]);
});

test.each([
  [10, 10, '1 more'],
  [200, 10, '191 more'],
])(
  '%i failures have %i annotations, of which the last says how many more',
  (count, shown, more) => {
    const many = Array.from({ length: count }, (_, at) => failed(`${at}.ts`));
    const lines = githubAnnotations(outcomes(many), english);
    expect(lines).toHaveLength(shown);
    expect(lines.at(-1)).toContain(more);
  },
);

test('what is skipped comes after what failed, as a warning', () => {
  const skipped = {
    handIn: null,
    name: 'a',
    problem: null,
    code: 'x',
    message: 'no',
    outcome: 'skipped',
  } as const;
  const all = { ...outcomes([failed('b')]), ungraded: [skipped] };
  const levels = githubAnnotations(all, english).map((line) => line.split(' ')[0]);
  expect(levels).toEqual(['::error', '::warning']);
});

test('a name and a message end neither the property nor the line', () => {
  const [line = ''] = githubAnnotations(
    outcomes([failed('a,file=b::c%0A\n::error::d', 'e%0D\r\nf')]),
    english,
  );
  expect(line).not.toMatch(/[\r\n]/);
  const [, properties, message] = /^::error ([^:]*)::(.*)$/.exec(line) ?? [];
  expect(properties?.split(',')).toHaveLength(1);
  expect(message).toContain('e%250D');
});

test('the summary is a table whose cells are nothing but text', () => {
  const text = githubSummary(outcomes([failed(hostile, hostile)]), english, 10_000);
  const row = text.trim().split('\n').at(-1) ?? '';
  // Five cells, whatever stands in them.
  expect(row.match(/\|/g)).toHaveLength(6);
  const inside = row.replace(/<\/?code>/g, '').replace(/&#\d+;/g, '');
  expect(inside).toMatch(/^[|❌\p{L}\p{N} ]*$/u);
  const decoded = row.replace(/&#(\d+);/g, (_, code) => String.fromCodePoint(Number(code)));
  expect(decoded).toContain(hostile);
});

test('both languages say how many reached the points', () => {
  const made = outcomes([golden('regression'), failed('x')]);
  expect(githubSummary(made, english, 10_000)).toContain('### 1 of 2 submissions reached 3 points');
  expect(githubSummary(made, korean, 10_000)).toContain('2개 가운데 1개');
});

test('a summary of thousands is cut below its size and says how many it leaves out', () => {
  const many = Array.from({ length: 3_000 }, (_, at) => failed(`${at}${'가'.repeat(100)}.ts`));
  const text = githubSummary(outcomes(many), english, 200_000);
  expect(Buffer.byteLength(text)).toBeLessThanOrEqual(200_000);
  const rows = text.split('\n').filter((line) => line.startsWith('| ❌')).length;
  expect(rows).toBeGreaterThan(100);
  expect(text).toContain(`${(3_000 - rows).toLocaleString('en-US')} more submissions`);
});

function near(report: GradeReport, chance: number): GradeReport {
  if (!report.score) throw new Error('no score');
  const points = [0, 0, 1 - chance, chance, 0, 0];
  return {
    ...report,
    score: { ...report.score, certainty: { ...report.score.certainty, points } },
  };
}

test('a trained score is borderline where resamples fall on both sides, one handed in by rounding', () => {
  const trained = golden('regression');
  expect(isBorderline(near(trained, 0.5), 3)).toBe(true);
  expect(isBorderline(near(trained, 0.99), 3)).toBe(false);
  const handedIn = golden('model-file');
  const { score } = handedIn;
  const bar = score?.bars.find(({ points }) => points === 3)?.value ?? 0;
  expect(isBorderline(near(handedIn, 0.5), 3)).toBe(false);
  if (!score) throw new Error('no score');
  expect(isBorderline({ ...handedIn, score: { ...score, value: bar * (1 + 1e-6) } }, 3)).toBe(true);
});
