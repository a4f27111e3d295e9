import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { findProblem, problemsWith, readProblems } from '../problems/index.ts';
import { checkCache, makeCache } from './cache.ts';
import type { GradeReport, ProblemDefinition } from './contract.ts';
import { WarmTrainers } from './engine/process/warm-trainers.ts';
import { temporaryFolder } from './files/temporary.ts';
import { checkIsFile } from './formats/find-format.ts';
import { folderRequest } from './grade/folder-request.ts';
import { gradeToFolder } from './grade/grade-to-folder.ts';
import { scoreAgain } from './grade/score-again.ts';
import type { GradeListener } from './grade/listener.ts';
import type { Language } from './words/words.ts';
import { type Inspection, inspectFile as inspect } from './inspect/inspect-file.ts';

// Grading from a program: what `grader grade`, `inspect` and `problems` run.

export { GraderError } from './errors.ts';
export type {
  EpochRecord,
  Failure,
  GradeReport,
  ModelSummary,
  ProblemDefinition,
  TrainProgress,
} from './contract.ts';
export type { Language } from './words/words.ts';
export type { GradeListener, GradeStage } from './grade/listener.ts';
export type { Inspection } from './inspect/inspect-file.ts';

/** Where further problems are. */
export interface ProblemsOptions {
  /** A folder of problem packages, or one package, beside those of the grader. */
  readonly problems?: string;
}

export interface GradeFileOptions extends ProblemsOptions {
  /** The result folder: report, model, predictions, log. Left out: nothing is kept. */
  readonly out?: string;
  /** Event files of TensorBoard go into this folder while a recipe is trained. */
  readonly tensorboard?: string;
  /** Which thresholds count; `strict` where it is left out. */
  readonly profile?: 'strict' | 'exam';
  /** Of weights, shuffles and dropout; the recipe's, else 1, where it is left out. */
  readonly seed?: number;
  /** How many trainings, by the seed and those that follow it, of which the median is graded; 1. */
  readonly seeds?: number;
  /** Tries other learning rates after the grading, by short trainings. */
  readonly sweep?: boolean;
  /** Generated sample data instead of the real data set. */
  readonly sample?: boolean;
  /** Seconds of training, or of predictions alone; the problem's limit where it is left out. */
  readonly timeLimit?: number;
  /** Of TensorFlow, 1 to 64; the cores of this machine, at most 8, where it is left out. */
  readonly threads?: number;
  readonly device?: 'auto' | 'cpu' | 'gpu';
  /** Trains a model file's architecture anew, with its compile settings. */
  readonly retrain?: boolean;
  /** What the model looked at, asked once the score stands: some seconds more. */
  readonly explain?: boolean;
  /** Trains a model file's architecture by this recipe. */
  readonly recipe?: string;
  /** Refuses to grade where submissions are held less. */
  readonly requireIsolation?: 'jail' | 'interpreter';
  /** Of the page `report.html`, which is English where it is left out; the report itself is English. */
  readonly language?: Language;
  /** A training ends after its current step and its last whole epoch is graded; other stages end. */
  readonly signal?: AbortSignal;
  /** Ends every process at once; the report says that it was interrupted. */
  readonly killSignal?: AbortSignal;
  /** Each hears every event; one that throws hears no more, which the report's notes say. */
  readonly listeners?: readonly GradeListener[];
}

/**
 * Grades one submission of a problem. Resolves with the report whatever became of it: `verdict` and
 * `failure` say whose fault it was. Throws a `GraderError` with fault `usage` where there is no such
 * problem, profile or file, and `machine` where the result folder cannot be written, the cache is not to
 * be trusted or the isolation is too low.
 */
export async function gradeFile(
  problemId: string,
  file: string,
  options: GradeFileOptions = {},
): Promise<GradeReport> {
  const others = problemsWith(options.problems);
  const problem = findProblem(problemId, others);
  makeCache();
  checkCache();
  const scratch = options.out === undefined ? temporaryFolder('result') : null;
  const trainers = new WarmTrainers();
  const never = new AbortController().signal;
  try {
    const given = {
      ...{ problem, file, trainers, others },
      interrupt: options.signal ?? never,
      kill: options.killSignal ?? never,
    };
    const out = scratch === null ? options : { ...options, out: join(scratch, 'out') };
    const { report } = await gradeToFolder(folderRequest(given, out), options.listeners ?? []);
    return report;
  } finally {
    trainers.end();
    if (scratch !== null) await rm(scratch, { recursive: true, force: true });
  }
}

export interface ScoreResultOptions extends ProblemsOptions {
  /** The new result folder; a new one in `results/` where it is left out. */
  readonly out?: string;
  /** Which thresholds count; those that did where it is left out. */
  readonly profile?: 'strict' | 'exam';
  /** Of the page, as for `gradeFile`. */
  readonly language?: Language;
  readonly signal?: AbortSignal;
}

/**
 * Scores the predictions of a result folder, or of the one with this report.json, by its problem as it is
 * now. The report's `scoredBefore` has what they were given before. Throws a `GraderError` with fault
 * `usage` where there is nothing to score, `package` where the problem is at fault and `machine` where the
 * new folder cannot be written.
 */
export async function scoreResult(
  result: string,
  options: ScoreResultOptions = {},
): Promise<GradeReport> {
  makeCache();
  checkCache();
  const { report } = await scoreAgain({
    result,
    findProblem: (id) => findProblem(id, problemsWith(options.problems)),
    profile: options.profile ?? null,
    out: options.out ?? null,
    language: options.language ?? 'en',
    signal: options.signal ?? new AbortController().signal,
  });
  return report;
}

interface InspectFileOptions extends ProblemsOptions {
  /** The id of the one problem that it is for. */
  readonly problem?: string | undefined;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Tells what is in a submission and which problems it fits; a recipe that is code is read in the sandbox in
 * which a grading reads it. `problem` takes one problem alone and refuses what it cannot grade. Throws a
 * `GraderError` with fault `usage` where there is no such file.
 */
export async function inspectFile(
  file: string,
  options: InspectFileOptions = {},
): Promise<Inspection> {
  const { problem, problems, signal } = options;
  await checkIsFile(file);
  const only = problem === undefined ? null : findProblem(problem, problemsWith(problems));
  return inspect(file, listProblems(options), {
    ...(only && { problem: only.definition }),
    ...(signal && { signal }),
  });
}

/** The problems whose packages can be read, in the order of their categories. */
export function listProblems({ problems }: ProblemsOptions = {}): readonly ProblemDefinition[] {
  return readProblems(problemsWith(problems)).whole.map(({ definition }) => definition);
}
