import type { KerasObject, NdArray, Recipe } from '../../contract.ts';
import { seedRandomLayers } from '../randomness.ts';
import { tf, type LayersModel, type Tensor, type Variable } from '../tf.ts';
import { AugmentationDraws } from './augmentation-draws.ts';
import { projectImages } from './augment.ts';
import { batchesOf, formRows, readStored, type RowReader } from './batches.ts';
import { exampleWeights } from './example-weights.ts';
import { EpochSums } from './epoch-sums.ts';
import { EagerOptimizer, Optimizer } from './optimizer.ts';
import { readAhead } from './read-ahead.ts';
import { learningRateAt } from './schedule.ts';
import type { RowSplit } from './split-rows.ts';
import { targetReader } from './targets.ts';
import { TrainingStep, type Measured, type StepBatch } from './training-step.ts';
import type { EpochOutcome, EpochRequest, Logs, Part, Snapshot, Trainer } from './trainer.ts';

export interface TrainingPart {
  readonly inputs: RowReader;
  readonly targets: NdArray;
  /** One weight for each row's loss, beside the class weights. */
  readonly sampleWeights?: Float32Array;
}

export interface TrainerSettings {
  readonly model: LayersModel;
  readonly recipe: Pick<Recipe, 'compile' | 'augmentation'> & {
    readonly fit: Pick<Recipe['fit'], 'batch_size' | 'class_weight'>;
  };
  readonly training: TrainingPart;
  readonly validation: TrainingPart;
  readonly rows: RowSplit;
  /** Of dropout, noise and augmentation. */
  readonly seed: number;
}

/** A trainer that runs every op of every step from JavaScript. */
export class EagerTrainer implements Trainer {
  private readonly settings: TrainerSettings;
  private readonly step: TrainingStep;
  private readonly optimizer: EagerOptimizer;
  private readonly targets: Readonly<Record<Part, RowReader>>;
  private readonly weights: Float32Array | null;
  private readonly draws: AugmentationDraws | null;
  private iterations = 0;

  constructor(settings: TrainerSettings) {
    const { model, recipe, training, validation, seed } = settings;
    const outputShape = (model.outputShape as (number | null)[]).slice(1);
    const { loss, optimizer } = recipe.compile;
    seedRandomLayers(model, seed);
    this.settings = settings;
    this.step = new TrainingStep(model, recipe.compile);
    this.optimizer = new EagerOptimizer(new Optimizer(optimizer), this.step.variables);
    this.targets = {
      training: targetReader(training.targets, loss, outputShape),
      validation: targetReader(validation.targets, loss, outputShape),
    };
    this.weights = exampleWeights(training, recipe.fit.class_weight);
    this.draws = AugmentationDraws.of(recipe.augmentation, seed);
  }

  async trainEpoch(request: EpochRequest): Promise<EpochOutcome> {
    const sums = new EpochSums(this.step.metricNames);
    let learningRate = 0;
    for await (const batch of this.stored('training', request.batches)) {
      learningRate = request.learningRate(this.scheduledRate());
      const loss = this.train(batch, learningRate, sums);
      const wasStopped = !Number.isFinite(loss) || request.afterStep(sums.steps, sums.means());
      if (wasStopped) return { logs: sums.means(), learningRate, steps: sums.steps, wasStopped };
      // Lets messages of the parent process in.
      await new Promise(setImmediate);
    }
    return { logs: sums.means(), learningRate, steps: sums.steps, wasStopped: false };
  }

  async evaluate(part: Part, rows: Int32Array, shouldStop = never): Promise<Logs | null> {
    const sums = new EpochSums(this.step.metricNames);
    const batches = batchesOf(rows, this.settings.recipe.fit.batch_size);
    for await (const batch of this.stored(part, batches)) {
      if (shouldStop()) return null;
      tf.tidy(() => {
        const inputs = formRows(this.settings[part].inputs, batch.inputs);
        const targets = formRows(this.targets[part], batch.targets);
        count(this.step.evaluate({ inputs, targets, weights: null }), batch.rows.length, sums);
      });
      await new Promise(setImmediate);
    }
    return sums.means();
  }

  snapshot(): Snapshot {
    const copies = this.settings.model.weights.map((weight) => weight.read().clone());
    return new WeightCopies(copies);
  }

  restore(snapshot: Snapshot): void {
    if (!(snapshot instanceof WeightCopies)) throw new Error('a snapshot of another trainer');
    this.settings.model.weights.forEach((weight, index) => {
      const copy = snapshot.copies[index];
      if (copy) (weight.read() as Variable).assign(copy);
    });
  }

  /** The model's own variables are trained, so there is nothing to bring. */
  updateModel(): void {}

  dispose(): void {
    this.optimizer.dispose();
  }

  private scheduledRate(): number {
    const rate = this.settings.recipe.compile.optimizer.config['learning_rate'];
    return learningRateAt(rate as number | KerasObject, this.iterations);
  }

  private async *stored(
    part: Part,
    batches: Iterable<Int32Array>,
  ): AsyncGenerator<StoredBatch, void> {
    const { inputs } = this.settings[part];
    const targets = this.targets[part];
    for await (const { run, stored } of readAhead(inputs, runsOf(batches))) {
      yield {
        ...run,
        inputs: stored ?? (await readStored(inputs, run.rows)),
        targets: await readStored(targets, run.rows),
      };
    }
  }

  /** Forward, backward, update. Answers the loss of the batch before the update. */
  private train(batch: StoredBatch, learningRate: number, sums: EpochSums): number {
    return tf.tidy(() => {
      const done = tf.scalar(this.iterations, 'int32');
      const result = this.step.differentiate(this.read(batch), done);
      this.optimizer.apply(this.step.variables, result.gradients, learningRate);
      for (const [variable, constrain] of this.step.constraints()) {
        variable.assign(constrain(variable));
      }
      this.iterations += 1;
      return count(result, batch.rows.length, sums);
    });
  }

  private read({ rows, ...stored }: StoredBatch): StepBatch {
    const inputs = formRows(this.settings.training.inputs, stored.inputs);
    const targets = formRows(this.targets.training, stored.targets);
    const { weights } = this;
    return {
      inputs: this.draws ? this.draws.augment(inputs, projectImages) : inputs,
      targets,
      weights: weights && tf.tensor1d(Float32Array.from(rows, (row) => weights[row] ?? 1)),
    };
  }
}

function* runsOf(batches: Iterable<Int32Array>): Generator<{ rows: Int32Array }> {
  for (const rows of batches) yield { rows };
}

interface StoredBatch {
  readonly rows: Int32Array;
  readonly inputs: NdArray['data'];
  readonly targets: NdArray['data'];
}

const never = () => false;

/** Adds a batch to the sums; answers its loss. */
function count(measured: Measured, rows: number, sums: EpochSums): number {
  const [loss = NaN] = measured.loss.dataSync();
  sums.add(rows, loss, (index) => measured.metrics[index]?.dataSync()[0] ?? NaN);
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
