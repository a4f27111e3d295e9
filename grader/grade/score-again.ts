import { copyFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type {
  ArrayFile,
  DataParts,
  EarlierScore,
  GradeReport,
  Problem,
  ProblemDefinition,
  ScoreResult,
  SeedSpread,
} from '../contract.ts';
import { usageError } from '../errors.ts';
import { collectEvidence, type Evidence } from '../evidence/collect.ts';
import { partsOf } from '../evidence/parts.ts';
import { withRunFindings } from '../findings/run/index.ts';
import { earnPoints } from '../metrics/points.ts';
import { graderVersion } from '../package-root.ts';
import { predictionsShape } from '../history/stored-predictions.ts';
import type { PrepareProgress } from '../prepare/prepare.ts';
import type { Prepared } from '../prepare/prepared.ts';
import { openLog } from '../results/log-file.ts';
import { readResult, type StoredResult } from '../results/read-result.ts';
import { resultDirectory, resultNotWritten } from '../results/result-directory.ts';
import { writeResult, writeResults } from '../results/write-results.ts';
import type { Language } from '../words/words.ts';
import { judge, problemOf, profileOf } from './assemble-report.ts';
import { vocabularyOf } from '../recipe/for-problem.ts';
import { checkProfile, type Graded } from './grade-to-folder.ts';
import { isOfSameTargets, preparedAgain, sourceChange } from './prepared-again.ts';
import { scorePredictions } from './score-predictions.ts';

interface ScoreAgainRequest {
  /** A result folder, or its report.json. */
  readonly result: string;
  /** The problem of this id. Throws where there is none. */
  readonly findProblem: (id: string) => Problem;
  /** Which thresholds count; null takes those that counted before. */
  readonly profile: 'strict' | 'exam' | null;
  /** The new result folder; null makes one in `results/`. */
  readonly out: string | null;
  readonly language: Language;
  readonly signal: AbortSignal;
  readonly onPrepare?: (progress: PrepareProgress) => void;
}

/**
 * Scores the predictions of a result folder by its problem as it is now, without TensorFlow, and writes
 * a result folder of its own: report, predictions and log. Throws with fault `usage` where there is
 * nothing to score as asked or the held-out part is no longer the one that was predicted, and what
 * the preparer and the scorer throw.
 */
export async function scoreAgain(request: ScoreAgainRequest): Promise<Graded> {
  const startedAt = new Date();
  const stored = await readResult(request.result);
  refuseSameFolder(stored, request.out);
  const problem = problemIn(stored.report, request);
  const profile = request.profile ?? stored.report.profile.id;
  checkProfile(problem, profile);
  const prepared = await preparedAgain(stored.report, problem, request);
  const change = sourceChange(stored.report, prepared);
  if (change !== null) throw otherHeldOut(change);
  const predictions = predictionsOf(stored, prepared);
  const { signal } = request;
  const { heldOut } = prepared;
  const scored = await scorePredictions({
    ...{ problem, profile, predictions, heldOut, earlier: null, signal },
  });
  if (!isOfSameTargets(stored.report.score, scored.score)) {
    throw otherHeldOut('its targets are no longer those that the predictions were scored with');
  }
  const { score, ranked } = scored;
  const about = { problem: problem.definition, vocabulary: vocabularyIn(stored.report, problem) };
  const evidence = await collectEvidence(prepared, { ...about, scored, augmented: null });
  const parts = await partsOf(prepared, { ...about, ranked, recipe: stored.report.recipe });
  const report = reportOf({ stored, problem, profile, evidence, parts, score, startedAt });
  return write(report, { predictions, table: evidence.table }, request);
}

function refuseSameFolder({ directory }: StoredResult, out: string | null): void {
  if (out === null || resolve(out) !== resolve(directory)) return;
  throw usageError(
    'out-is-result',
    `${out} is the result that is to be scored again; it stays as it is.`,
    'Name another folder with --out.',
  );
}

/** The problem of a report, where it still asks for the same kind of answer. */
function problemIn(
  { problem: { id, task } }: GradeReport,
  { findProblem }: ScoreAgainRequest,
): Problem {
  const problem = findProblem(id);
  if (problem.definition.task === task) return problem;
  throw usageError(
    'another-task',
    `The result is of a ${task}, and the problem ${id} is now a ${problem.definition.task}.`,
    'Grade the submission again.',
  );
}

/** The stored numbers, in the shape of the model's output. */
function predictionsOf({ report, predictions }: StoredResult, { heldOut }: Prepared): ArrayFile {
  const [rows = 0] = heldOut.targets.shape;
  const shape = predictionsShape(report, { rows, bytes: predictions.bytes });
  if (shape) return { path: predictions.path, dtype: 'float32', shape };
  throw otherHeldOut(`its ${rows} rows do not fit ${predictions.bytes} bytes of predictions`);
}

function otherHeldOut(why: string) {
  return usageError(
    'other-held-out',
    `The held-out part is not the one that was predicted: ${why}.`,
    'Grade the submission again.',
  );
}

/** What the words of a model were: of a model that was handed in, its report says it. */
function vocabularyIn({ recipe, examples }: GradeReport, { definition }: Problem): number | null {
  return recipe ? vocabularyOf(recipe, definition) : (examples?.vocabulary ?? null);
}

interface ScoredAgain {
  readonly stored: StoredResult;
  readonly problem: Problem;
  readonly profile: 'strict' | 'exam';
  readonly evidence: Evidence;
  readonly parts: DataParts;
  readonly score: ScoreResult;
  readonly startedAt: Date;
}

function reportOf(scored: ScoredAgain): GradeReport {
  const { stored, problem, profile, evidence, parts, score, startedAt } = scored;
  const { seeds, ...report } = stored.report;
  const { recipe, training, probes } = report;
  const about = problemOf(problem.definition);
  const known = { problem: about, recipe, training, score, probes, parts };
  return {
    ...report,
    startedAt: startedAt.toISOString(),
    finishedAt: new Date().toISOString(),
    problem: about,
    profile: profileOf({ problem, profile }),
    ...judge({ score, stoppedBy: training?.stoppedBy }, about.passMark),
    findings: withRunFindings(report.findings, known),
    score,
    environment: { ...report.environment, grader: graderVersion },
    parts,
    images: evidence.images,
    examples: evidence.examples,
    ...(seeds && report.problem.metric.id === about.metric.id
      ? { seeds: pointsAgain(seeds, problem.definition, profile) }
      : {}),
    scoredBefore: earlier(report),
  };
}

/** What other seeds predicted is not kept, but how good it was by this metric. */
function pointsAgain(
  { asked, runs }: SeedSpread,
  { profiles, metric }: ProblemDefinition,
  profile: 'strict' | 'exam',
): SeedSpread {
  const points = (value: number | null) =>
    earnPoints(value ?? NaN, profiles[profile] ?? profiles.strict, metric.better).points;
  return { asked, runs: runs.map((run) => ({ ...run, points: points(run.value) })) };
}

function earlier(report: GradeReport): EarlierScore {
  const { finishedAt, environment, problem, profile, points, score } = report;
  return {
    ...{ finishedAt, grader: environment.grader, problemVersion: problem.version },
    ...{ metric: problem.metric, profile, points, value: score?.value ?? null },
  };
}

async function write(
  report: GradeReport,
  { predictions, table }: { readonly predictions: ArrayFile; readonly table: Evidence['table'] },
  { out, result, language }: ScoreAgainRequest,
): Promise<Graded> {
  const { file } = report.submission;
  const graded = { problemId: report.problem.id, file: result, name: file };
  const { path, giveBack } = await resultDirectory(graded, out ?? undefined);
  try {
    const log = await openLog(join(path, 'log.txt'));
    log.line(`Scored the predictions of ${report.scoredBefore?.finishedAt ?? ''} again.`);
    await log.end();
    const copy = join(path, 'predictions.f32');
    await copyFile(predictions.path, copy).catch((cause: unknown) => {
      throw resultNotWritten(copy, cause);
    });
    if (table) await writeResult(path, table);
    await writeResults(path, report, language);
    return { report, directory: path };
  } finally {
    await giveBack();
  }
}
