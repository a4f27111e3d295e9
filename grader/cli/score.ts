import { scoreAgain } from '../grade/score-again.ts';
import { filesOfResult } from '../results/result-directory.ts';
import type { CliContext } from './context.ts';
import { exitCodeOf } from './exit-code.ts';
import { checkExportsOfOne, outcomesOfOne, writeExports, type ExportFlags } from './exports.ts';
import { printOutcome } from './grade.ts';
import type { LanguageFlag } from './language-option.ts';
import { problemNamed, type ProblemsFlag } from './problems-option.ts';
import { followPreparation } from './progress.ts';

export interface ScoreOptions extends ProblemsFlag, ExportFlags, LanguageFlag {
  readonly profile?: 'strict' | 'exam';
  readonly out?: string;
  readonly json?: boolean;
}

/** Scores a result's predictions anew, prints the outcome and sets the exit code. */
export async function score(
  result: string,
  options: ScoreOptions,
  context: CliContext,
): Promise<void> {
  await checkExportsOfOne(options, filesOfResult(options.out ?? result));
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
