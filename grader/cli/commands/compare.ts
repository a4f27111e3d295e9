import type { Command } from 'commander';
import type { CompareFlags } from '../compare.ts';
import type { CliContext } from '../context.ts';
import { addLanguageOption } from '../language-option.ts';
import { addProblemsOption } from './problems-option.ts';

export function registerCompare(program: Command, context: CliContext): void {
  const command = program
    .command('compare')
    .summary('two results of a problem beside each other: metric, recipe, curves')
    .description(
      'Says what differs between two attempts and whether the second is better beyond chance, by the ' +
        'answers of both to the same held-out rows. Nothing is trained.',
    )
    .argument('<first>', 'a result folder, or its report.json')
    .argument('<second>', 'the one to compare with it')
    .option('--html <file>', 'write a page with the curves of both over each other')
    .option('--json', 'print {"first", "second", "difference", "unpaired", "changes"} on stdout');
  addProblemsOption(addLanguageOption(command)).action(
    async (first: string, second: string, flags: CompareFlags) =>
      (await import('../compare.ts')).compare([first, second], flags, context),
  );
}
