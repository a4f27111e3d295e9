import { Option, type Command } from 'commander';
import { join, relative } from 'node:path';
import type { Problem } from '../contract.ts';
import { WarmTrainers } from '../engine/process/warm-trainers.ts';
import { folderRequest } from '../grade/folder-request.ts';
import { gradeToFolder, type Graded } from '../grade/grade-to-folder.ts';
import { renderText } from '../report/text.ts';
import { languages } from '../words/words.ts';
import type { CliContext } from './context.ts';
import { exitCodeOf } from './exit-code.ts';
import { addExportOptions, outcomesOfOne, writeExports, type ExportFlags } from './exports.ts';
import { addLanguageOption, type LanguageFlag } from './language-option.ts';
import { positiveNumber, upTo64, wholeNumber } from './numbers.ts';
import {
  addProblemsOption,
  problemNamed,
  problemsOf,
  type ProblemsFlag,
} from './problems-option.ts';
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
  readonly retrain?: boolean;
  readonly explain?: boolean;
  readonly recipe?: string;
  readonly tensorboard?: string;
  readonly requireIsolation?: 'jail' | 'interpreter';
}

export function registerGrade(program: Command, context: CliContext): void {
  const command = program
    .command('grade')
    .summary('score and report one submission, trained where it needs training')
    .description(
      'Scores a submission 0 to 5 on held-out data and writes a report. A model file is graded with ' +
        'the weights it has; a recipe is trained first.',
    )
    .argument('<problem>', 'which problem: see `grader problems`')
    .argument(
      '<file>',
      'the submission: a model (.keras, .h5, model.json) or a recipe (.ts, .js, .json)',
    )
    .option('--recipe <file>', "train a model file's architecture by this recipe")
    .option('--out <dir>', 'where the results go (default: a new folder in results/)')
    .option('--json', 'print the report as JSON on stdout');
  addGradeOptions(command).action(async (id: string, file: string, options: GradeOptions) => {
    const problem = problemNamed(id, options);
    const trainers = new WarmTrainers();
    const graded = await gradeOnScreen({ problem, file, options, trainers }, context).finally(() =>
      trainers.end(),
    );
    if (options.json) context.screen.print(JSON.stringify(graded.report, null, 2));
    else printOutcome(graded, options, context);
    context.exit(exitCodeOf(graded.report));
    await writeExports(options, outcomesOfOne(graded));
  });
}

/** The options that `grade` and `check` share. */
export function addGradeOptions(command: Command): Command {
  return addExportOptions(addLanguageOption(addProblemsOption(command)))
    .addOption(
      new Option('--profile <name>', 'which thresholds count')
        .choices(['strict', 'exam'])
        .default('strict'),
    )
    .option(
      '--seed <n>',
      "seed of weights, shuffles and dropout (default: the recipe's, else 1)",
      wholeNumber,
    )
    .option(
      '--seeds <n>',
      'train by so many seeds, grade the median and show how far they lie apart; the time limit ' +
        'is that of each training',
      upTo64,
    )
    .option(
      '--sweep',
      'try other learning rates afterwards, by nine short trainings; changes no points',
    )
    .option('--retrain', "train a model file's architecture anew, with its compile settings")
    .option('--explain', 'show what the model looked at, asked when the score stands: up to 10 s')
    .option('--sample', 'generated sample data instead of the real data set')
    .option(
      '--time-limit <s>',
      "seconds of training, or of predictions alone (default: the problem's limit)",
      positiveNumber,
    )
    .option(
      '--threads <n>',
      "threads of TensorFlow, 1 to 64 (default: the job's share of the cores, at most 8)",
      upTo64,
    )
    .addOption(
      new Option('--device <name>', 'where to train; auto: on a GPU what is faster there')
        .choices(['auto', 'cpu', 'gpu'])
        .default('auto'),
    )
    .addOption(
      new Option(
        '--require-isolation <level>',
        'grade only where submissions are held so far: `grader doctor` says what this machine has',
      ).choices(['jail', 'interpreter']),
    )
    .option(
      '--tensorboard <dir>',
      'write curves, graph and hyperparameters for TensorBoard; of a model that is not trained, its score',
    )
    .option('--libtensorflow <dir>', 'use the TensorFlow library in this folder');
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
  return gradeToFolder(request, [showProgress(screen, languages[options.lang])]).finally(() =>
    screen.status(''),
  );
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
