import { expect, test } from '@jest/globals';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Exam } from '../../grader/contract.ts';
import { GraderError } from '../../grader/errors.ts';
import { newExam } from '../../grader/exam/new-exam.ts';
import { readExam } from '../../grader/exam/read-exam.ts';
import { problems } from '../../problems/index.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const exam = newExam(problems, { id: 'mock' });

async function toldOf(text: string): Promise<string> {
  const path = join(temporaryFolder(), 'exam.json');
  writeFileSync(path, text);
  const error: unknown = await readExam(path, problems).catch((caught: unknown) => caught);
  return error instanceof GraderError ? `${error.failure.code} ${error.message}` : 'read';
}
const changed = (changes: Partial<Record<keyof Exam, unknown>> & Record<string, unknown>) =>
  toldOf(JSON.stringify({ ...exam, ...changes }));

test('a new exam has weights that rise and add up to 100, and can be read', async () => {
  expect(exam.problems.map(({ weight }) => weight)).toEqual([10, 15, 20, 25, 30]);
  for (const count of [1, 2, 3, 4]) {
    const some = newExam(problems.slice(0, count), { id: 'mock' }).problems;
    expect(some.reduce((sum, { weight }) => sum + weight, 0)).toBe(100);
  }
  expect(exam).toMatchObject({ passMark: 90, minutes: 300, attempts: { allowed: null } });
  expect(await toldOf(JSON.stringify(exam))).toBe('read');
});

test('all that is wrong in an exam is told at once, with its place', async () => {
  const told = await changed({ passMark: 101, minutes: 0, attempts: { allowed: 0 }, extra: 1 });
  for (const part of [
    'exam-file ',
    '/passMark must be <= 100; it is 101',
    '/minutes must be > 0',
    '/attempts/allowed must be >= 1',
    "/attempts must have required property 'counts'",
    '/ has a "extra", which no exam has',
  ]) {
    expect(told).toContain(part);
  }
  const twice = await changed({
    profile: 'exam',
    problems: [
      { id: 'sunspots', weight: 30 },
      { id: 'sunspots', weight: 30 },
      { id: 'moon', weight: 30 },
      { id: 'sarcasm', weight: 5 },
    ],
  });
  expect(twice).toContain('the weights add up to 95, not 100');
  expect(twice).toContain('/problems/1/id: "sunspots" is there twice');
  expect(twice).toContain('there is no problem "moon". Problems: regression');
  expect(twice).toContain('/profile: sarcasm has no profile "exam"');
});

test('hostile files are refused in words', async () => {
  expect(await toldOf('{')).toContain('is no JSON');
  expect(await toldOf('[]')).toContain('/ must be object');
  expect(await toldOf('null')).toContain('exam-file');
  expect(await toldOf(' '.repeat(2 ** 20 + 1))).toContain('too large');
  expect(await changed({ id: '../../etc' })).toContain('/id must match pattern');
  expect(await changed({ title: 'x\u001b[2Jy', version: 2 })).not.toContain('\u001b');
  expect(await changed({ ['\u001b[31m']: 1 })).not.toContain('\u001b');
  expect(await toldOf(JSON.stringify(exam).replace('{', '{"__proto__":{"x":1},'))).toContain(
    '__proto__',
  );
  const folder = await readExam(temporaryFolder(), problems).catch((error: unknown) => error);
  expect(folder).toMatchObject({ failure: { code: 'exam-file' } });
});
