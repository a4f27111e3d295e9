import type { Command } from 'commander';
import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { basename, dirname, extname, join, resolve } from 'node:path';
import { problemName, problems } from '../../problems/index.ts';
import type { GradeReport, Problem } from '../contract.ts';
import { GraderError } from '../errors.ts';
import { packageRoot } from '../package-root.ts';
import { renderJunit } from '../report/junit.ts';
import { shortened } from '../report/printable.ts';
import type { CliContext } from './context.ts';
import { exitCodeOf } from './exit-code.ts';
import { addGradeOptions, gradeToDirectory, printOutcome, type GradeOptions } from './grade.ts';
import { pointsNumber } from './numbers.ts';

interface CheckOptions extends GradeOptions {
  readonly minPoints: number;
  readonly junit?: string;
}

interface Entry {
  readonly problem: Problem;
  readonly file: string;
  /** Name of its result folder below `--out`. */
  readonly folder: string;
}

export function registerCheck(program: Command, context: CliContext): void {
  const command = program
    .command('check')
    .summary('grade every submission of a folder, for CI')
    .description(
      "Grades every submission of a folder. A submission's problem is its file's name " +
        '(sunspots.ts) or the name of its folder.',
    )
    .argument('[dir]', 'the folder (default: the reference solutions)')
    .option('--min-points <n>', 'how many points each must reach', pointsNumber, 5)
    .option('--out <dir>', 'where the results go, a folder each (default: results/)')
    .option('--junit <file>', 'write the outcome as JUnit XML')
    .option('--json', 'print the reports as a JSON array on stdout');
  addGradeOptions(command).action(async (directory: string | undefined, options: CheckOptions) => {
    const entries = await findEntries(directory ?? join(packageRoot, 'solutions'));
    const reports: GradeReport[] = [];
    try {
      for (const entry of entries) {
        if (context.signal.aborted) break;
        reports.push(await gradeEntry(entry, options, context));
      }
    } finally {
      // What was graded is told, also where a later submission ends the command.
      if (options.junit) await writeJunit(options.junit, reports, options.minPoints);
    }
    if (options.json) context.screen.print(JSON.stringify(reports, null, 2));
    else printTable(reports, options.minPoints, context);
    context.exit(context.signal.aborted ? 130 : checkCode(reports, options.minPoints));
  });
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
  options: CheckOptions,
  context: CliContext,
): Promise<GradeReport> {
  const { id } = problem.definition;
  context.screen.note(context.screen.style('bold', `${id}: ${shortened(file, 300)}`));
  const out = options.out === undefined ? {} : { out: join(options.out, folder) };
  // The two problems whose data lie in their packages have no sample set and need none.
  const sample = options.sample === true && problem.definition.sample;
  const graded = await gradeToDirectory(
    { problem, file, options: { ...options, ...out, sample } },
    context,
  );
  if (!options.json) printOutcome(graded, context);
  return graded.report;
}

async function findEntries(directory: string): Promise<Entry[]> {
  const names = await readdir(directory, { withFileTypes: true }).catch((cause: unknown) => {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw usage('check-directory', `${directory} cannot be read: ${reason}.`);
  });
  const found: Found[] = [];
  for (const entry of names) {
    const path = join(directory, entry.name);
    if (entry.isDirectory()) found.push(...(await entriesInFolder(path)));
    else found.push(...entriesFor(path, basename(entry.name, extname(entry.name))));
  }
  // The folder of one problem, given by itself.
  if (found.length === 0) found.push(...(await entriesInFolder(resolve(directory))));
  if (found.length > 0) {
    found.sort((a, b) => a.problem.definition.category - b.problem.definition.category);
    return withFolders(found);
  }
  const ids = problems.map(problemName).join(', ');
  throw usage(
    'check-empty',
    `${directory} has no file or folder named after a problem. Problems: ${ids}.`,
  );
}

type Found = Omit<Entry, 'folder'>;

/** A folder each: `sunspots`, and `sunspots-2` where there is a second submission. */
function withFolders(found: readonly Found[]): Entry[] {
  const counts = new Map<string, number>();
  return found.map(({ problem, file }) => {
    const { id } = problem.definition;
    const count = (counts.get(id) ?? 0) + 1;
    counts.set(id, count);
    return { problem, file, folder: count === 1 ? id : `${id}-${count}` };
  });
}

async function entriesInFolder(folder: string): Promise<Found[]> {
  const files = await readdir(folder, { withFileTypes: true });
  return (
    files
      // Hidden files are the work of editors and file managers.
      .filter((file) => file.isFile() && !file.name.startsWith('.'))
      .flatMap((file) => entriesFor(join(folder, file.name), basename(folder)))
  );
}

function entriesFor(file: string, id: string): Found[] {
  const problem = problems.find((candidate) => problemName(candidate) === id);
  return problem ? [{ problem, file }] : [];
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

function usage(code: string, message: string): GraderError {
  return new GraderError({ fault: 'usage', code, message });
}
