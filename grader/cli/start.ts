import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { GraderError, usageError } from '../errors.ts';
import type { CliContext } from './context.ts';
import { languages } from '../words/words.ts';
import type { LanguageFlag } from './language-option.ts';
import { packageText } from './package-text.ts';
import { problemNamed, type ProblemsFlag } from './problems-option.ts';

export interface StartFlags extends ProblemsFlag, LanguageFlag {
  readonly python?: true;
}

interface Wanted {
  readonly problem: string;
  readonly file: string | undefined;
}

/** Writes a problem's starter, and says how it is used. */
export async function start(
  wanted: Wanted,
  flags: StartFlags,
  { screen }: CliContext,
): Promise<void> {
  const problem = problemNamed(wanted.problem, flags);
  const { id } = problem.definition;
  const name = flags.python ? 'starter.py' : 'starter.ts';
  if (flags.python && !existsSync(join(problem.directory, name))) throw noScript(id);
  const target = wanted.file ?? id + extname(name);
  await writeStarter(await packageText(problem, name, flags.lang), target);
  const option = flags.problems === undefined ? '' : ` --problems ${flags.problems}`;
  const commands = flags.python
    ? [
        `grader data export ${id} ${id}-data${option}`,
        `python ${target}`,
        `grader grade ${id} ${id}.keras${option}`,
      ]
    : [`grader grade ${id} ${target}${option}`];
  screen.print(languages[flags.lang].terminal.started(target, commands));
}

function noScript(id: string): GraderError {
  return usageError(
    'no-python-starter',
    `The problem "${id}" has no starter in Python.`,
    `\`grader data export ${id} DIR\` writes its arrays for NumPy; \`grader start ${id}\` writes a recipe.`,
  );
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
