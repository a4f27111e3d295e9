import { Option, type Command } from 'commander';
import { scoreAgain } from '../grade/score-again.ts';
import type { CliContext } from './context.ts';
import { exitCodeOf } from './exit-code.ts';
import { addExportOptions, outcomesOfOne, writeExports, type ExportFlags } from './exports.ts';
import { printOutcome } from './grade.ts';
import { addLanguageOption, type LanguageFlag } from './language-option.ts';
import { addProblemsOption, problemNamed, type ProblemsFlag } from './problems-option.ts';
import { followPreparation } from './progress.ts';

interface ScoreOptions extends ProblemsFlag, ExportFlags, LanguageFlag {
  readonly profile?: 'strict' | 'exam';
  readonly out?: string;
  readonly json?: boolean;
}

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
    (result: string, options: ScoreOptions) => score(result, options, context),
  );
}

async function score(result: string, options: ScoreOptions, context: CliContext): Promise<void> {
  const { screen, signal } = context;
  const graded = await scoreAgain({
    ...{ result, signal },
    findProblem: (id) => problemNamed(id, options),
    profile: options.profile ?? null,
    out: options.out ?? null,
    language: options.lang,
    onPrepare: followPreparation(screen),
  }).finally(() => screen.status(''));
  const { report } = graded;
  if (options.json) screen.print(JSON.stringify(report, null, 2));
  else printOutcome(graded, options, context);
  context.exit(exitCodeOf(report));
  await writeExports(options, outcomesOfOne(graded));
}
