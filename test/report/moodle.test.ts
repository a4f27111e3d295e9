import { expect, test } from '@jest/globals';
import { parse } from 'csv-parse/sync';
import type { Roster } from '../../grader/contract/hand-in.ts';
import { moodle } from '../../grader/report/moodle.ts';
import type { Outcomes } from '../../grader/report/export-format.ts';
import { candidate, gradedAs, handedIn, hostile, outcomesWith } from './outcomes.ts';

const languages = {
  en: {
    grade: 'Grade',
    id: 'Identifier',
    modified: 'Last modified (grade)',
    user: 'Participant ',
    feedback: 'Feedback comments',
  },
  ko: {
    grade: '성적',
    id: '식별자',
    modified: '마지막 수정됨(성적)',
    user: '참가자',
    feedback: '피드백 코멘트',
  },
} as const;

/** Reads as Moodle's importgradeslib.php and process_import_grades of its offline feedback do. */
function imported(text: string, site: keyof typeof languages) {
  const names = languages[site];
  const [head = [], ...rows] = parse(text, { bom: true });
  const [id, grade, modified, feedback] = [
    names.id,
    names.grade,
    names.modified,
    names.feedback,
  ].map((name) => head.indexOf(name)) as [number, number, number, number];
  if (Math.min(id, grade, modified) < 0) throw new Error('invalidgradeimport');
  return rows.map((row) => ({
    id: Number((row[id] ?? '').slice(names.user.length)),
    grade: row[grade] === '' ? null : Number((row[grade] ?? '').replace(',', '.')),
    modified: row[modified],
    feedback: row[feedback],
  }));
}

const [anna, ben, cho] = ['김안나', 'Ben', 'Cho'].map((name) => candidate(name)) as [
  ReturnType<typeof candidate>,
  ReturnType<typeof candidate>,
  ReturnType<typeof candidate>,
];

function worksheet(site: keyof typeof languages, maximum = '100.00'): Roster {
  const names = languages[site];
  const isKorean = site === 'ko';
  const header = [
    ...[names.id, isKorean ? '성명' : 'Full name', 'Email address', 'Status', names.grade],
    isKorean ? '최대 성적' : 'Maximum Grade',
    isKorean ? '성적을 바꿀 수 있음' : 'Grade can be changed',
    isKorean ? '마지막 수정됨(제출)' : 'Last modified (submission)',
    ...[names.modified, names.feedback],
  ];
  const rowOf = (whose: ReturnType<typeof candidate>, id: number, grade: string) => ({
    candidate: whose,
    cells: [
      ...[`${names.user}${id}`, whose.name, 'a@example.org', 'Submitted for grading', grade],
      ...[maximum, 'Yes', 'Friday, 20 November 2026, 10:00 AM', '-', 'see me'],
    ],
  });
  const rows = [rowOf(anna, 123, ''), rowOf(ben, 124, '40.00'), rowOf(cho, 125, '')];
  return { kind: 'moodle', delimiter: ',', header, rows };
}

const regression = gradedAs('regression');
const whole: Partial<Outcomes> = {
  problems: [regression.report.problem],
  graded: [
    { ...regression, handIn: handedIn(anna) },
    { ...gradedAs('interrupted'), handIn: handedIn(ben) },
  ],
  absent: [cho],
};

test.each(['en', 'ko'] as const)('a worksheet of a site in %s comes back filled in', (site) => {
  const roster = worksheet(site);
  const text = moodle.render(outcomesWith({ ...whole, roster }));
  const [head, ...rows] = parse(text, { bom: true });
  expect(head).toEqual(roster.header);
  expect(rows.slice(1)).toEqual(roster.rows.slice(1).map(({ cells }) => cells));
  expect(imported(text, site)).toEqual([
    { id: 123, grade: 60, modified: '-', feedback: expect.stringMatching(/^regression: 3\/5 \(/) },
    { id: 124, grade: 40, modified: '-', feedback: 'see me' },
    { id: 125, grade: null, modified: '-', feedback: 'see me' },
  ]);
});

test('the scale and the decimal mark are those of the worksheet', () => {
  const roster = worksheet('en', '12,50');
  const [, row] = parse(moodle.render(outcomesWith({ ...whole, roster })), { bom: true });
  expect(row?.[4]).toBe('7,50');
});

test('several problems share the grade; one that was not handed in has no points', () => {
  const problems = [regression.report.problem, gradedAs('sunspots').report.problem];
  const outcomes = outcomesWith({ ...whole, problems, roster: worksheet('en') });
  const [first] = imported(moodle.render(outcomes), 'en');
  expect(first).toMatchObject({
    grade: 30,
    feedback: expect.stringContaining('; sunspots: 0/5 (not handed in)'),
  });
});

test('who has something that was not judged keeps the row that came', () => {
  const left = { problem: null, name: 'x.zip', outcome: 'failure', code: 'archive', message: '' };
  const ungraded = [{ ...left, outcome: 'failure' as const, handIn: handedIn(anna) }];
  const outcomes = outcomesWith({ ...whole, ungraded, roster: worksheet('en') });
  expect(imported(moodle.render(outcomes), 'en')[0]).toMatchObject({ grade: null });
});

test('in a language that is not known the grade stands before its maximum', () => {
  const roster = worksheet('en');
  const header = roster.header.map((_, at) => `Spalte ${at}`);
  const text = moodle.render(outcomesWith({ ...whole, roster: { ...roster, header } }));
  expect(parse(text, { bom: true })[1]?.[4]).toBe('60.00');
});

test.each([
  [null, '--moodle needs --roster'],
  [{ ...worksheet('en'), kind: 'list' as const }, "needs Moodle's own grading worksheet"],
])('without that worksheet it is refused before anything is graded', (roster, message) => {
  expect(() => {
    moodle.check(roster);
  }).toThrow(message);
});

test.each(hostile)(
  'what a candidate wrote can neither run nor stand in the comment: %#',
  (text) => {
    const { report } = regression;
    const failure = { fault: 'candidate', code: 'syntax', message: text } as const;
    const named = { ...report, failure, submission: { ...report.submission, file: text } };
    const graded = [{ ...regression, report: named, name: text, handIn: handedIn(anna) }];
    const roster = worksheet('en');
    const rows = roster.rows.map((row) => ({
      ...row,
      cells: row.cells.map((cell, at) => (at === 1 ? text : cell)),
    }));
    const outcomes = outcomesWith({ ...whole, graded, roster: { ...roster, rows } });
    const [, row = []] = parse(moodle.render(outcomes), { bom: true });
    expect(row[1]).not.toMatch(/^=/);
    expect(row[9]).toBe('regression: 3/5 (syntax)');
  },
);
