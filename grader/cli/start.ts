import { writeFile } from 'node:fs/promises';
import { GraderError } from '../errors.ts';
import type { CliContext } from './context.ts';
import { languages } from '../words/words.ts';
import type { LanguageFlag } from './language-option.ts';
import { packageText } from './package-text.ts';
import { problemNamed, type ProblemsFlag } from './problems-option.ts';

export type StartFlags = ProblemsFlag & LanguageFlag;

interface Wanted {
  readonly problem: string;
  readonly file: string | undefined;
}

/** Writes a problem's starter, and says how it is graded. */
export async function start(
  wanted: Wanted,
  flags: StartFlags,
  { screen }: CliContext,
): Promise<void> {
  const problem = problemNamed(wanted.problem, flags);
  const { id } = problem.definition;
  const target = wanted.file ?? `${id}.ts`;
  await writeStarter(await packageText(problem, 'starter.ts', flags.lang), target);
  const option = flags.problems === undefined ? '' : ` --problems ${flags.problems}`;
  const grade = `grader grade ${id} ${target}${option}`;
  screen.print(languages[flags.lang].terminal.started(target, grade));
}

async function writeStarter(text: string, target: string): Promise<void> {
  try {
    await writeFile(target, text, { flag: 'wx' });
  } catch (cause) {
    const { code, message } = cause as NodeJS.ErrnoException;
    throw new GraderError(
      {
        fault: 'usage',
        code: 'start',
        message: code === 'EEXIST' ? `${target} is there already.` : `${target}: ${message}.`,
        help: 'Name another file: grader start <problem> <file>.',
      },
      { cause },
    );
  }
}
