import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { readArray } from '../array-file.ts';
import type { AugmentationSample, TrainJob, TrainProgress, TrainResult } from '../contract.ts';
import { deriveSeed, seededRandom } from '../random.ts';
import { buildModel } from './model/build-model.ts';
import { environmentOf } from './tensorflow/environment.ts';
import { HeldOut, inputsFor } from './predict/held-out.ts';
import { lookInside } from './predict/probes/look-inside.ts';
import { probeModel } from './predict/probes/probe-model.ts';
import { gpuUnusable, notRepeatable } from './tensorflow/gpu-errors.ts';
import { loadTensorFlow, type NativeTensorFlow } from './tensorflow/native.ts';
import { makeTrainer, type ChosenTrainer } from './train/make-trainer.ts';
import { saveModel } from './model/save-model.ts';
import { previewAugmentation } from './train/preview-augmentation.ts';
import { seedPurposes } from './train/seed-purposes.ts';
import type { Model } from './model/model.ts';
import { Throttle } from '../throttle.ts';
import { fit, type FitResult } from './train/fit.ts';
import { checkFitted, executionNotes, notesOf } from './train/training-outcome.ts';
import { splitRows, type RowSplit } from './train/split-rows.ts';
import { isStreamed, openRows } from './rows/stored-rows.ts';

interface TrainControls {
  readonly onProgress: (progress: TrainProgress) => void;
  /** Asks for an end after the current step, with the last whole epoch. */
  readonly stop: AbortSignal;
  /** Inputs of more bytes stay in their files; left out, the machine's memory decides. */
  readonly mostBytesInMemory?: number;
}

/**
 * Trains a recipe's model, writes it and its predictions for the held-out inputs, and tells what
 * happened. Meant for a process of its own: it seeds `Math.random`, from which TF.js draws.
 * It takes at most the limit and two seconds, of which so much is kept for the predictions as they are
 * forecast to need. Throws with fault `candidate` (the loss is not finite), `limit` (no epoch within
 * the time, or no time for the predictions) or `interrupted` (stopped before the first epoch's end).
 */
export async function train(job: TrainJob, controls: TrainControls): Promise<TrainResult> {
  const started = performance.now();
  controls.onProgress({ type: 'started' });
  // Initial weights and dropout masks of TF.js come from Math.random where no seed is given.
  Math.random = seededRandom(deriveSeed(job.seed, seedPurposes.weights));
  const native = loadTensorFlow({ addon: job.addon });
  if (job.needsGpu && !native.usesGpu) throw gpuUnusable();
  const model = buildModel(job.recipe.model);
  const heldOut = new HeldOut({ native, model }, job, controls);
  const kept = await heldOut.forecastSeconds();
  const end = started + job.trainingSeconds * 1000;
  const fitting = performance.now();
  const deadline = end - kept * 1000;
  const { fitted, execution, augmented } = await fitModel(
    { native, model, deadline },
    job,
    controls,
  );
  const trainSeconds = (performance.now() - fitting) / 1000;
  checkFitted(fitted, { seconds: job.trainingSeconds, kept });
  await mkdir(job.directory, { recursive: true });
  await saveModel(model, join(job.directory, 'model'));
  const predicted = await heldOut.predict(end + grace);
  const { file: predictions, seconds: predictSeconds } = predicted;
  const left = () => (controls.stop.aborted ? 0 : (end - performance.now()) / 1000);
  const probes = await probeModel(
    job.data.heldOut.inputs,
    { predictions, seconds: predictSeconds, secondsLeft: left() },
    (rows) => heldOut.predictRows(rows),
  );
  // What fails is not looked at, since it is worth no grading.
  const insides = left() > secondsToLook ? await lookInside(model, job).catch(() => null) : null;
  return {
    model: job.model,
    history: fitted.history,
    stoppedBy: fitted.stoppedBy,
    gradedEpoch: fitted.gradedEpoch,
    predictions,
    trainSeconds,
    predictSeconds,
    environment: { ...environmentOf(native, job.plan), execution },
    ...{ probes, insides, augmented },
    notes: [...executionNotes(execution), ...notesOf(fitted, job.recipe)],
  };
}

/** That must be left of the time before the limit. */
const secondsToLook = 2;

/** Milliseconds after the limit until which predictions may end that were forecast to end before. */
const grace = 1000;

async function fitModel(
  on: { native: NativeTensorFlow; model: Model; deadline: number },
  job: TrainJob,
  controls: TrainControls,
): Promise<Pick<OpenTrainer, 'execution' | 'augmented'> & { fitted: FitResult }> {
  const { onProgress, stop } = controls;
  const { trainer, execution, rows, augmented, close } = await openTrainer(on, job, controls);
  const throttle = new Throttle(100);
  try {
    const fitted = await fit({
      trainer,
      fit: job.recipe.fit,
      rows,
      seed: job.seed,
      deadline: on.deadline,
      isInterrupted: () => stop.aborted,
      onBatch: ({ epoch, step, steps, logs }) => {
        if (throttle.isDue())
          onProgress({ type: 'batch', epoch, batch: step, batches: steps, logs });
      },
      onValidation: (epoch) => {
        if (throttle.isDue()) onProgress({ type: 'validation', epoch });
      },
      onEpoch: (record) => onProgress({ type: 'epoch', record }),
    });
    return { fitted, execution, augmented };
  } catch (error) {
    throw notRepeatable(error) ?? error;
  } finally {
    await close();
  }
}

interface OpenTrainer extends ChosenTrainer {
  readonly rows: RowSplit;
  readonly augmented: AugmentationSample | null;
  readonly close: () => Promise<void>;
}

/** In a function of its own, so that nothing but the trainer refers to the arrays afterwards. */
async function openTrainer(
  { native, model }: { native: NativeTensorFlow; model: Model },
  job: TrainJob,
  { mostBytesInMemory }: TrainControls,
): Promise<OpenTrainer> {
  const open = async (part: 'training' | 'validation') => {
    const stored = await openRows(job.data[part].inputs, mostBytesInMemory);
    const targets = await readArray(job.data[part].targets);
    const reader = inputsFor(model, stored, job);
    return { stored, rows: reader.rows, part: { inputs: [reader], targets: [targets] } };
  };
  const training = await open('training');
  const validation = await open('validation');
  const { recipe, seed } = job;
  const { optimizer, loss, metrics, outputMasks } = recipe.compile;
  const rows = splitRows(recipe.fit, { training: training.rows, validation: validation.rows });
  const settings = {
    model,
    recipe: { ...recipe, compile: { optimizer, outputs: [{ loss, metrics }], outputMasks } },
    training: training.part,
    validation: validation.part,
    ...{ rows, seed },
  };
  const { trainer, execution } = makeTrainer(native, settings, { ...job.plan, ...job.room });
  const { augmentation } = recipe;
  const [reader] = training.part.inputs;
  const augmented =
    augmentation && reader
      ? await previewAugmentation(reader, { rows: rows.training, augmentation, seed })
      : null;
  const files = [training.stored, validation.stored].filter(isStreamed);
  const close = async () => {
    trainer.dispose();
    await Promise.all(files.map((file) => file.close()));
  };
  return { trainer, execution, rows, augmented, close };
}
