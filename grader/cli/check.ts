import type { Command } from 'commander';
import { mkdir, writeFile } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { dirname, join } from 'node:path';
import type { GradeReport } from '../contract.ts';
import { rowOf } from '../contract/verdicts.ts';
import { defaultThreads } from '../engine/process/threads.ts';
import { WarmTrainers } from '../engine/process/warm-trainers.ts';
import { GraderError, toFailure } from '../errors.ts';
import { assembleReport } from '../grade/assemble-report.ts';
import { packageRoot } from '../package-root.ts';
import { renderJunit } from '../report/junit.ts';
import { shortened } from '../text/printable.ts';
import { findEntries, withoutBroken, type CheckEntry } from './check-entries.ts';
import { printTable } from './check-table.ts';
import type { CliContext } from './context.ts';
import { explain } from './explain.ts';
import { exitCodeOfCheck, outcomeOf } from './exit-code.ts';
import { addGradeOptions, gradeOnScreen, printOutcome, type GradeOptions } from './grade.ts';
import { pointsNumber, upTo64 } from './numbers.ts';
import { problemsOf } from './problems-option.ts';
import { resultNotWritten } from '../results/result-directory.ts';
import { shareScreen } from './shared-screen.ts';
import { sideBySide } from './side-by-side.ts';

interface CheckOptions extends GradeOptions {
  readonly minPoints: number;
  readonly jobs: number;
  readonly junit?: string;
}

export function registerCheck(program: Command, context: CliContext): void {
  const command = program
    .command('check')
    .summary('grade every submission of a folder, for CI')
    .description(
      "Grades every submission of a folder. A submission's problem is its file's name " +
        '(sunspots.ts, sunspots.h5) or the name of its folder.',
    )
    .argument('[dir]', 'the folder (default: the reference solutions)')
    .option('--min-points <n>', 'how many points each must reach', pointsNumber, 5)
    .option(
      '--jobs <n>',
      'submissions at once; the cores are shared among them unless --threads says otherwise. ' +
        'Each takes 0.5 to 1 GB of memory, large models more',
      upTo64,
      1,
    )
    .option('--out <dir>', 'where the results go, a folder each (default: results/)')
    .option('--junit <file>', 'write the outcome as JUnit XML')
    .option('--json', 'print the reports as a JSON array on stdout');
  addGradeOptions(command).action(async (directory: string | undefined, options: CheckOptions) => {
    const entries = await findEntries(
      directory ?? join(packageRoot, 'solutions'),
      problemsOf(options),
    );
    const { whole, broken } = withoutBroken(entries);
    for (const { failure } of broken) explain(new GraderError(failure), context.screen);
    const reports = await gradeAll(whole, options, context);
    const { minPoints, junit } = options;
    const { screen } = context;
    if (junit !== undefined) await writeJunit(junit, renderJunit(reports, minPoints, broken));
    if (options.json) screen.print(JSON.stringify(reports, null, 2));
    else printTable(reports, broken, { minPoints, screen });
    const outcomes = [...reports, ...broken.map(({ failure }) => outcomeOf(failure))];
    const code = exitCodeOfCheck(outcomes, minPoints);
    context.exit(context.signal.aborted ? rowOf('interrupted').exitCode : code);
  });
}

/** The reports in the order of the entries, whichever was done first. */
async function gradeAll(
  entries: readonly CheckEntry[],
  options: CheckOptions,
  context: CliContext,
): Promise<readonly GradeReport[]> {
  const { jobs } = options;
  let toCome = entries.length;
  const trainers = new WarmTrainers(() => toCome);
  const threads = options.threads ?? defaultThreads(availableParallelism() / jobs);
  const shared = shareScreen(context.screen);
  const found: GradeReport[][] = entries.map(() => []);
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
  return found.flat();
}

async function writeJunit(file: string, xml: string): Promise<void> {
  await mkdir(dirname(file), { recursive: true })
    .then(() => writeFile(file, xml))
    .catch((cause: unknown) => {
      throw resultNotWritten(file, cause);
    });
}

/** Whatever keeps one submission from being graded stands in its report; the others go on. */
async function gradeEntry(
  entry: CheckEntry,
  options: EntryOptions,
  context: CliContext,
): Promise<GradeReport> {
  const startedAt = new Date();
  try {
    return await gradeWhole(entry, options, context);
  } catch (error) {
    explain(error, context.screen);
    const { profile, seed = null } = options;
    const failure = toFailure(error);
    return assembleReport(
      { ...entry, profile, seed },
      { startedAt, notes: [], hints: [], failure },
    );
  }
}

type EntryOptions = CheckOptions & { readonly trainers: WarmTrainers };

async function gradeWhole(
  { problem, file, folder }: CheckEntry,
  { trainers, ...options }: EntryOptions,
  context: CliContext,
): Promise<GradeReport> {
  const { screen } = context;
  const heading = screen.style('bold', `${problem.definition.id}: ${shortened(file, 300)}`);
  screen.note(heading);
  const out = options.out === undefined ? {} : { out: join(options.out, folder) };
  // The two problems whose data lie in their packages have no sample set and need none.
  const sample = options.sample === true && problem.definition.sample;
  const graded = await gradeOnScreen(
    { problem, file, options: { ...options, ...out, sample }, trainers },
    context,
  );
  if (options.json) return graded.report;
  // Beside others, what the heading belongs to has long scrolled away.
  if (options.jobs > 1) screen.print(`\n${heading}`);
  printOutcome(graded, context);
  return graded.report;
}
