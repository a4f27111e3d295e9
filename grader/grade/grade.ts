import { mkdir } from 'node:fs/promises';
import type {
  ExecutionPlan,
  GradeReport,
  HeldOutTargets,
  ModelSummary,
  PreparedData,
  Problem,
  ScoreResult,
  Submission,
  TrainProgress,
  TrainResult,
} from '../contract.ts';
import type { Engine, EngineOptions, SetupEvent } from '../engine/setup/engine.ts';
import type { WarmTrainers } from '../engine/warm-trainers.ts';
import { toFailure } from '../errors.ts';
import { planExecution } from '../engine/plan.ts';
import { openSubmission } from '../formats/index.ts';
import type { PrepareProgress } from '../prepare/prepare.ts';
import { runScore } from '../scoring/run-score.ts';
import { checkDevice } from './device.ts';
import { checkRecipe, vocabularyOf } from './check-recipe.ts';
import { assembleReport, seedOf, type Outcome } from './assemble-report.ts';
import { startProcesses, type StageProcesses } from './stage-processes.ts';

export interface GradeRequest {
  readonly problem: Problem;
  /** The candidate's file. */
  readonly file: string;
  readonly profile: 'strict' | 'exam';
  /** Null takes the recipe's own seed, else 1. */
  readonly seed: number | null;
  readonly sample: boolean;
  /** Where model, predictions and log are written; made when it does not exist. */
  readonly directory: string;
  readonly threads: number;
  /** Where the trainer comes from; it is not ended here. */
  readonly trainers: WarmTrainers;
  readonly trainingSeconds: number;
  readonly engine: EngineOptions;
  /** Ends a training after its current step, and its last whole epoch is graded; ends other stages. */
  readonly interrupt: AbortSignal;
  /** Ends everything at once. */
  readonly kill: AbortSignal;
}

/** Whoever follows a grading: the terminal, a log. */
export interface GradeListener {
  onStage?(stage: 'submission' | 'data' | 'engine' | 'training' | 'scoring'): void;
  onModel?(model: ModelSummary): void;
  onSetup?(event: SetupEvent): void;
  onPrepare?(progress: PrepareProgress): void;
  onTrain?(progress: TrainProgress, submission: Submission): void;
  /** One line for the log: what the candidate's code or TensorFlow printed. */
  onLog?(line: string): void;
}

/**
 * Grades one file, from opening it to its report. Never throws for a foreseen failure: the report
 * says whose fault it was. Model and predictions lie in the directory afterwards.
 */
export async function grade(request: GradeRequest, listener: GradeListener): Promise<GradeReport> {
  const outcome: Outcome = { startedAt: new Date(), notes: [] };
  const processes = startProcesses(request);
  try {
    await runStages({ request, listener, outcome, processes });
  } catch (error) {
    outcome.failure = toFailure(error);
  } finally {
    await processes.end();
  }
  return assembleReport(request, outcome);
}

interface Grading {
  readonly request: GradeRequest;
  readonly listener: GradeListener;
  /** What the stages leave behind. */
  readonly outcome: Outcome;
  readonly processes: StageProcesses;
}

async function runStages(grading: Grading): Promise<void> {
  const { request, listener, outcome, processes } = grading;
  const submission = await open(grading);
  const model = await measure(grading, submission);
  const { batch_size: batch } = submission.recipe.fit;
  const plan = planExecution(model, { batch, threads: request.threads });
  processes.aim(plan);
  const prepared = await prepare(grading);
  const engine = await bringEngine(grading);
  listener.onStage?.('training');
  const { data } = prepared;
  const training = await trainModel(grading, { submission, model, plan, engine, data });
  outcome.training = training;
  outcome.notes.push(...training.notes);
  listener.onStage?.('scoring');
  const score = await scoreModel(request, training, prepared.heldOut);
  outcome.score = score;
  const { heldOut, decoding } = data;
  const { exampleImages } = await import('../report/example-images.ts');
  outcome.images = await exampleImages(score, heldOut.inputs, decoding);
}

async function open({ request, listener, outcome }: Grading): Promise<Submission> {
  listener.onStage?.('submission');
  const submission = await openSubmission(request.file, {
    signal: request.interrupt,
    log: (line) => listener.onLog?.(line),
  });
  outcome.submission = submission;
  const remarks = checkRecipe(submission.recipe, request.problem.definition);
  outcome.notes.push(...submission.notes, ...remarks);
  return submission;
}

/** Before data and engine are brought: a model that does not fit is told at once. */
async function measure(
  { request, listener, processes }: Grading,
  submission: Submission,
): Promise<ModelSummary> {
  const job = { recipe: submission.recipe, problem: request.problem.definition };
  const model = await processes.measurer.run(job, {
    onStderr: (line) => listener.onLog?.(line),
    signal: request.interrupt,
  });
  listener.onModel?.(model);
  return model;
}

async function prepare({
  request,
  listener,
  outcome,
  processes,
}: Grading): Promise<{ data: PreparedData; heldOut: HeldOutTargets }> {
  listener.onStage?.('data');
  const prepared = await processes.preparer.run(
    { problemId: request.problem.definition.id, sample: request.sample, sampleSeed: 1 },
    { onProgress: (progress) => listener.onPrepare?.(progress), signal: request.interrupt },
  );
  outcome.data = prepared.data.source;
  outcome.notes.push(...prepared.data.notes);
  return prepared;
}

async function bringEngine({ request, listener, processes }: Grading): Promise<Engine> {
  listener.onStage?.('engine');
  const options = { ...request.engine, signal: request.interrupt };
  await checkDevice(options);
  const found = await processes.engine;
  if (found) return found;
  const { ensureEngine } = await import('../engine/setup/ensure-engine.ts');
  return ensureEngine(options, (event) => listener.onSetup?.(event));
}

interface Brought {
  readonly submission: Submission;
  readonly model: ModelSummary;
  readonly plan: ExecutionPlan;
  readonly engine: Engine;
  readonly data: PreparedData;
}

async function trainModel(
  { request, listener, processes }: Grading,
  { submission, model, plan, engine, data }: Brought,
): Promise<TrainResult> {
  const { definition } = request.problem;
  await mkdir(request.directory, { recursive: true });
  const job = {
    recipe: submission.recipe,
    model,
    problem: definition,
    data,
    seed: seedOf(request, submission),
    vocabulary: vocabularyOf(submission.recipe, definition),
    directory: request.directory,
    trainingSeconds: request.trainingSeconds,
    addon: engine.addon,
    needsGpu: request.engine.device === 'gpu',
    plan,
  };
  return processes.trainer(engine).run(job, {
    onProgress: (progress) => listener.onTrain?.(progress, submission),
    onStderr: (line) => listener.onLog?.(line),
    signal: request.kill,
    softStop: request.interrupt,
  });
}

function scoreModel(
  request: GradeRequest,
  training: TrainResult,
  heldOut: HeldOutTargets,
): Promise<ScoreResult> {
  const { task, metric, classes = [], profiles } = request.problem.definition;
  const profile = profiles[request.profile];
  if (!profile) throw new Error(`no profile ${request.profile}`);
  const job = { task, metric, classes, profile, predictions: training.predictions, heldOut };
  return runScore(job, { signal: request.kill });
}
