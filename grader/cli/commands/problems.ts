import type { Command } from 'commander';
import type { CliContext } from '../context.ts';
import { addLanguageOption } from '../language-option.ts';
import type { ListFlags } from '../problems.ts';
import { addProblemsOption } from './problems-option.ts';

export function registerProblems(program: Command, context: CliContext): void {
  const command = program
    .command('problems')
    .description('list the problems')
    .option('--json', 'print the definitions as JSON');
  addLanguageOption(addProblemsOption(command)).action(async (flags: ListFlags) =>
    (await import('../problems.ts')).listProblems(flags, context),
  );
}

export function registerShow(program: Command, context: CliContext): void {
  const command = program
    .command('show')
    .description('print the statement of a problem and its thresholds')
    .argument('<problem>', 'which problem: see `grader problems`')
    .option('--json', 'print the definition as JSON');
  addLanguageOption(addProblemsOption(command)).action(async (id: string, flags: ListFlags) =>
    (await import('../problems.ts')).showProblem(id, flags, context),
  );
}
