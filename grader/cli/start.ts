import type { Command } from 'commander';
import { copyFile, constants } from 'node:fs/promises';
import { join } from 'node:path';
import { findProblem } from '../../problems/index.ts';
import { GraderError } from '../errors.ts';
import type { CliContext } from './context.ts';

export function registerStart(program: Command, { screen }: CliContext): void {
  program
    .command('start')
    .description('write a recipe to start from')
    .argument('<problem>', 'which problem: see `grader problems`')
    .argument('[file]', 'where to write it (default: <problem>.ts)')
    .action(async (id: string, file: string | undefined) => {
      const problem = findProblem(id);
      const target = file ?? `${problem.definition.id}.ts`;
      await copyStarter(join(problem.directory, 'starter.ts'), target);
      screen.print(
        `Wrote ${target}. Edit it, then: grader grade ${problem.definition.id} ${target}`,
      );
    });
}

async function copyStarter(source: string, target: string): Promise<void> {
  try {
    await copyFile(source, target, constants.COPYFILE_EXCL);
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
