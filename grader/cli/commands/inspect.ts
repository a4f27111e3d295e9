import type { Command } from 'commander';
import type { CliContext } from '../context.ts';
import type { InspectFlags } from '../inspect.ts';
import { addProblemsOption } from './problems-option.ts';

export function registerInspect(program: Command, context: CliContext): void {
  const command = program
    .command('inspect')
    .summary('tell what is in a submission, and all its mistakes')
    .description(
      'Tells what is in a model file or a recipe: format, layers, sizes, which problems it fits, and all ' +
        'that it would be refused for, with places. Trains nothing and runs nothing of a model file; a recipe ' +
        '(.ts, .js) is read in the sandbox in which a grading reads it. Exit code 0: readable, 3 or 4: refused.',
    )
    .argument('<file>', 'a model (.h5, .keras, .json) or a recipe (.ts, .js, .json)')
    .option('--problem <id>', 'whether it can be graded by this problem, and why not')
    .option('--json', 'print what was found as JSON on stdout');
  addProblemsOption(command).action(async (file: string, flags: InspectFlags) =>
    (await import('../inspect.ts')).inspect(file, flags, context),
  );
}
