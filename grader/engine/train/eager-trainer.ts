import type { NdArray } from '../../contract.ts';
import { seedRandomLayers } from '../tensorflow/randomness.ts';
import { variablesOf } from '../model/model.ts';
import { tf, type Tensor } from '../tensorflow/tf.ts';
import { AugmentationDraws } from './augmentation-draws.ts';
import { augmentImages } from './augment.ts';
import { batchesOf, formAll } from '../rows/batches.ts';
import { EpochSums } from './epoch-sums.ts';
import { EagerOptimizer } from './eager-optimizer.ts';
import { GradientNorms, isMeasured } from './gradient-norms.ts';
import { maskedOutputs } from './masked-outputs.ts';
import { Optimizer, squaredNorm } from './optimizer.ts';
import { readAhead, storedRows } from '../rows/read-ahead.ts';
import type { TrainerSettings } from './settings.ts';
import { sourcesOf, type Sources } from './sources.ts';
import { TrainingStep, type Measured, type StepBatch } from './training-step.ts';
import type { EpochOutcome, EpochRequest, Logs, Part, Snapshot, Trainer } from './trainer.ts';

/** A trainer that runs every op of every step from JavaScript. */
export class EagerTrainer implements Trainer {
  private readonly settings: TrainerSettings;
  private readonly step: TrainingStep;
  private readonly optimizer: Optimizer;
  private readonly updates: EagerOptimizer;
  private readonly sources: Sources;
  private readonly draws: AugmentationDraws | null;
  private iterations = 0;

  constructor(settings: TrainerSettings) {
    const { model, recipe, seed } = settings;
    seedRandomLayers(model, seed);
    this.settings = settings;
    this.sources = sourcesOf(settings);
    this.step = new TrainingStep(model, recipe.compile, maskedOutputs(settings));
    this.optimizer = new Optimizer(recipe.compile.optimizer);
    this.updates = new EagerOptimizer(this.optimizer, this.step.variables);
    this.draws = AugmentationDraws.of(recipe.augmentation, seed);
  }

  async trainEpoch(request: EpochRequest): Promise<EpochOutcome> {
    const sums = new EpochSums(this.step.metrics);
    const norms = new GradientNorms();
    let learningRate = 0;
    let wasStopped = false;
    for await (const batch of this.stored('training', request.batches)) {
      learningRate = request.learningRate(this.optimizer.learningRate(this.iterations));
      const loss = this.train(batch, learningRate, { sums, norms });
      wasStopped = !Number.isFinite(loss) || request.afterStep(sums.steps, sums.logs());
      if (wasStopped) break;
      // Lets messages of the parent process in.
      await new Promise(setImmediate);
    }
    const { steps } = sums;
    return { logs: sums.logs(), learningRate, gradientNorm: norms.summary(), steps, wasStopped };
  }

  async evaluate(part: Part, rows: Int32Array, shouldStop = never): Promise<Logs | null> {
    const sums = new EpochSums(this.step.metrics);
    const batches = batchesOf(rows, this.settings.recipe.fit.batch_size);
    for await (const batch of this.stored(part, batches)) {
      if (shouldStop()) return null;
      tf.tidy(() => {
        const given = { ...this.formed(part, batch), weights: null };
        count(this.step.evaluate(given), batch.rows.length, sums);
      });
      await new Promise(setImmediate);
    }
    return sums.logs();
  }

  snapshot(): Snapshot {
    const copies = variablesOf(this.settings.model).map((variable) => variable.clone());
    return new WeightCopies(copies);
  }

  restore(snapshot: Snapshot): void {
    if (!(snapshot instanceof WeightCopies)) throw new Error('a snapshot of another trainer');
    variablesOf(this.settings.model).forEach((variable, index) => {
      const copy = snapshot.copies[index];
      if (copy) variable.assign(copy);
    });
  }

  /** The model's own variables are trained, so there is nothing to bring. */
  updateModel(): void {}

  dispose(): void {
    this.updates.dispose();
  }

  private async *stored(
    part: Part,
    batches: Iterable<Int32Array>,
  ): AsyncGenerator<StoredBatch, void> {
    const { inputs, targets } = this.sources[part];
    const readers = [...inputs, ...targets];
    for await (const { run, stored } of readAhead(readers, runsOf(batches))) {
      const arrays = await storedRows(readers, run.rows, stored);
      yield {
        ...run,
        inputs: arrays.slice(0, inputs.length),
        targets: arrays.slice(inputs.length),
      };
    }
  }

  /** Forward, backward, update. Answers the loss of the batch before the update. */
  private train(batch: StoredBatch, learningRate: number, { sums, norms }: EpochTotals): number {
    return tf.tidy(() => {
      const done = tf.scalar(this.iterations, 'int32');
      const result = this.step.differentiate(this.read(batch), done);
      if (isMeasured(sums.steps)) norms.add(squaredNorm(result.gradients).dataSync()[0] ?? NaN);
      this.updates.apply(this.step.variables, result.gradients, learningRate);
      for (const [variable, constrain] of this.step.constraints()) {
        variable.assign(constrain(variable));
      }
      this.iterations += 1;
      return count(result, batch.rows.length, sums);
    });
  }

  private read(batch: StoredBatch): StepBatch {
    const { draws } = this;
    const { inputs, targets } = this.formed('training', batch);
    const { weights } = this.sources.training;
    return {
      inputs: draws ? inputs.map((images) => draws.augment(images, augmentImages)) : inputs,
      targets,
      weights: weights && tf.tensor1d(Float32Array.from(batch.rows, (row) => weights[row] ?? 1)),
    };
  }

  private formed(part: Part, batch: StoredBatch): Pick<StepBatch, 'inputs' | 'targets'> {
    const { inputs, targets } = this.sources[part];
    return {
      inputs: formAll(inputs, batch.inputs),
      targets: formAll(targets, batch.targets),
    };
  }
}

function* runsOf(batches: Iterable<Int32Array>): Generator<{ rows: Int32Array }> {
  for (const rows of batches) yield { rows };
}

interface StoredBatch {
  readonly rows: Int32Array;
  readonly inputs: readonly NdArray['data'][];
  readonly targets: readonly NdArray['data'][];
}

interface EpochTotals {
  readonly sums: EpochSums;
  readonly norms: GradientNorms;
}

const never = () => false;

/** Adds a batch to the sums; answers its loss. */
function count(measured: Measured, rows: number, sums: EpochSums): number {
  const [loss = NaN] = measured.loss.dataSync();
  const values = measured.metrics.flatMap((metric) => [...metric.dataSync()]);
  sums.add(rows, loss, (index) => values[index] ?? NaN);
  return loss;
}

class WeightCopies implements Snapshot {
  readonly copies: readonly Tensor[];

  constructor(copies: readonly Tensor[]) {
    this.copies = copies;
  }

  dispose(): void {
    for (const copy of this.copies) copy.dispose();
  }
}
