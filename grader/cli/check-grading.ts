import { availableParallelism } from 'node:os';
import { join, relative, sep } from 'node:path';
import type { CheckEntry, LeftOut } from '../classes/entries.ts';
import { defaultThreads } from '../engine/process/threads.ts';
import { WarmTrainers } from '../engine/process/warm-trainers.ts';
import { toFailure } from '../errors.ts';
import { assembleReport } from '../grade/assemble-report.ts';
import type { Graded } from '../grade/grade-to-folder.ts';
import type { GradedSubmission } from '../report/export-format.ts';
import { resultsFolder } from '../results/results-folder.ts';
import { shortened } from '../text/printable.ts';
import { interruptedBefore } from './check-outcome.ts';
import type { CliContext } from './context.ts';
import { explain } from './explain.ts';
import { gradeOnScreen, printOutcome, type GradeOptions } from './grade.ts';
import { shareScreen } from './shared-screen.ts';
import { sideBySide } from './side-by-side.ts';

export interface CheckOptions extends GradeOptions {
  readonly minPoints: number;
  readonly jobs: number;
  readonly problem?: string;
}

interface GradedEntries {
  /** In the order of the entries, whichever was done first. */
  readonly graded: readonly GradedSubmission[];
  /** What an interrupt came before. */
  readonly unbegun: readonly LeftOut[];
}

/** Grades submissions, some at once. */
export async function gradeAll(
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
  const unbegun = entries.flatMap(({ name, problem, handIn }, index): LeftOut[] => {
    if (found[index]?.length !== 0) return [];
    const { id } = problem.definition;
    return [
      { name, problem: id, reason: interruptedBefore, isMissed: false, failure: null, handIn },
    ];
  });
  return { graded: found.flat(), unbegun };
}

/** Whatever keeps one submission from being graded stands in its report; the others go on. */
async function gradeEntry(
  entry: CheckEntry,
  options: EntryOptions,
  context: CliContext,
): Promise<GradedSubmission> {
  const startedAt = new Date();
  const { name, handIn } = entry;
  try {
    const { report, directory } = await gradeWhole(entry, options, context);
    const results = options.out ?? resultsFolder;
    const reportFile = relative(results, join(directory, 'report.html')).replaceAll(sep, '/');
    return { report, name, handIn, reportFile };
  } catch (error) {
    explain(error, context.screen);
    const { profile, seed = null } = options;
    const failure = toFailure(error);
    const report = assembleReport(
      { ...entry, profile, seed },
      { startedAt, notes: [], findings: [], failure },
    );
    return { report, name, handIn, reportFile: null };
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
