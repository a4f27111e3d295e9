import type { Command } from 'commander';
import { mkdir, writeFile } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { basename, dirname, extname, join } from 'node:path';
import type { GradeReport } from '../contract.ts';
import { defaultThreads } from '../engine/threads.ts';
import { WarmTrainers } from '../engine/warm-trainers.ts';
import { packageRoot } from '../package-root.ts';
import { renderJunit } from '../report/junit.ts';
import { shortened } from '../report/printable.ts';
import { findEntries, type Entry } from './check-entries.ts';
import type { CliContext } from './context.ts';
import { exitCodeOf } from './exit-code.ts';
import { addGradeOptions, gradeToDirectory, printOutcome, type GradeOptions } from './grade.ts';
import { pointsNumber, upTo64 } from './numbers.ts';
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
    const entries = await findEntries(directory ?? join(packageRoot, 'solutions'));
    const reports = await gradeAll(entries, options, context);
    if (options.json) context.screen.print(JSON.stringify(reports, null, 2));
    else printTable(reports, options.minPoints, context);
    context.exit(context.signal.aborted ? 130 : checkCode(reports, options.minPoints));
  });
}

/** The reports in the order of the entries, whichever was done first. */
async function gradeAll(
  entries: readonly Entry[],
  options: CheckOptions,
  context: CliContext,
): Promise<readonly GradeReport[]> {
  const { jobs, minPoints, junit } = options;
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
    // What was graded is told, also where a later submission ends the command.
    if (junit) await writeJunit(junit, found.flat(), minPoints);
  }
  return found.flat();
}

async function writeJunit(
  file: string,
  reports: readonly GradeReport[],
  minPoints: number,
): Promise<void> {
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, renderJunit(reports, minPoints));
}

async function gradeEntry(
  { problem, file, folder }: Entry,
  { trainers, ...options }: CheckOptions & { readonly trainers: WarmTrainers },
  context: CliContext,
): Promise<GradeReport> {
  const { screen } = context;
  const heading = screen.style('bold', `${problem.definition.id}: ${shortened(file, 300)}`);
  screen.note(heading);
  const out = options.out === undefined ? {} : { out: join(options.out, folder) };
  // The two problems whose data lie in their packages have no sample set and need none.
  const sample = options.sample === true && problem.definition.sample;
  const graded = await gradeToDirectory(
    { problem, file, options: { ...options, ...out, sample }, trainers },
    context,
  );
  if (options.json) return graded.report;
  // Beside others, what the heading belongs to has long scrolled away.
  if (options.jobs > 1) screen.print(`\n${heading}`);
  printOutcome(graded, context);
  return graded.report;
}

function printTable(reports: readonly GradeReport[], minPoints: number, context: CliContext): void {
  const { screen } = context;
  const labels = reports.map(labelOf);
  const width = Math.max(...labels.map(({ length }) => length), 0);
  screen.print('');
  for (const [index, { problem, points, score, verdict }] of reports.entries()) {
    const isReached = (points ?? 0) >= minPoints;
    const mark = screen.style(isReached ? 'green' : 'red', points === null ? '-/5' : `${points}/5`);
    const metric = score ? `${problem.metric.name} ${score.value.toPrecision(4)}` : verdict;
    screen.print(`${(labels[index] ?? '').padEnd(width)}  ${mark}  ${metric}`);
  }
}

/** The problem, and the file where its name is another. */
function labelOf({ problem, submission }: GradeReport): string {
  const { file } = submission;
  return basename(file, extname(file)) === problem.id
    ? problem.id
    : `${problem.id}: ${shortened(file, 60)}`;
}

/** The worst outcome counts: a fault of package or machine before a low score. */
function checkCode(reports: readonly GradeReport[], minPoints: number): number {
  const faults = reports.filter(({ failure }) => failure !== null).map(exitCodeOf);
  if (faults.length > 0) return Math.max(...faults);
  return reports.every(({ points }) => (points ?? 0) >= minPoints) ? 0 : 1;
}
