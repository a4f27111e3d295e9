import { expect, test } from '@jest/globals';
import { parse } from 'csv-parse/sync';
import type { Roster, RosterRow } from '../../grader/contract/hand-in.ts';
import { canvas } from '../../grader/report/canvas.ts';
import type { Outcomes } from '../../grader/report/export-format.ts';
import { candidate, gradedAs, handedIn, hostile, outcomesWith } from './outcomes.ts';

interface Imported {
  readonly assignments: readonly { readonly title: string; readonly id: number | null }[];
  readonly possible: readonly string[];
  readonly grades: ReadonlyMap<string, readonly string[]>;
}

const notAssignments = /(Current|Final|Override) (Score|Points|Grade|Status)/;

/**
 * Reads as canvas-lms lib/gradebook_importer.rb does (header?, update_column_count, parse_assignments,
 * check_for_non_student_row, identify_delimiter); throws its "Invalid header row".
 */
function imported(text: string): Imported {
  const sizes = [';', ','].map((delimiter) => fieldsOf(text, delimiter));
  const delimiter = (sizes[0] ?? 0) > (sizes[1] ?? 0) ? ';' : ',';
  const [head = [], ...rows] = parse(text, { delimiter });
  const isParted = head[0] === 'LastName' && head[1] === 'FirstName';
  if (!isParted && !(head[0]?.includes('Student') && head[1]?.includes('ID'))) {
    throw new Error('Invalid header row');
  }
  const names = isParted ? 4 : 3;
  const isIn = (at: number, name: string) => head[at]?.includes(name) ?? false;
  const both = isIn(names - 1, 'SIS User ID') && isIn(names, 'SIS Login ID');
  const more = both ? 2 + Number(isIn(names + 1, 'Integration ID')) : 0;
  const students = names + (isIn(names - 1, 'SIS Login ID') ? 1 : more);
  if (!isIn(students - 1, 'Section')) throw new Error('Invalid header row');
  const found = head.flatMap((name, at) =>
    at < students || notAssignments.test(name) ? [] : [{ name, at: head.indexOf(name) }],
  );
  const of = (row: readonly string[]) => found.map(({ at }) => (row[at] ?? '').trim());
  const isOfPoints = (row: readonly string[]) => row[0]?.includes('Points Possible') ?? false;
  return {
    assignments: found.map(({ name }) => {
      const [, title = name, id] = /^(.*)\s\((\d+)\)$/.exec(name) ?? [];
      return { title, id: id === undefined ? null : Number(id) };
    }),
    possible: of(rows.find(isOfPoints) ?? []),
    grades: new Map(
      rows.filter((row) => !isOfPoints(row)).map((row) => [row[isParted ? 2 : 1] ?? '', of(row)]),
    ),
  };
}

const anna = candidate('김, 안나', { platformId: '11' });
const ben = candidate('Ben', { platformId: '12' });
const cho = candidate('Cho', { platformId: '13' });

/** How many fields each of the first lines has; 0 where they differ or are malformed. */
function fieldsOf(text: string, delimiter: string): number {
  try {
    const lines = text.split('\n').slice(0, 3).join('\n');
    const rows = parse(lines, { delimiter, relax_column_count: true });
    return new Set(rows.map(({ length }) => length)).size === 1 ? (rows[0]?.length ?? 0) : 0;
  } catch {
    return 0;
  }
}

const row = (cells: readonly string[], whose: RosterRow['candidate'] = null): RosterRow => ({
  cells,
  candidate: whose,
});

const gradebook: Roster = {
  kind: 'canvas',
  delimiter: ',',
  header: [
    ...['Student', 'ID', 'SIS User ID', 'SIS Login ID', 'Section', 'Essay (7)'],
    ...['Week 3: Regression (8)', 'Final Score'],
  ],
  rows: [
    row(['    Points Possible', '', '', '', '', '10', '100', '(read only)']),
    row(['김, 안나', '11', '0042', 'anna', 'A', '3', '', '30'], anna),
    row(['Ben', '12', '', 'ben', 'A', '', '55', ''], ben),
    row(['Cho', '13', '', 'cho', 'A', '', '', ''], cho),
    row(['Student, Test', '99', '', 'x', 'A', '', '', '']),
  ],
};

const regression = gradedAs('regression');
const whole: Partial<Outcomes> = {
  roster: gradebook,
  problems: [regression.report.problem, gradedAs('sunspots').report.problem],
  graded: [
    { ...regression, handIn: handedIn(anna) },
    { ...gradedAs('interrupted'), handIn: handedIn(ben) },
  ],
  absent: [cho],
};

test('grades are on the scale of the assignment; what was not judged or handed in is empty', () => {
  const book = imported(canvas.render(outcomesWith(whole)));
  const { title } = gradedAs('sunspots').report.problem;
  expect(book.assignments).toEqual([
    { title: 'Week 3: Regression', id: 8 },
    { title, id: null },
  ]);
  expect(book.possible).toEqual(['100', '5']);
  expect(Object.fromEntries(book.grades)).toEqual({
    ...{ 11: ['60', ''], 12: ['', ''], 13: ['', ''], 99: ['', ''] },
  });
});

test('students stand as they came: columns, order, delimiter, commas in names', () => {
  const roster = { ...gradebook, delimiter: ';' as const };
  const text = canvas.render(outcomesWith({ ...whole, roster }));
  const [head, , first] = parse(text, { delimiter: ';' });
  expect(head?.slice(0, 6)).toEqual([...gradebook.header.slice(0, 5), 'Week 3: Regression (8)']);
  expect(first?.slice(0, 5)).toEqual(['김, 안나', '11', '0042', 'anna', 'A']);
  expect(imported(text).grades.get('11')).toEqual(['60', '']);
});

test('parted names, an integration ID and a gradebook without points are taken', () => {
  const header = [
    ...['LastName', 'FirstName', 'ID', 'SIS User ID', 'SIS Login ID', 'Integration ID', 'Section'],
  ];
  const rows = [row(['김', '안나', '11', '', 'anna', '', 'A'], anna)];
  const roster: Roster = { ...gradebook, header, rows };
  const book = imported(canvas.render(outcomesWith({ ...whole, roster })));
  expect(book.possible).toEqual(['5', '5']);
  expect(book.grades.get('11')).toEqual(['3', '']);
});

test('a class that is not graded to its end has points for what was', () => {
  const graded = [regression, { ...regression, report: { ...regression.report, points: null } }];
  const outcomes = {
    ...whole,
    graded: graded.map((each) => ({ ...each, handIn: handedIn(anna) })),
  };
  expect(imported(canvas.render(outcomesWith(outcomes))).grades.get('11')).toEqual(['60', '']);
});

test.each([
  [null, '--canvas needs --roster'],
  [{ ...gradebook, kind: 'list' as const }, "needs Canvas's own gradebook"],
])('without that gradebook it is refused before anything is graded', (roster, message) => {
  expect(() => {
    canvas.check(roster);
  }).toThrow(message);
});

test('two assignments of one problem are refused: grades would go to the wrong one', () => {
  const roster = { ...gradebook, header: [...gradebook.header, 'Regression, again (9)'] };
  expect(() => canvas.render(outcomesWith({ ...whole, roster }))).toThrow('both mean regression');
});

test.each(hostile)('no name can run or break the table: %#', (name) => {
  const rows = [row([name, '11', '', '', name], anna)];
  const text = canvas.render(outcomesWith({ ...whole, roster: { ...gradebook, rows } }));
  const [, , line = []] = parse(text);
  expect(line[0]).not.toMatch(/^=/);
  expect(line.slice(5)).toEqual(['3', '']);
});
