import type { Command } from 'commander';
import { resultsFolder } from '../../results/results-folder.ts';
import type { CliContext } from '../context.ts';
import type { HistoryFlags } from '../history.ts';
import { addLanguageOption } from '../language-option.ts';

export function registerHistory(program: Command, context: CliContext): void {
  const command = program
    .command('history')
    .description('list earlier attempts by problem and submission, oldest first')
    .argument('[problem]', 'of this problem alone')
    .option('--results <dir>', 'the folder with a result folder for each attempt', resultsFolder)
    .option('--json', 'print {"attempts": [...], "skipped": [...]} on stdout');
  addLanguageOption(command).action(async (problem: string | undefined, flags: HistoryFlags) =>
    (await import('../history.ts')).history(problem ?? null, flags, context),
  );
}
