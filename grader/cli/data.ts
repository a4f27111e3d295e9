import type { Failure, Problem } from '../contract.ts';
import { downloadLine, type ResolveOptions, resolveDataset } from '../datasets/resolve.ts';
import { datasetStatus } from '../datasets/status.ts';
import { rowOfFailure } from '../contract/verdicts.ts';
import { toFailure } from '../errors.ts';
import { exportArrays } from '../prepare/export-arrays.ts';
import type { PrepareProgress } from '../prepare/prepare.ts';
import { runPrepare } from '../prepare/start.ts';
import { showShape } from '../text/shape.ts';
import type { CliContext } from './context.ts';
import { wholeProblems } from './problems.ts';
import { problemNamed, type ProblemsFlag } from './problems-option.ts';
import type { Screen } from './screen.ts';

export interface DataFlags extends ProblemsFlag {
  readonly json?: true;
}

export interface ExportFlags extends ProblemsFlag {
  readonly sample?: true;
}

interface ResolveRequest {
  readonly ids: readonly string[];
  readonly flags: DataFlags;
  readonly offline: boolean;
}

interface Outcome {
  readonly problem: string;
  readonly dataset: string;
  readonly variant: string | null;
  readonly files: Readonly<Record<string, string>>;
  readonly failure: Failure | null;
}

export async function resolveAll(request: ResolveRequest, context: CliContext): Promise<void> {
  const { screen, signal } = context;
  const outcomes: Outcome[] = [];
  for (const problem of named(request.ids, request.flags, context)) {
    const outcome = await resolveOne(problem, {
      offline: request.offline,
      signal,
      listener: fetchLines(screen),
    });
    screen.status('');
    if (!request.flags.json) showOutcome(outcome, screen);
    outcomes.push(outcome);
  }
  if (request.flags.json) printJson(outcomes, screen);
  const failure = outcomes.find((outcome) => outcome.failure !== null)?.failure;
  if (failure) context.exit(rowOfFailure(failure).exitCode);
}

async function resolveOne(problem: Problem, options: ResolveOptions): Promise<Outcome> {
  const about = { problem: problem.definition.id, dataset: problem.definition.dataset.id };
  try {
    const { variant, files } = await resolveDataset(problem, options);
    return { ...about, variant, files: Object.fromEntries(files), failure: null };
  } catch (error) {
    const failure = toFailure(error);
    // A missing set does not keep the others from being looked at; anything else does.
    if (failure.code !== 'dataset-missing') throw error;
    return { ...about, variant: null, files: {}, failure };
  }
}

function showOutcome({ problem, dataset, variant, files, failure }: Outcome, screen: Screen): void {
  if (!failure) {
    const count = Object.keys(files).length;
    const what = `${dataset}, variant ${variant ?? ''}`;
    screen.print(`${problem}: ${what}: ${count} ${count === 1 ? 'file' : 'files'} verified.`);
    return;
  }
  screen.note(`${problem}: ${failure.message}`);
  if (failure.help !== undefined) screen.note(failure.help);
}

export async function showPlaces(
  ids: readonly string[],
  flags: DataFlags,
  context: CliContext,
): Promise<void> {
  const { screen } = context;
  const places = [];
  for (const { definition, directory } of named(ids, flags, context)) {
    const status = await datasetStatus(definition.dataset, directory);
    places.push({ problem: definition.id, dataset: definition.dataset.id, ...status });
  }
  if (flags.json) {
    printJson(places, screen);
    return;
  }
  for (const { problem, dataset, variant, where } of places) {
    const what = variant === null ? dataset : `${dataset}, variant ${variant}`;
    screen.print(`${problem}: ${what}: ${where ?? 'not on this machine'}`);
  }
}

interface ExportRequest {
  readonly id: string;
  readonly directory: string;
  readonly flags: ExportFlags;
}

export async function exportProblem(request: ExportRequest, context: CliContext): Promise<void> {
  const { screen, signal } = context;
  const problem = problemNamed(request.id, request.flags);
  const prepared = await runPrepare(
    { directory: problem.directory, sample: request.flags.sample === true, sampleSeed: 1 },
    { signal, onProgress: prepareLines(screen) },
  );
  for (const note of prepared.data.notes) screen.note(note);
  await exportArrays(prepared.data, request.directory, ({ path, dtype, shape }) =>
    screen.print(`${path}: ${dtype} ${showShape(shape)}`),
  );
}

function named(
  ids: readonly string[],
  flag: ProblemsFlag,
  context: CliContext,
): readonly Problem[] {
  return ids.length === 0 ? wholeProblems(flag, context) : ids.map((id) => problemNamed(id, flag));
}

function fetchLines(screen: Screen): NonNullable<ResolveOptions['listener']> {
  let current = '';
  return {
    downloading(download) {
      // On a terminal the status line moves; elsewhere one line says what is going on.
      if (current !== download.url && !screen.isTty) screen.note(`Fetching ${download.url}`);
      current = download.url;
      screen.status(downloadLine(download));
    },
    failed: (reason) => screen.note(reason),
  };
}

function prepareLines(screen: Screen): (progress: PrepareProgress) => void {
  return ({ stage, text }) => {
    if (stage === 'download-failed') screen.note(text);
    else screen.status(stage === 'ready' ? '' : text);
  };
}

function printJson(datasets: readonly object[], screen: Screen): void {
  screen.print(JSON.stringify({ format: 'grader-data', version: 1, datasets }, null, 2));
}
