import { expect, test } from '@jest/globals';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { arrivalOf, readDeadline, tellTimes } from '../../grader/classes/deadline.ts';
import { rosterMatcher } from '../../grader/classes/match-roster.ts';
import { readRoster } from '../../grader/classes/roster.ts';
import { readBudget } from '../../grader/classes/time-budget.ts';
import { whoseFiles } from '../../grader/classes/whose.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

function roster(text: string | Uint8Array) {
  const path = join(temporaryFolder(), 'roster.csv');
  writeFileSync(path, text);
  return readRoster(path);
}

const names = (text: string | Uint8Array) =>
  roster(text).rows.map(({ candidate }) => candidate?.name ?? null);

const canvas = `\ufeffStudent,ID,SIS User ID,SIS Login ID,Section,Sunspots (77)
    Points Possible,,,,,5
"Lee, Anna",12,s12,annal,One,
"Müller, Bob",13,s13,bobm,One,4
"Student, Test",99,,abcdef,One,
`;

test("Canvas's gradebook: rows of nobody stay, and are nobody", () => {
  const read = roster(canvas);
  expect(read).toMatchObject({ kind: 'canvas', delimiter: ',' });
  expect(names(canvas)).toEqual([null, 'Lee, Anna', 'Müller, Bob', null]);
  expect(read.rows[1]?.candidate).toEqual({
    ...{ key: 'canvas-12', name: 'Lee, Anna', platformId: '12', email: null },
    ...{ idNumber: 's12', login: 'annal' },
  });
  expect(read.rows[0]?.cells[0]).toBe('    Points Possible');
  const parted = 'LastName;FirstName;ID;SIS User ID;SIS Login ID;Section\nLee;Anna;12;s;l;One\n';
  expect(roster(parted)).toMatchObject({ kind: 'canvas', delimiter: ';' });
  expect(names(parted)).toEqual(['Anna Lee']);
});

test("Moodle's worksheet, in English and in Korean, and its list of participants", () => {
  const english =
    'Identifier,Full name,Email address,Status,Grade\r\nParticipant 7,Anna Lee,a@x.org,,\r\n';
  expect(roster(english).kind).toBe('moodle');
  expect(roster(english).rows[0]?.candidate).toMatchObject({ key: 'moodle-7', email: 'a@x.org' });
  const korean = '식별자\t성명\t이메일 주소\t상태\n참가자 7\t김 철수\tk@x.org\t\n';
  expect(roster(korean)).toMatchObject({ kind: 'moodle', delimiter: '\t' });
  expect(names(korean)).toEqual(['김 철수']);
  const hidden = 'Identifier,Status,Grade\nParticipant 7,,\n';
  expect(() => roster(hidden)).toThrow('Its titles: Identifier, Status, Grade.');
  const list = 'First name,Last name,ID number,Email address\nAnna,Lee,S1,a@x.org\n';
  expect(roster(list).kind).toBe('list');
  expect(names(list)).toEqual(['Anna Lee']);
  expect(names('성,이름,학번\n김,철수,2026\n')).toEqual(['철수 김']);
});

test('other encodings and separators', () => {
  expect(names('sep=;\nname;email\nAnna;a@x.org\n')).toEqual(['Anna']);
  expect(names('"name","email"\n"Lee, ""A"" Anna\nMay",a@x.org\n')).toEqual(['Lee, "A" Anna\nMay']);
  expect(
    names(Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from('name\n철수\n', 'utf16le')])),
  ).toEqual(['철수']);
  const swapped = Buffer.from('\ufeffname\n철수\n', 'utf16le').swap16();
  expect(names(swapped)).toEqual(['철수']);
  expect(names('\r\n\r\nname;email\r\n\r\nAnna;a@x.org\r\n')).toEqual(['Anna']);
  expect(names(Buffer.from('name\n\xb0\xa1\xb3\xaa\n', 'latin1'))).toEqual(['가나']);
});

test.each([
  ['name,email\nAnna,a@x.org\nBob,b@x.org,more\n', 'line 3 has 3 cells; the header has 2.'],
  ['name\n"Anna\n', 'Quote Not Closed'],
  ['name\n', 'it has no rows.'],
  ['', 'it has no rows.'],
  ['a,b\n1,2\n', 'Its titles: a, b.'],
  ['PK\x03\x04', 'save it as CSV'],
  ['Student,ID,Section\nA,1,x\nB,1,x\n', 'two rows have the id of B.'],
])('what cannot be used is said: %j', (text, message) => {
  expect(() => roster(text)).toThrow(message);
});

const list = `name,email,login,id number
Anna Lee,anna@x.org,alee,S1
Müller Bob,bob@x.org,,S2
김 철수,kim@x.org,,S3
Twin One,t1@x.org,,S4
Twin One,t2@x.org,,S5
`;

test.each([
  ['Anna Lee', 'Anna Lee'],
  ['lee anna', 'Anna Lee'],
  ['leeanna', 'Anna Lee'],
  ['ALEE', 'Anna Lee'],
  ['s1', 'Anna Lee'],
  ['anna@x.org', 'Anna Lee'],
  ['bob muller', 'Müller Bob'],
  ['김철수'.normalize('NFD'), '김 철수'],
  ['Group A-Anna Lee', 'Anna Lee'],
  ['Eve', 0],
  ['', 0],
  ['Twin One', 2],
  ['S4', 'Twin One'],
])('%s is %s on the roster', (name, expected) => {
  const unknown = { platformId: null, email: null, idNumber: null, login: null };
  const match = rosterMatcher(roster(list));
  const found = match({ candidate: { key: `name-${name}`, name, ...unknown }, rest: '' });
  const is = found.candidate === null ? found.among.length : found.candidate.name;
  expect(is).toBe(expected);
});

test('of two who are called the same none is taken for the one that is listed', () => {
  const paths = ['12', '13'].map((id) => [`Anna Lee_${id}_assignsubmission_file_`, 'sunspots.ts']);
  const whose = whoseFiles(paths, ['sunspots']);
  const match = rosterMatcher(roster(list));
  for (const path of paths) {
    const found = match({ candidate: whose(path).candidate, rest: '' });
    expect(found).toMatchObject({ candidate: null, among: [{ name: 'Anna Lee' }] });
  }
});

test("a platform's id counts before a name, and a file's name tells where nothing else does", () => {
  const match = rosterMatcher(roster(canvas));
  const unknown = { email: null, idNumber: null, login: null };
  const anna = { key: 'canvas-13', name: 'leeanna', platformId: '13', ...unknown };
  expect(match({ candidate: anna, rest: '' }).candidate?.name).toBe('Müller, Bob');
  expect(match({ candidate: null, rest: 'annal final' }).candidate?.name).toBe('Lee, Anna');
  expect(match({ candidate: null, rest: 'final' }).candidate).toBeNull();
});

test('deadlines with a zone and without, and times that are none', () => {
  expect(readDeadline('2026-11-30T18:00+09:00')).toEqual({
    at: Date.UTC(2026, 10, 30, 9),
    isLocal: false,
  });
  expect(readDeadline('2026-11-30 09:00:30Z').at).toBe(Date.UTC(2026, 10, 30, 9, 0, 30));
  expect(readDeadline('2026-11-30T18:00')).toEqual({
    at: new Date(2026, 10, 30, 18).getTime(),
    isLocal: true,
  });
  expect(readDeadline('2026-11-30').at).toBe(new Date(2026, 11, 1).getTime() - 1);
  for (const text of ['tomorrow', '2026-02-30', '2026-13-01', '2026-11-30T25:00', '']) {
    expect(() => readDeadline(text)).toThrow('is no time');
  }
});

test("Canvas's mark counts before times, and times of one download tell nothing", () => {
  const at = Date.UTC(2026, 0, 1);
  const came = (minutes: number) => ({ changedAt: at + minutes * 60_000, isMarkedLate: null });
  expect(tellTimes([came(0), came(1)])).toBe(false);
  expect(tellTimes([came(0), came(10)])).toBe(true);
  const deadline = { at, isLocal: false };
  expect(arrivalOf(came(1), { deadline, isTold: true })).toEqual({
    ...{ at: '2026-01-01T00:01:00.000Z', isLate: true },
  });
  expect(arrivalOf(came(0), { deadline, isTold: true }).isLate).toBe(false);
  expect(arrivalOf(came(1), { deadline: null, isTold: true }).isLate).toBeNull();
  expect(arrivalOf(came(1), { deadline, isTold: false })).toEqual({ at: null, isLate: null });
  const marked = { changedAt: at + 1, isMarkedLate: false };
  expect(arrivalOf(marked, { deadline, isTold: true })).toEqual({ at: null, isLate: false });
});

test.each([
  ['5400', 5400],
  ['90m', 5400],
  ['1.5h', 5400],
  ['2 h', 7200],
  ['10s', 10],
])('a budget of %s', (text, seconds) => {
  expect(readBudget(text)).toBe(seconds);
});

test.each(['', '0', '-1', '2d', 'h'])('no budget: %j', (text) => {
  expect(() => readBudget(text)).toThrow('is no time budget');
});
