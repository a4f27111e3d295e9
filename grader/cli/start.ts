import type { Command } from 'commander';
import { writeFile } from 'node:fs/promises';
import { GraderError } from '../errors.ts';
import type { CliContext } from './context.ts';
import { packageText } from './package-text.ts';
import { addProblemsOption, problemNamed, type ProblemsFlag } from './problems-option.ts';

export function registerStart(program: Command, { screen }: CliContext): void {
  const command = program
    .command('start')
    .description('write a recipe to start from')
    .argument('<problem>', 'which problem: see `grader problems`')
    .argument('[file]', 'where to write it (default: <problem>.ts)');
  addProblemsOption(command).action(
    async (name: string, file: string | undefined, flag: ProblemsFlag) => {
      const problem = problemNamed(name, flag);
      const { id } = problem.definition;
      const target = file ?? `${id}.ts`;
      await writeStarter(await packageText(problem, 'starter.ts'), target);
      const option = flag.problems === undefined ? '' : ` --problems ${flag.problems}`;
      screen.print(`Wrote ${target}. Edit it, then: grader grade ${id} ${target}${option}`);
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
