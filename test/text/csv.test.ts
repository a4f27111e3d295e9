import { expect, test } from '@jest/globals';
import { csvText } from '../../grader/text/csv.ts';

test('texts stand in quotes, numbers and what is missing do not; lines end as RFC 4180 has it', () => {
  expect(
    csvText(
      ['row', 'text'],
      [
        [1, 'a, "b"'],
        [-2.5, 'two\nlines'],
        [null, ''],
      ],
    ),
  ).toBe('"row","text"\r\n1,"a, ""b"""\r\n-2.5,"two\nlines"\r\n,""\r\n');
});

test.each(['=1+1', '+1+1', '-A1', '--1', '@SUM(A1)', '  =1', '\t=1', '\rx', '＝1', '\u200b=cmd()'])(
  'a text like a formula is inert in a spreadsheet: %j',
  (text) => {
    expect(csvText([], [[text]])).toBe(`\r\n"'${text}"\r\n`);
  },
);

test('a number in single precision has the digits that tell it from the others', () => {
  const line = [Math.fround(46.6), Math.fround(1 / 3), 0.1, 5, Math.fround(1e-8), NaN, Infinity];
  expect(csvText([], [line])).toBe('\r\n46.6,0.33333334,0.1,5,1e-8,,\r\n');
});

test('a text that is a number, or a dash alone, is left as it is', () => {
  expect(csvText([], [['-', '-1.5', '+82', '12,5']])).toBe('\r\n"-","-1.5","+82","12,5"\r\n');
});

test('another delimiter, and the mark by which spreadsheets read UTF-8', () => {
  expect(csvText(['이름'], [['a;b']], { delimiter: ';', bom: true })).toBe(
    '\ufeff"이름"\r\n"a;b"\r\n',
  );
});
