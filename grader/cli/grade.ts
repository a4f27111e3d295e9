import { Option, type Command } from 'commander';
import { appendFile, mkdir, writeFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { findProblem } from '../../problems/index.ts';
import type { GradeReport, Problem } from '../contract.ts';
import { defaultThreads } from '../engine/threads.ts';
import { WarmTrainers } from '../engine/warm-trainers.ts';
import { GraderError } from '../errors.ts';
import { checkIsFile } from '../formats/index.ts';
import { grade, type GradeListener } from '../grade/grade.ts';
import { renderText } from '../report/text.ts';
import { requireJail } from '../sandbox/isolation.ts';
import type { CliContext } from './context.ts';
import { exitCodeOf } from './exit-code.ts';
import { showProgress } from './progress.ts';
import { positiveNumber, upTo64, wholeNumber } from './numbers.ts';
import { resultDirectory, resultNotWritten } from './result-directory.ts';

export interface GradeOptions {
  readonly out?: string;
  readonly profile: 'strict' | 'exam';
  readonly seed?: number;
  readonly sample?: boolean;
  readonly threads?: number;
  readonly timeLimit?: number;
  readonly device: 'auto' | 'cpu' | 'gpu';
  readonly libtensorflow?: string;
  readonly json?: boolean;
  readonly retrain?: boolean;
  readonly recipe?: string;
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
    const problem = findProblem(id);
    const trainers = new WarmTrainers();
    const graded = await gradeToDirectory({ problem, file, options, trainers }, context).finally(
      () => trainers.end(),
    );
    if (options.json) context.screen.print(JSON.stringify(graded.report, null, 2));
    else printOutcome(graded, context);
    context.exit(exitCodeOf(graded.report));
  });
}

/** The options that `grade` and `check` share. */
export function addGradeOptions(command: Command): Command {
  return command
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
    .option('--retrain', "train a model file's architecture anew, with its compile settings")
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
    .option('--libtensorflow <dir>', 'use the TensorFlow library in this folder');
}

interface GradeCall {
  readonly problem: Problem;
  readonly file: string;
  readonly options: GradeOptions;
  readonly trainers: WarmTrainers;
}

export interface Graded {
  readonly report: GradeReport;
  readonly directory: string;
}

/** Grades with progress on the screen and writes the result directory. */
export async function gradeToDirectory(call: GradeCall, context: CliContext): Promise<Graded> {
  const { problem, file, options, trainers } = call;
  const { screen } = context;
  checkProfile(problem, options);
  if (options.requireIsolation === 'jail') await requireJail();
  await checkIsFile(file);
  if (options.recipe !== undefined) await checkIsFile(options.recipe);
  const directory = await resultDirectory(problem.definition.id, file, options.out);
  const log = join(directory, 'log.txt');
  await writeFile(log, '').catch((cause: unknown) => {
    throw resultNotWritten(log, cause);
  });
  const listener = showProgress(screen);
  const logged: GradeListener = {
    ...listener,
    onStage(stage) {
      listener.onStage?.(stage);
      // The charting library takes long to load; while a model trains or predicts there is time.
      if (stage === 'training' || stage === 'predicting') void loadReport().catch(() => undefined);
    },
    // One line at a time and in order; the file is small and closed after each.
    onLog: (line) => void (writing = writing.then(() => appendFile(log, `${line}\n`))),
  };
  let writing: Promise<void> = Promise.resolve();
  const report = await grade(
    {
      problem,
      file,
      profile: options.profile,
      seed: options.seed ?? null,
      sample: options.sample ?? false,
      directory,
      threads: options.threads ?? defaultThreads(),
      trainers,
      retrain: options.retrain ?? false,
      recipe: options.recipe ?? null,
      trainingSeconds: options.timeLimit ?? problem.definition.limits.trainingSeconds,
      engine: { device: options.device, libtensorflow: options.libtensorflow },
      interrupt: context.signal,
      kill: context.kill,
    },
    logged,
  );
  await writing;
  screen.status('');
  await writeResults(directory, report).catch((cause: unknown) => {
    throw resultNotWritten(directory, cause);
  });
  return { report, directory };
}

function checkProfile(problem: Problem, options: GradeOptions): void {
  const { id, profiles } = problem.definition;
  if (profiles[options.profile]) return;
  throw new GraderError({
    fault: 'usage',
    code: 'no-profile',
    message: `${id} has no profile "${options.profile}". Profiles: ${Object.keys(profiles).join(', ')}.`,
  });
}

const loadReport = () => import('../report/html.ts');

async function writeResults(directory: string, report: GradeReport): Promise<void> {
  const { renderHtml } = await loadReport();
  await mkdir(directory, { recursive: true });
  await writeFile(join(directory, 'report.json'), `${JSON.stringify(report, null, 2)}\n`);
  await writeFile(join(directory, 'report.html'), renderHtml(report));
  if (!report.recipe) return;
  await writeFile(join(directory, 'recipe.json'), `${JSON.stringify(report.recipe, null, 2)}\n`);
}

export function printOutcome({ report, directory }: Graded, { screen }: CliContext): void {
  for (const line of renderText(report, screen)) screen.print(line);
  screen.print(`Report  ${relative(process.cwd(), join(directory, 'report.html'))}`);
}
