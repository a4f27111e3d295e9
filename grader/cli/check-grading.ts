import { availableParallelism } from 'node:os';
import { basename, join, relative, sep } from 'node:path';
import { copyNamed } from '../classes/copy-named.ts';
import type { CheckEntry, LeftOut } from '../classes/entries.ts';
import type { Pace } from '../classes/pace.ts';
import { gradedAsKey, keptReport, noteGradedAs } from '../classes/resume.ts';
import { defaultThreads } from '../engine/process/threads.ts';
import { WarmTrainers } from '../engine/process/warm-trainers.ts';
import { toFailure } from '../errors.ts';
import { assembleReport } from '../grade/assemble-report.ts';
import type { Graded } from '../grade/grade-to-folder.ts';
import type { GradedSubmission } from '../report/export-format.ts';
import { resultsFolder } from '../results/results-folder.ts';
import { shortened } from '../text/printable.ts';
import { languages } from '../words/words.ts';
import type { CheckOptions } from './check-options.ts';
import { interruptedBefore, outOfTime } from './check-outcome.ts';
import type { CliContext } from './context.ts';
import { explain } from './explain.ts';
import { gradeOnScreen, printOutcome } from './grade.ts';
import { shareScreen } from './shared-screen.ts';
import { sideBySide } from './side-by-side.ts';

interface GradedEntries {
  /** In the order of the entries, whichever was done first. */
  readonly graded: readonly GradedSubmission[];
  /** What an interrupt or the end of the time came before. */
  readonly unbegun: readonly LeftOut[];
}

interface Time {
  readonly pace: Pace;
  /** When nothing begins any more that would not end before, in milliseconds of `performance`; else infinite. */
  readonly end: number;
}

/** Grades submissions, some at once. */
export async function gradeAll(
  entries: readonly CheckEntry[],
  options: CheckOptions & Time,
  context: CliContext,
): Promise<GradedEntries> {
  const { jobs, pace } = options;
  const words = languages[options.lang].terminal.class;
  const waiting = new Set(entries);
  const trainers = new WarmTrainers(() => waiting.size);
  const threads = options.threads ?? defaultThreads(availableParallelism() / jobs);
  const shared = shareScreen(context.screen);
  const found: GradedSubmission[][] = entries.map(() => []);
  const late = new Set<CheckEntry>();
  try {
    await sideBySide(entries, { jobs, signal: context.signal }, async (entry, index) => {
      waiting.delete(entry);
      const own = jobs === 1 ? context : { ...context, screen: shared(entry.folder) };
      const result = await gradeEntry(entry, { ...options, threads, trainers }, own);
      if (result === null) {
        late.add(entry);
        return;
      }
      const { isKept, ...graded } = result;
      found[index] = [graded];
      if (!isKept) pace.learn(graded.report);
      const done = found.filter((each) => each.length > 0).length;
      const left = pace.ofAll([...waiting], jobs);
      if (waiting.size > 0) context.screen.note(words.progress(done, entries.length, left));
    });
  } finally {
    trainers.end();
  }
  const unbegun = entries.flatMap((entry, index): LeftOut[] => {
    if (found[index]?.length !== 0) return [];
    const { name, problem, handIn } = entry;
    const reason = late.has(entry) ? outOfTime : interruptedBefore;
    const { id } = problem.definition;
    return [{ name, problem: id, reason, isMissed: false, failure: null, handIn }];
  });
  return { graded: found.flat(), unbegun };
}

type Result = GradedSubmission & { readonly isKept: boolean };

/**
 * Whatever keeps one submission from being graded stands in its report; the others go on. Null where it would not
 * end in time.
 */
async function gradeEntry(
  entry: CheckEntry,
  asked: EntryOptions,
  context: CliContext,
): Promise<Result | null> {
  const startedAt = new Date();
  const { name, cameAs, handIn, problem } = entry;
  const hasProfile = Object.hasOwn(problem.definition.profiles, asked.profile);
  const options = { ...asked, profile: hasProfile ? asked.profile : ('strict' as const) };
  try {
    const once = await gradeOnce(entry, options, context);
    if (once === null) return null;
    const { report, directory, isKept } = once;
    const results = options.out ?? resultsFolder;
    const reportFile = relative(results, join(directory, 'report.html')).replaceAll(sep, '/');
    return { report, name, cameAs, handIn, reportFile, isKept };
  } catch (error) {
    explain(error, context.screen);
    const { profile, seed = null } = options;
    const failure = toFailure(error);
    const report = assembleReport(
      { ...entry, profile, seed },
      { startedAt, notes: [], findings: [], failure },
    );
    return { report, name, cameAs, handIn, reportFile: null, isKept: false };
  }
}

type EntryOptions = CheckOptions &
  Time & { readonly threads: number; readonly trainers: WarmTrainers };

/** Keeps what an earlier run has graded; notes in the result what it depends on. Null where there is no time. */
async function gradeOnce(
  entry: CheckEntry,
  options: EntryOptions,
  context: CliContext,
): Promise<(Graded & { readonly isKept: boolean }) | null> {
  const { out, recipe, lang, pace, end } = options;
  const isLate = performance.now() + 1000 * pace.of(entry) > end;
  if (out === undefined) {
    return isLate ? null : { ...(await gradeHidden(entry, options, context)), isKept: false };
  }
  const { profile, seed, seeds, sweep, sample, threads, timeLimit, device } = options;
  const { libtensorflow, retrain, explain: explained, requireIsolation } = options;
  const key = await gradedAsKey({
    ...{ file: entry.file, name: entry.name, problem: entry.problem.definition },
    settings: {
      ...{ profile, seed, seeds, sweep, sample, threads, timeLimit, device, libtensorflow },
      ...{ retrain, explained, requireIsolation, lang },
    },
    settingFiles: recipe === undefined ? [] : [recipe],
  });
  const directory = join(out, entry.folder);
  const report = options.resume ? await keptReport(directory, key) : null;
  if (report !== null) {
    const { class: words } = languages[lang].terminal;
    context.screen.note(words.kept(shortened(entry.name, 120)));
    return { report, directory, isKept: true };
  }
  if (isLate) return null;
  const graded = await gradeHidden(entry, options, context);
  await noteGradedAs(directory, key);
  return { ...graded, isKept: false };
}

/** Where names are hidden, from a copy that has none. */
async function gradeHidden(
  entry: CheckEntry,
  options: EntryOptions,
  context: CliContext,
): Promise<Graded> {
  if (!options.anonymous) return gradeWhole(entry, options, context);
  const { file, remove } = await copyNamed(entry.file, basename(entry.name));
  return gradeWhole({ ...entry, file }, options, context).finally(remove);
}

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
