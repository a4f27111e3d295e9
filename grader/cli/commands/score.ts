import { Option, type Command } from 'commander';
import type { CliContext } from '../context.ts';
import { addLanguageOption } from '../language-option.ts';
import type { ScoreOptions } from '../score.ts';
import { addExportOptions } from './export-options.ts';
import { addProblemsOption } from './problems-option.ts';

export function registerScore(program: Command, context: CliContext): void {
  const command = program
    .command('score')
    .summary("score a result's predictions again, after a threshold or a metric has changed")
    .description(
      'Scores the predictions that a grading has left by its problem as it is now: nothing is read of ' +
        'the submission, and nothing is trained. The new report says what has changed; the old one ' +
        'stays.',
    )
    .argument('<result>', 'a result folder, or its report.json')
    .addOption(
      new Option('--profile <name>', 'which thresholds count (default: those that did)').choices([
        'strict',
        'exam',
      ]),
    )
    .option('--out <dir>', 'where the new result goes (default: a new folder in results/)')
    .option('--json', 'print the report as JSON on stdout');
  addExportOptions(addProblemsOption(addLanguageOption(command))).action(
    async (result: string, options: ScoreOptions) =>
      (await import('../score.ts')).score(result, options, context),
  );
}
