import { availableParallelism } from 'node:os';
import { join, relative, resolve, sep } from 'node:path';
import { cacheRoot } from '../cache.ts';
import { rowOf } from '../contract/verdicts.ts';
import { defaultThreads } from '../engine/process/threads.ts';
import { WarmTrainers } from '../engine/process/warm-trainers.ts';
import { GraderError, toFailure } from '../errors.ts';
import { assembleReport, problemOf } from '../grade/assemble-report.ts';
import type { Graded } from '../grade/grade-to-folder.ts';
import type { GradedSubmission } from '../report/export-format.ts';
import { resultsFolder } from '../results/results-folder.ts';
import { shortened } from '../text/printable.ts';
import {
  findEntries,
  refuseEmpty,
  withoutBroken,
  type CheckEntry,
  type LeftOut,
} from './check-entries.ts';
import { outcomesOf, printChecked, tellLeftOut } from './check-outcome.ts';
import type { CliContext } from './context.ts';
import { languages } from '../words/words.ts';
import { explain } from './explain.ts';
import { exitCodeOfCheck, outcomeOf } from './exit-code.ts';
import { checkExports, writeExports } from './exports.ts';
import { gradeOnScreen, printOutcome, type GradeOptions } from './grade.ts';
import { problemsOf } from './problems-option.ts';
import { shareScreen } from './shared-screen.ts';
import { sideBySide } from './side-by-side.ts';

export interface CheckOptions extends GradeOptions {
  readonly minPoints: number;
  readonly jobs: number;
}

/** Grades every submission of a folder, prints the outcomes and sets the exit code. */
export async function check(
  directory: string,
  options: CheckOptions,
  context: CliContext,
): Promise<void> {
  const { screen } = context;
  checkExports(options, null);
  const problems = problemsOf(options);
  const boards = options.tensorboard === undefined ? [] : [resolve(options.tensorboard)];
  const own = [resolve(options.out ?? 'results'), cacheRoot(), ...boards];
  const found = await findEntries(directory, problems, own);
  tellLeftOut(found.leftOut, screen, languages[options.lang]);
  const isAnyMissed = found.leftOut.some(({ isMissed }) => isMissed);
  if (found.entries.length === 0 && !isAnyMissed) refuseEmpty(directory, problems);
  const { whole, broken } = withoutBroken(found.entries);
  for (const { failure } of broken) explain(new GraderError(failure), screen);
  const { graded, unbegun } = await gradeAll(whole, options, context);
  const ofClass = new Set(whole.map(({ problem }) => problem));
  const checked = {
    ...{ graded, broken, leftOut: [...found.leftOut, ...unbegun] },
    ...{ absent: [], roster: null },
    problems: Array.from(ofClass, ({ definition }) => problemOf(definition)),
  };
  printChecked(checked, options, screen);
  const outcomes = [
    ...graded.map(({ report }) => report),
    ...broken.map(({ failure }) => outcomeOf(failure)),
  ];
  const { minPoints } = options;
  const code = exitCodeOfCheck(outcomes, { minPoints, isAnyMissed });
  context.exit(context.signal.aborted ? rowOf('interrupted').exitCode : code);
  // Last, since it may fail: by then everything is told.
  const results = options.out ?? resultsFolder;
  await writeExports(options, outcomesOf(checked, { minPoints, results }));
}

interface GradedEntries {
  /** In the order of the entries, whichever was done first. */
  readonly graded: readonly GradedSubmission[];
  /** What an interrupt came before. */
  readonly unbegun: readonly LeftOut[];
}

async function gradeAll(
  entries: readonly CheckEntry[],
  options: CheckOptions,
  context: CliContext,
): Promise<GradedEntries> {
  const { jobs } = options;
  let toCome = entries.length;
  const trainers = new WarmTrainers(() => toCome);
  const threads = options.threads ?? defaultThreads(availableParallelism() / jobs);
  const shared = shareScreen(context.screen);
  const found: GradedSubmission[][] = entries.map(() => []);
  try {
    await sideBySide(entries, { jobs, signal: context.signal }, async (entry, index) => {
      toCome -= 1;
      const own = jobs === 1 ? context : { ...context, screen: shared(entry.folder) };
      const settings = { ...options, threads, trainers };
      found[index] = [await gradeEntry(entry, settings, own)];
    });
  } finally {
    trainers.end();
  }
  const unbegun = entries.flatMap(({ name, problem }, index) =>
    found[index]?.length === 0
      ? [{ name, problem: problem.definition.id, reason: 'interrupted before it', isMissed: false }]
      : [],
  );
  return { graded: found.flat(), unbegun };
}

/** Whatever keeps one submission from being graded stands in its report; the others go on. */
async function gradeEntry(
  entry: CheckEntry,
  options: EntryOptions,
  context: CliContext,
): Promise<GradedSubmission> {
  const startedAt = new Date();
  const { name } = entry;
  try {
    const { report, directory } = await gradeWhole(entry, options, context);
    const results = options.out ?? resultsFolder;
    const reportFile = relative(results, join(directory, 'report.html')).replaceAll(sep, '/');
    return { report, name, handIn: null, reportFile };
  } catch (error) {
    explain(error, context.screen);
    const { profile, seed = null } = options;
    const failure = toFailure(error);
    const report = assembleReport(
      { ...entry, profile, seed },
      { startedAt, notes: [], findings: [], failure },
    );
    return { report, name, handIn: null, reportFile: null };
  }
}

type EntryOptions = CheckOptions & { readonly trainers: WarmTrainers };

async function gradeWhole(
  { problem, file, name, folder }: CheckEntry,
  { trainers, ...options }: EntryOptions,
  context: CliContext,
): Promise<Graded> {
  const { screen } = context;
  const heading = screen.style('bold', `${problem.definition.id}: ${shortened(name, 300)}`);
  screen.note(heading);
  const out = options.out === undefined ? {} : { out: join(options.out, folder) };
  const board = options.tensorboard;
  const tensorboard = board === undefined ? {} : { tensorboard: join(board, folder) };
  // The two problems whose data lie in their packages have no sample set and need none.
  const sample = options.sample === true && problem.definition.sample;
  const graded = await gradeOnScreen(
    {
      ...{ problem, file, name, isOneOfMany: true, trainers },
      options: { ...options, ...out, ...tensorboard, sample },
    },
    context,
  );
  if (options.json) return graded;
  // Beside others, what the heading belongs to has long scrolled away.
  if (options.jobs > 1) screen.print(`\n${heading}`);
  printOutcome(graded, options, context);
  return graded;
}
