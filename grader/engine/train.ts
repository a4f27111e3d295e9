import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { readArray, writeArray } from '../array-file.ts';
import type {
  Execution,
  NdArray,
  Recipe,
  TrainEnvironment,
  TrainJob,
  TrainProgress,
  TrainResult,
} from '../contract.ts';
import { GraderError } from '../errors.ts';
import { deriveSeed, seededRandom } from '../random.ts';
import { buildModel } from './build-model.ts';
import { loadTensorFlow, type NativeTensorFlow } from './native.ts';
import { makeTrainer } from './make-trainer.ts';
import { predict } from './predict.ts';
import { saveModel } from './save-model.ts';
import { seedPurposes } from './seed-purposes.ts';
import { tf, type LayersModel } from './tf.ts';
import { inputReader, type RowReader } from './train/batches.ts';
import { fit, type FitResult } from './train/fit.ts';
import { splitRows } from './train/split-rows.ts';

export interface TrainControls {
  readonly report: (progress: TrainProgress) => void;
  /** Asks for an end after the current step, with the last whole epoch. */
  readonly stop: AbortSignal;
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
    environment: { ...environment(native), execution },
    notes: notesOf(fitted, job.recipe),
  };
}

function gpuUnusable(): GraderError {
  return new GraderError({
    fault: 'machine',
    code: 'gpu-unusable',
    message: 'A GPU is asked for (--device gpu), but TensorFlow finds none that it can use.',
    help: 'log.txt has the reason that TensorFlow gives; `grader setup --gpu` brings its CUDA build.',
  });
}

async function fitModel(
  { native, model }: { native: NativeTensorFlow; model: LayersModel },
  job: TrainJob,
  { report, stop }: TrainControls,
): Promise<{ fitted: FitResult; execution: Execution }> {
  const training = await readPart(job, 'training', model);
  const validation = await readPart(job, 'validation', model);
  const rows = splitRows(job.recipe.fit, {
    training: training.inputs.rows,
    validation: validation.inputs.rows,
  });
  const { recipe, seed } = job;
  const settings = { model, recipe, training, validation, rows, seed };
  const { trainer, execution } = makeTrainer(native, settings);
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
  } finally {
    trainer.dispose();
  }
}

async function readPart(
  job: TrainJob,
  part: 'training' | 'validation',
  model: LayersModel,
): Promise<{ inputs: RowReader; targets: NdArray }> {
  const inputs = await readArray(job.data[part].inputs);
  const targets = await readArray(job.data[part].targets);
  return { inputs: readerFor(inputs, job, model), targets };
}

function readerFor(inputs: NdArray, job: TrainJob, model: LayersModel): RowReader {
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
  { report }: TrainControls,
) {
  const started = performance.now();
  const reader = readerFor(await readArray(job.data.heldOut.inputs), job, model);
  const throttle = new Throttle(100);
  const predictions = await predict({
    native,
    model,
    reader,
    areLogits: job.recipe.compile.loss.config['from_logits'] === true,
    onProgress: (done) => {
      if (throttle.isDue()) report({ type: 'predicting', done, total: reader.rows });
    },
  });
  const file = await writeArray(join(job.directory, 'predictions.f32'), predictions);
  return { file, seconds: (performance.now() - started) / 1000 };
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

function environment(native: NativeTensorFlow): Omit<TrainEnvironment, 'execution'> {
  return {
    tensorflow: native.version,
    tfjs: tf.version_core,
    device: native.usesGpu ? 'GPU' : 'CPU',
    threads: Number(process.env['TF_NUM_INTRAOP_THREADS'] ?? 0),
    oneDnn: process.env['TF_ENABLE_ONEDNN_OPTS'] !== '0',
  };
}

/** At most one yes in so many milliseconds. */
class Throttle {
  private readonly milliseconds: number;
  private last = -Infinity;

  constructor(milliseconds: number) {
    this.milliseconds = milliseconds;
  }

  isDue(): boolean {
    const now = performance.now();
    if (now - this.last < this.milliseconds) return false;
    this.last = now;
    return true;
  }
}
