import type { Command } from 'commander';
import type { CliContext } from '../context.ts';
import { addLanguageOption } from '../language-option.ts';
import type { StartFlags } from '../start.ts';
import { addProblemsOption } from './problems-option.ts';

export function registerStart(program: Command, context: CliContext): void {
  const command = program
    .command('start')
    .description('write a recipe to start from, or a script that trains a model in Python')
    .argument('<problem>', 'which problem: see `grader problems`')
    .argument('[file]', 'where to write it (default: <problem>.ts, or .py)')
    .option('--python', 'a script for Keras, from the exported arrays to the saved model');
  addLanguageOption(addProblemsOption(command)).action(
    async (problem: string, file: string | undefined, flags: StartFlags) =>
      (await import('../start.ts')).start({ problem, file }, flags, context),
  );
}
