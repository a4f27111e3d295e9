import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { writeArray } from '../array-file.ts';
import type {
  ArrayFile,
  Effects,
  Explanation,
  Scored,
  Submission,
  TrainedModel,
} from '../contract.ts';
import { measureModel } from '../engine/model/measure-model.ts';
import { planPrediction } from '../engine/process/plan.ts';
import { GraderError, toFailure } from '../errors.ts';
import { changeInputs } from '../evidence/explain/change-inputs.ts';
import { showEffects } from '../evidence/explain/show-effects.ts';
import { readDescribed } from '../evidence/collect.ts';
import { withRows } from '../evidence/input-rows.ts';
import { openSubmission } from '../formats/open-submission.ts';
import type { Prepared } from '../prepare/prepared.ts';
import { runExplain } from '../scoring/start.ts';
import type { Engine } from '../setup/engine.ts';
import { evaluateJobOf } from './evaluation-work.ts';
import { type Grading, scratchOf } from './grading.ts';
import { inTime } from './in-time.ts';
import type { Outcome } from './outcome.ts';
import { readAsHandedIn } from './read-as-handed-in.ts';

interface Graded {
  readonly submission: Submission;
  readonly scored: Scored;
  readonly prepared: Prepared;
  readonly engine: Engine;
  readonly vocabulary: number | null;
}

/** For the predictions; the rest takes a moment. */
const seconds = 10;

/**
 * What the model looked at, asked of a new predictor when the score stands: the scorer's worst rows without
 * one part after the other, or all rows with features shuffled. What goes wrong here costs a note, and no
 * point.
 */
export async function explain(grading: Grading, graded: Graded): Promise<void> {
  const { listener, outcome } = grading;
  listener.onStage?.('explaining');
  try {
    const explanation = await explanationOf(grading, graded);
    if (explanation) outcome.explanation = explanation;
    else
      noExplanation(outcome, 'inputs of this kind, or so few of them, have no parts to take away');
  } catch (error) {
    noExplanation(outcome, toFailure(error).message);
  }
}

function noExplanation({ notes }: Outcome, why: string): void {
  notes.push(`There is no explanation: ${why.replace(/\.$/, '')}.`);
}

async function explanationOf(grading: Grading, graded: Graded): Promise<Explanation | null> {
  const started = performance.now();
  const { scored, prepared, vocabulary } = graded;
  const { definition: problem } = grading.request.problem;
  const { decoding, heldOut } = prepared.data;
  const described = await readDescribed(prepared.described);
  return withRows(heldOut.inputs, async (inputs) => {
    const rows = scored.ranked?.rows ?? null;
    const made = await changeInputs(inputs, rows, problem.task === 'forecast');
    if (!made) return null;
    const effects = await effectsOf(grading, graded, made);
    const source = {
      ...{ problem, decoding, described, vocabulary, inputs, ranked: scored.ranked },
      labels: prepared.heldOut.labels,
    };
    const of = await showEffects(made.changed, effects, source);
    const took = (performance.now() - started) / 1000;
    return { predictions: made.inputs.shape[0] ?? 0, seconds: took, of };
  });
}

async function effectsOf(
  grading: Grading,
  graded: Graded,
  { changed, inputs }: Exclude<Awaited<ReturnType<typeof changeInputs>>, null>,
): Promise<Effects> {
  const { request } = grading;
  const { task, metric, classes = [] } = request.problem.definition;
  const directory = join(scratchOf(request), 'explain');
  await mkdir(directory, { recursive: true });
  const file = await writeArray(join(directory, 'inputs'), inputs);
  const predictions = await predict(grading, graded, { file, directory });
  const job = {
    task,
    metric,
    classes,
    changed,
    predictions,
    targets: graded.prepared.heldOut.targets,
  };
  return runExplain(job, { signal: request.kill });
}

async function predict(
  { request, processes, listener }: Grading,
  { submission, engine, prepared: { data }, vocabulary }: Graded,
  { file, directory }: { readonly file: ArrayFile; readonly directory: string },
): Promise<ArrayFile> {
  const { definition: problem } = request.problem;
  const trained = submission.trained ?? (await reopened(request));
  const use = { kind: 'prediction', weights: trained.weights.layers } as const;
  const measured = measureModel({ model: trained.model, problem, use });
  const plan = planPrediction(measured.facts, { threads: request.threads });
  const { areLogits } = readAsHandedIn(trained, measured.model, problem);
  const brought = { engine, data: { ...data, heldOut: { inputs: file } } };
  const given = { ...measured, trained, plan, areLogits, vocabulary };
  const { job, memoryBytes } = evaluateJobOf(request, brought, given);
  processes.aim(plan);
  return inTime({ seconds, signal: request.interrupt }, async ({ signal, onProgress }) => {
    const onStderr = (line: string) => listener.onLog?.(line);
    const asked = { ...job, directory, seconds, poorBeyond: null };
    const options = { onProgress, onStderr, signal, memoryBytes };
    return (await processes.trainer(engine).evaluate(asked, options)).predictions;
  });
}

/** The model that a training left. */
async function reopened(request: Grading['request']): Promise<TrainedModel> {
  const { trained } = await openSubmission(join(request.directory, 'model', 'model.json'), {
    scratch: join(scratchOf(request), 'trained'),
    ...{ retrain: false, recipe: null, signal: request.interrupt, log: () => undefined },
  });
  if (trained) return trained;
  throw new GraderError({
    fault: 'grader',
    code: 'no-trained-model',
    message: 'internal: the trained model was not found again.',
  });
}
