import { mkdir, rm } from 'node:fs/promises';
import type {
  Finding,
  GradeReport,
  HeldOutTargets,
  Problem,
  ProblemDefinition,
  RecipeSubmission,
  ScoreResult,
  Scored,
  Submission,
} from '../contract.ts';
import type { MeasuredModel, MeasureJob } from '../engine/model/measure-model.ts';
import { lossNotFinite } from '../contract/training.ts';
import type { Engine } from '../setup/engine.ts';
import { toFailure } from '../errors.ts';
import { openSubmission } from '../formats/open-submission.ts';
import { placing } from '../formats/place-mistakes.ts';
import type { Prepared } from '../prepare/prepared.ts';
import { recipeMisfits, recipeRemarks } from '../recipe/for-problem.ts';
import { writeResult } from '../results/write-results.ts';
import { findIsolation } from '../sandbox/isolation.ts';
import { assembleReport } from './assemble-report.ts';
import { checkDevice } from './device.ts';
import { evaluationWork } from './evaluation-work.ts';
import { earlierPredictions, lastAttemptOf } from './earlier.ts';
import { type Brought, type Grading, scratchOf, type Work } from './grading.ts';
import { readOwn } from './own-submission.ts';
import { withHealedEngine } from './healed-engine.ts';
import { fitVocabulary } from './read-as-handed-in.ts';
import { probesOf, seedOf, type Outcome } from './outcome.ts';
import { recipeFindings } from '../findings/recipe/index.ts';
import { withRunFindings } from '../findings/run/index.ts';
import type { RunFacts } from '../findings/run/run-facts.ts';
import { repeated } from './repeat.ts';
import type { GradeListener } from './listener.ts';
import type { GradeRequest } from './request.ts';
import { scorePredictions } from './score-predictions.ts';
import { sweepRates } from './rate-sweep.ts';
import { checkSeeds, gradeSeeds } from './seed-runs.ts';
import { startProcesses } from './stage-processes.ts';
import { trainingWork } from './training-work.ts';

/**
 * Grades one file, from opening it to its report. Never throws for a foreseen failure: the report
 * says whose fault it was. Model and predictions lie in the directory afterwards.
 */
export async function grade(request: GradeRequest, listener: GradeListener): Promise<GradeReport> {
  const outcome: Outcome = { startedAt: new Date(), notes: [], findings: [] };
  const processes = startProcesses(request);
  try {
    outcome.isolation = await findIsolation();
    await runStages({ request, listener, outcome, processes });
  } catch (error) {
    outcome.failure = toFailure(error);
  } finally {
    await processes.end();
    await rm(scratchOf(request), { recursive: true, force: true });
  }
  const report = assembleReport(request, outcome);
  return { ...report, ...lastAttemptOf(request.earlier, report) };
}

async function runStages(grading: Grading): Promise<void> {
  const { request, outcome, processes } = grading;
  const { definition } = request.problem;
  void loadMeasuring();
  const submission = await open(grading);
  const measured = await measure(grading, submission);
  if (submission.recipe) {
    grading.listener.onRecipe?.(submission.recipe, seedOf(request, submission));
    tell(grading, recipeFindings(submission.recipe, measured.model, definition));
  }
  const workOf = (of: Grading) =>
    submission.trained
      ? evaluationWork(of, submission, measured)
      : trainingWork(of, submission, measured);
  checkSeeds(request, submission);
  const work = workOf(grading);
  processes.aim(work.plan);
  const prepared = await prepare(grading);
  const engine = await bringEngine(grading);
  await mkdir(request.directory, { recursive: true });
  const brought = { engine, ...prepared };
  const sweep = async () => {
    if (request.sweep && submission.recipe)
      await trySweep(grading, submission, { measured, brought });
  };
  const working =
    request.seeds === 1 || submission.trained
      ? workAndScore(grading, work, brought)
      : gradeSeeds(grading, submission, (own) => workAndScore(own, workOf(own), brought));
  const scored = await working.catch(async (error: unknown) => {
    // Exactly there it helps.
    if (toFailure(error).code === lossNotFinite) await sweep();
    throw error;
  });
  const { score } = scored;
  outcome.score = score;
  const [{ collectEvidence }, { partsOf }] = await loadEvidence();
  outcome.parts = await partsOf(prepared, {
    ...{ problem: definition, recipe: submission.recipe ?? null },
    ...{ vocabulary: work.vocabulary, ranked: scored.ranked },
  });
  outcome.findings = withRunFindings(outcome.findings, runFactsOf(grading, score));
  const { images, augmented, examples, table } = await collectEvidence(prepared, {
    ...{ problem: definition, scored, vocabulary: work.vocabulary },
    augmented: outcome.training?.augmented ?? null,
  });
  if (table) await writeResult(request.directory, table);
  outcome.images = images;
  if (augmented) outcome.augmented = augmented;
  outcome.examples = examples;
  if (request.explain) {
    const { explain } = await import('./explain.ts');
    await explain(grading, { submission, scored, prepared, engine, vocabulary: work.vocabulary });
  }
  await sweep();
}

interface Sweepable {
  readonly measured: MeasuredModel;
  readonly brought: Brought;
}

/** Tries other learning rates; what fails in that is worth no grading. */
async function trySweep(
  grading: Grading,
  submission: RecipeSubmission,
  { measured, brought }: Sweepable,
): Promise<void> {
  const { outcome } = grading;
  outcome.sweep = await sweepRates(grading, submission, {
    rows: brought.data.training.targets.shape[0] ?? 0,
    train: (of, short) => trainingWork(of, short, measured).run(brought),
  }).catch((error: unknown) => {
    outcome.notes.push(`Other learning rates were not tried: ${toFailure(error).message}`);
    return null;
  });
}

/** What reads held-out rows again, once they are scored. */
function loadEvidence() {
  return Promise.all([import('../evidence/collect.ts'), import('../evidence/parts.ts')]);
}

/** Predicts, after a training where there is one, and scores. */
async function workAndScore(
  grading: Grading,
  work: Work,
  { engine, data, heldOut }: Brought & { readonly heldOut: HeldOutTargets },
): Promise<Scored> {
  const { request, listener } = grading;
  const predictions = await withHealedEngine(grading, engine, (whole) =>
    work.run({ engine: whole, data }),
  );
  listener.onStage?.('scoring');
  const earlier = await earlierPredictions(grading);
  return repeated(grading, {
    run: () =>
      scorePredictions({ ...request, predictions, heldOut, earlier, signal: request.kill }),
    runOwn: null,
  });
}

function runFactsOf({ request, outcome }: Grading, score: ScoreResult): RunFacts {
  const { submission, training = null, parts } = outcome;
  const problem = request.problem.definition;
  const probes = probesOf(outcome);
  return { problem, recipe: submission?.recipe ?? null, training, score, probes, parts };
}

/** At once: a training takes long. */
function tell({ outcome, listener }: Grading, findings: readonly Finding[]): void {
  outcome.findings = [...outcome.findings, ...findings];
  for (const finding of findings) listener.onFinding?.(finding);
}

async function open(grading: Grading): Promise<Submission> {
  const { request, listener, outcome } = grading;
  listener.onStage?.('submission');
  const { definition } = request.problem;
  const options = {
    scratch: scratchOf(request),
    retrain: request.retrain,
    recipe: request.recipe,
    problem: definition,
    signal: request.interrupt,
    log: (line: string) => listener.onLog?.(line),
  };
  const submission = await repeated(grading, {
    run: () => openSubmission(request.file, options),
    runOwn: (died) => readOwn(grading, died),
  });
  const fitted = submission.trained ? submission : fitVocabulary(submission, definition);
  outcome.submission = fitted;
  outcome.notes.push(...fitted.notes);
  return fitted;
}

/** Before data and engine are brought: a model that does not fit is told at once. */
async function measure({ request, listener, outcome }: Grading, submission: Submission) {
  const { measureModel } = await loadMeasuring();
  const problem = request.problem.definition;
  const others = request.others.flatMap(soundDefinition).filter(({ id }) => id !== problem.id);
  const { recipe } = submission;
  const misfits = recipe ? recipeMisfits(recipe, problem) : [];
  const work = () => measureModel({ ...modelOf(submission), problem, others, misfits });
  const file = recipeFileOf(submission);
  const measured = await (file ? placing(file, work, request.interrupt) : work());
  if (recipe) outcome.notes.push(...recipeRemarks(recipe, problem));
  listener.onModel?.(measured.model);
  return measured;
}

/** Where mistakes of a recipe are to be found; null where there is no such file. */
function recipeFileOf(submission: Submission) {
  if (submission.trained || submission.recipeFile === null) return null;
  return { path: submission.recipeFile, hasModel: !submission.isRetrained };
}

/** A package that is broken is told of where it is used. */
function soundDefinition(problem: Problem): readonly ProblemDefinition[] {
  try {
    return [problem.definition];
  } catch {
    return [];
  }
}

/** The definitions of all layers: loaded while the submission is read by a process of its own. */
function loadMeasuring() {
  return import('../engine/model/measure-model.ts');
}

function modelOf({ recipe, trained }: Submission): Omit<MeasureJob, 'problem'> {
  if (recipe)
    return { model: recipe.model, use: { kind: 'training', batch: recipe.fit.batch_size } };
  return { model: trained.model, use: { kind: 'prediction', weights: trained.weights.layers } };
}

async function prepare(grading: Grading): Promise<Prepared> {
  const { request, listener, outcome, processes } = grading;
  listener.onStage?.('data');
  const prepared = await repeated(grading, {
    run: () =>
      processes
        .takePreparer()
        .run(
          { directory: request.problem.directory, sample: request.sample, sampleSeed: 1 },
          { onProgress: (progress) => listener.onPrepare?.(progress), signal: request.interrupt },
        ),
    runOwn: null,
  });
  outcome.data = prepared.data.source;
  outcome.sharedRows = prepared.sharedRows;
  outcome.notes.push(...prepared.data.notes);
  return prepared;
}

async function bringEngine({ request, listener, processes }: Grading): Promise<Engine> {
  listener.onStage?.('engine');
  const options = { ...request.engine, signal: request.interrupt };
  await checkDevice(options);
  const found = await processes.engine;
  if (found) return found;
  const { ensureEngine } = await import('../setup/ensure-engine.ts');
  return ensureEngine(options, (event) => listener.onSetup?.(event));
}
