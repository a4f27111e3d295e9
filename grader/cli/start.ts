import type { Command } from 'commander';
import { writeFile } from 'node:fs/promises';
import { GraderError } from '../errors.ts';
import type { CliContext } from './context.ts';
import { languages } from '../words/words.ts';
import { addLanguageOption, type LanguageFlag } from './language-option.ts';
import { packageText } from './package-text.ts';
import { addProblemsOption, problemNamed, type ProblemsFlag } from './problems-option.ts';

export function registerStart(program: Command, { screen }: CliContext): void {
  const command = program
    .command('start')
    .description('write a recipe to start from')
    .argument('<problem>', 'which problem: see `grader problems`')
    .argument('[file]', 'where to write it (default: <problem>.ts)');
  addLanguageOption(addProblemsOption(command)).action(
    async (name: string, file: string | undefined, flag: ProblemsFlag & LanguageFlag) => {
      const problem = problemNamed(name, flag);
      const { id } = problem.definition;
      const target = file ?? `${id}.ts`;
      await writeStarter(await packageText(problem, 'starter.ts', flag.lang), target);
      const option = flag.problems === undefined ? '' : ` --problems ${flag.problems}`;
      const grade = `grader grade ${id} ${target}${option}`;
      screen.print(languages[flag.lang].terminal.started(target, grade));
    },
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
