import { writeFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { findProblem, problems } from '../../problems/index.ts';
import type { Exam } from '../contract.ts';
import { GraderError, usageError } from '../errors.ts';
import { newExam } from '../exam/new-exam.ts';
import { checkExam } from '../exam/read-exam.ts';
import { printable, shortened } from '../text/printable.ts';
import type { CliContext } from './context.ts';
import { problemsOf, type ProblemsFlag } from './problems-option.ts';

export interface NewFlags extends ProblemsFlag {
  readonly only?: readonly string[];
  readonly title?: string;
  readonly minutes: number;
  readonly attempts?: number;
  readonly counts: 'best' | 'last';
  readonly passMark: number;
  readonly results: 'at-once' | 'at-end';
  readonly seed?: number;
  readonly profile: 'strict' | 'exam';
  readonly supervisedBy?: string;
}

/** Writes an exam's file, which is not there yet, and says what is in it. */
export async function newExamFile(
  file: string,
  flags: NewFlags,
  { screen }: CliContext,
): Promise<void> {
  const all = problemsOf(flags);
  const chosen = flags.only?.map((id) => findProblem(id, all)) ?? problems;
  const id = basename(file, '.json').toLowerCase();
  const exam = newExam(chosen, { ...flags, id });
  checkExam(exam, file, all);
  await writeNew(file, `${JSON.stringify(exam, null, 2)}\n`);
  screen.print(`${printable(file)}: ${summary(exam)}`);
}

function summary({ problems: of, minutes, passMark, attempts }: Exam): string {
  const weights = of.map(({ id, weight }) => `${id} ${weight}`).join(', ');
  const time = minutes === null ? 'no time limit' : `${minutes} minutes`;
  const allowed = attempts.allowed === null ? 'any number of' : String(attempts.allowed);
  return `${weights}; ${time}, ${allowed} attempts at each, pass mark ${passMark} of 100.`;
}

async function writeNew(file: string, text: string): Promise<void> {
  try {
    await writeFile(file, text, { flag: 'wx' });
  } catch (cause) {
    const { code, message } = cause as NodeJS.ErrnoException;
    const path = shortened(file);
    if (code === 'EEXIST') {
      throw usageError('exam-exists', `${path} is there already.`, 'Name another file.');
    }
    const failure = {
      fault: 'machine',
      code: 'exam-not-written',
      message: `${path}: ${message}.`,
    } as const;
    throw new GraderError(failure, { cause });
  }
}
