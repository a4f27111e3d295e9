import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { readArray, writeArray } from '../array-file.ts';
import type { Execution, Recipe, TrainJob, TrainProgress, TrainResult } from '../contract.ts';
import { GraderError } from '../errors.ts';
import { deriveSeed, seededRandom } from '../random.ts';
import { buildModel } from './build-model.ts';
import { environmentOf } from './environment.ts';
import { gpuUnusable, notRepeatable } from './gpu-errors.ts';
import { loadTensorFlow, type NativeTensorFlow } from './native.ts';
import { makeTrainer, type ChosenTrainer } from './make-trainer.ts';
import { predict } from './predict.ts';
import { saveModel } from './save-model.ts';
import { seedPurposes } from './seed-purposes.ts';
import type { LayersModel } from './tf.ts';
import { Throttle } from './throttle.ts';
import { inputReader, type RowReader } from './train/batches.ts';
import { fit, type FitResult } from './train/fit.ts';
import { splitRows, type RowSplit } from './train/split-rows.ts';
import { isStreamed, openRows, type StoredRows } from './train/stored-rows.ts';

export interface TrainControls {
  readonly report: (progress: TrainProgress) => void;
  /** Asks for an end after the current step, with the last whole epoch. */
  readonly stop: AbortSignal;
  /** Inputs of more bytes stay in their files; left out, the machine's memory decides. */
  readonly mostBytesInMemory?: number;
}

/**
 * Trains a recipe's model, writes it and its predictions for the held-out inputs, and tells what
 * happened. Meant for a process of its own: it seeds `Math.random`, from which TF.js draws.
 * Throws with fault `candidate` (the loss is not finite), `limit` (no epoch within the time) or
 * `interrupted` (stopped before the first epoch's end).
 */
export async function train(job: TrainJob, controls: TrainControls): Promise<TrainResult> {
  // Initial weights and dropout masks of TF.js come from Math.random where no seed is given.
  Math.random = seededRandom(deriveSeed(job.seed, seedPurposes.weights));
  const native = loadTensorFlow({ addon: job.addon });
  if (job.needsGpu && !native.usesGpu) throw gpuUnusable();
  const model = await buildModel(job.recipe.model);
  const started = performance.now();
  const { fitted, execution } = await fitModel({ native, model }, job, controls);
  const trainSeconds = (performance.now() - started) / 1000;
  checkFitted(fitted, job);
  await mkdir(job.directory, { recursive: true });
  await saveModel(model, join(job.directory, 'model'));
  const predicted = await predictHeldOut({ native, model }, job, controls);
  return {
    model: job.model,
    history: fitted.history,
    stoppedBy: fitted.stoppedBy,
    gradedEpoch: fitted.gradedEpoch,
    predictions: predicted.file,
    trainSeconds,
    predictSeconds: predicted.seconds,
    environment: { ...environmentOf(native, job.plan), execution },
    notes: [...executionNotes(execution), ...notesOf(fitted, job.recipe)],
  };
}

async function fitModel(
  on: { native: NativeTensorFlow; model: LayersModel },
  job: TrainJob,
  controls: TrainControls,
): Promise<{ fitted: FitResult; execution: Execution }> {
  const { report, stop } = controls;
  const { trainer, execution, rows, close } = await openTrainer(on, job, controls);
  const throttle = new Throttle(100);
  try {
    const fitted = await fit({
      trainer,
      fit: job.recipe.fit,
      rows,
      seed: job.seed,
      deadline: performance.now() + job.trainingSeconds * 1000,
      isInterrupted: () => stop.aborted,
      onBatch: ({ epoch, step, steps, logs }) => {
        if (throttle.isDue()) report({ type: 'batch', epoch, batch: step, batches: steps, logs });
      },
      onValidation: (epoch) => {
        if (throttle.isDue()) report({ type: 'validation', epoch });
      },
      onEpoch: (record) => report({ type: 'epoch', record }),
    });
    return { fitted, execution };
  } catch (error) {
    throw notRepeatable(error) ?? error;
  } finally {
    await close();
  }
}

interface OpenTrainer extends ChosenTrainer {
  readonly rows: RowSplit;
  readonly close: () => Promise<void>;
}

/** In a function of its own, so that nothing but the trainer refers to the arrays afterwards. */
async function openTrainer(
  { native, model }: { native: NativeTensorFlow; model: LayersModel },
  job: TrainJob,
  { mostBytesInMemory }: TrainControls,
): Promise<OpenTrainer> {
  const open = async (part: 'training' | 'validation') => {
    const stored = await openRows(job.data[part].inputs, mostBytesInMemory);
    const targets = await readArray(job.data[part].targets);
    const reader = readerFor(stored, job, model);
    return { stored, rows: reader.rows, part: { inputs: [reader], targets: [targets] } };
  };
  const training = await open('training');
  const validation = await open('validation');
  const { recipe, seed } = job;
  const { optimizer, loss, metrics } = recipe.compile;
  const rows = splitRows(recipe.fit, { training: training.rows, validation: validation.rows });
  const settings = {
    model,
    recipe: { ...recipe, compile: { optimizer, outputs: [{ loss, metrics }] } },
    training: training.part,
    validation: validation.part,
    ...{ rows, seed },
  };
  const { trainer, execution } = makeTrainer(native, settings, job.plan);
  const files = [training.stored, validation.stored].filter(isStreamed);
  const close = async () => {
    trainer.dispose();
    await Promise.all(files.map((file) => file.close()));
  };
  return { trainer, execution, rows, close };
}

function readerFor(inputs: StoredRows, job: TrainJob, model: LayersModel): RowReader {
  return inputReader(inputs, {
    decoding: job.data.decoding,
    modelShape: (model.inputs[0]?.shape ?? []).slice(1),
    dtype: job.problem.input.dtype,
    vocabulary: job.vocabulary,
  });
}

async function predictHeldOut(
  { native, model }: { native: NativeTensorFlow; model: LayersModel },
  job: TrainJob,
  { report, mostBytesInMemory }: TrainControls,
) {
  const started = performance.now();
  const inputs = await openRows(job.data.heldOut.inputs, mostBytesInMemory);
  const reader = readerFor(inputs, job, model);
  const throttle = new Throttle(100);
  try {
    const [predictions] = await predict({
      native,
      model,
      inputs: [reader],
      parallel: job.plan.interOp,
      areLogits: [job.recipe.compile.loss.config['from_logits'] === true],
      onProgress: (done) => {
        if (throttle.isDue()) report({ type: 'predicting', done, total: reader.rows });
      },
    });
    if (!predictions) throw new Error('the model has no output');
    const file = await writeArray(join(job.directory, 'predictions.f32'), predictions);
    return { file, seconds: (performance.now() - started) / 1000 };
  } finally {
    if (isStreamed(inputs)) await inputs.close();
  }
}

/** No whole epoch means that there is nothing to grade; the reason says whose fault that is. */
function checkFitted(fitted: FitResult, job: TrainJob): void {
  if (fitted.gradedEpoch > 0) return;
  const step = fitted.lastStep;
  if (fitted.stoppedBy === 'not-finite') {
    throw new GraderError({
      fault: 'candidate',
      code: 'loss-not-finite',
      message: `The loss is not a finite number at step ${step} of the first epoch.`,
      help: 'A lower learning rate, clipnorm, or another activation in the last layer often helps.',
    });
  }
  if (fitted.stoppedBy === 'interrupted') {
    throw new GraderError({
      fault: 'interrupted',
      code: 'interrupted',
      message: `Interrupted at step ${step}, before the first epoch was complete.`,
    });
  }
  throw new GraderError({
    fault: 'limit',
    code: 'time-limit',
    message: `Time limit: ${job.trainingSeconds} s were over at step ${step} of the first epoch.`,
    help: 'Take a smaller model or fewer stepsPerEpoch; a machine with more cores is faster.',
  });
}

function executionNotes(execution: Execution): string[] {
  if (execution.mode === 'graph') return [];
  return [`Training ran op by op, which is slower than as one graph: ${execution.reason}.`];
}

function notesOf(fitted: FitResult, recipe: Recipe): string[] {
  const next = (fitted.history.at(-1)?.epoch ?? 0) + 1;
  const graded = `The weights of epoch ${fitted.gradedEpoch} were graded.`;
  switch (fitted.stoppedBy) {
    case 'time-limit':
      return [
        `The time limit ended the training in epoch ${next} of ${recipe.fit.epochs}. ${graded}`,
      ];
    case 'not-finite':
      return [
        `The loss was not a finite number at step ${fitted.lastStep} of epoch ${next}. ${graded}`,
      ];
    case 'interrupted':
      return [`Interrupted in epoch ${next} of ${recipe.fit.epochs}. ${graded}`];
    default:
      return [];
  }
}
