import { basename, join, relative } from 'node:path';
import type { Problem } from '../contract.ts';
import { WarmTrainers } from '../engine/process/warm-trainers.ts';
import { folderRequest } from '../grade/folder-request.ts';
import { gradeToFolder, type Graded } from '../grade/grade-to-folder.ts';
import { renderText } from '../report/text.ts';
import { filesOfResult } from '../results/result-directory.ts';
import { languages } from '../words/words.ts';
import type { CliContext } from './context.ts';
import { exitCodeOf } from './exit-code.ts';
import { checkExportsOfOne, outcomesOfOne, writeExports, type ExportFlags } from './exports.ts';
import { tellGithub } from './github.ts';
import type { LanguageFlag } from './language-option.ts';
import { problemNamed, problemsOf, type ProblemsFlag } from './problems-option.ts';
import { progressEvents } from './progress-events.ts';
import { showProgress } from './progress.ts';

export interface GradeOptions extends ProblemsFlag, ExportFlags, LanguageFlag {
  readonly out?: string;
  readonly profile: 'strict' | 'exam';
  readonly seed?: number;
  readonly seeds?: number;
  readonly sweep?: boolean;
  readonly sample?: boolean;
  readonly threads?: number;
  readonly timeLimit?: number;
  readonly device: 'auto' | 'cpu' | 'gpu';
  readonly libtensorflow?: string;
  readonly json?: boolean;
  readonly progress: 'text' | 'json';
  readonly retrain?: boolean;
  readonly explain?: boolean;
  readonly recipe?: string;
  readonly tensorboard?: string;
  readonly requireIsolation?: 'jail' | 'interpreter';
}

/** Grades one submission, prints the outcome and sets the exit code. */
export async function grade(
  { problem: id, file }: { readonly problem: string; readonly file: string },
  options: GradeOptions,
  context: CliContext,
): Promise<void> {
  const { out, recipe } = options;
  const others = [file, ...(recipe ? [recipe] : []), ...(out ? filesOfResult(out) : [])];
  await checkExportsOfOne(options, others);
  const problem = problemNamed(id, options);
  const trainers = new WarmTrainers();
  const graded = await gradeOnScreen({ problem, file, options, trainers }, context).finally(() =>
    trainers.end(),
  );
  if (options.json) context.screen.print(JSON.stringify(graded.report, null, 2));
  else printOutcome(graded, options, context);
  context.exit(exitCodeOf(graded.report));
  const outcomes = outcomesOfOne(graded);
  await tellGithub(outcomes, options, context.screen);
  await writeExports(options, outcomes);
}

interface GradeCall {
  readonly problem: Problem;
  readonly file: string;
  readonly name?: string;
  /** Of a folder. */
  readonly isOneOfMany?: boolean;
  readonly options: GradeOptions;
  readonly trainers: WarmTrainers;
}

/** Grades with progress on the screen. */
export function gradeOnScreen(
  { options, ...call }: GradeCall,
  { screen, signal: interrupt, kill }: CliContext,
): Promise<Graded> {
  const asked = { ...options, language: options.lang };
  const request = folderRequest({ ...call, others: problemsOf(options), interrupt, kill }, asked);
  const follower =
    options.progress === 'json'
      ? progressEvents(screen, {
          problem: call.problem.definition.id,
          submission: call.name ?? basename(call.file),
        })
      : showProgress(screen, languages[options.lang]);
  return gradeToFolder(request, [follower]).finally(() => screen.status(''));
}

export function printOutcome(
  { report, directory }: Graded,
  { lang, tensorboard }: Pick<GradeOptions, 'lang' | 'tensorboard'>,
  { screen }: CliContext,
): void {
  for (const line of renderText(report, screen, languages[lang])) screen.print(line);
  const words = languages[lang].terminal;
  if (tensorboard !== undefined && report.evaluation !== null) {
    screen.note(words.scoreAlone);
  }
  screen.print(`${words.lines.report} ${relative(process.cwd(), join(directory, 'report.html'))}`);
}
