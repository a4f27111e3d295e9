import type { KerasObject, NdArray, Recipe } from '../../contract.ts';
import type { Random } from '../../random.ts';
import { tf, type LayersModel, type Scalar, type Tensor, type Variable } from '../tf.ts';
import { augmentBatch } from './augment.ts';
import { batchesOf, type InputReader } from './batches.ts';
import { lossFunction, takesClassNumbers, type LossFunction } from './loss.ts';
import { metricFunction, type MetricFunction } from './metrics.ts';
import { Optimizer } from './optimizer.ts';
import { learningRateAt } from './schedule.ts';
import { targetReader, type TargetReader } from './targets.ts';
import type { EpochOutcome, EpochRequest, Logs, Snapshot, Trainer } from './trainer.ts';

export interface TrainingPart {
  readonly inputs: InputReader;
  readonly targets: NdArray;
}

export interface TrainerSettings {
  readonly model: LayersModel;
  readonly recipe: Recipe;
  readonly training: TrainingPart;
  readonly validation: TrainingPart;
  /** Draws the augmentation. */
  readonly random: Random;
}

interface Batch {
  readonly inputs: Tensor;
  readonly targets: Tensor;
  readonly weights: Tensor | null;
}

/** Sums over examples, from which the means of an epoch come. */
type Sums = Record<string, number>;

/** A trainer that runs every op of every step from JavaScript. */
export class EagerTrainer implements Trainer {
  private readonly settings: TrainerSettings;
  private readonly optimizer: Optimizer;
  private readonly lossOf: LossFunction;
  private readonly metrics: readonly (readonly [string, MetricFunction])[];
  private readonly targets: { training: TargetReader; validation: TargetReader };
  private readonly variables: readonly Variable[];
  private iterations = 0;

  constructor(settings: TrainerSettings) {
    const { model, recipe, training, validation } = settings;
    const { loss, optimizer, metrics } = recipe.compile;
    const outputShape = (model.outputShape as (number | null)[]).slice(1);
    this.settings = settings;
    this.optimizer = new Optimizer(optimizer);
    this.lossOf = lossFunction(loss);
    const output = {
      classNumbers: takesClassNumbers(loss),
      fromLogits: loss.config['from_logits'] === true,
    };
    this.metrics = metrics.map((name) => [name, metricFunction(name, output)]);
    this.targets = {
      training: targetReader(training.targets, loss, outputShape),
      validation: targetReader(validation.targets, loss, outputShape),
    };
    this.variables = model.trainableWeights.map((weight) => weight.read() as Variable);
  }

  async trainEpoch(request: EpochRequest): Promise<EpochOutcome> {
    const sums: Sums = {};
    let steps = 0;
    let learningRate = 0;
    for (const rows of request.batches) {
      learningRate = request.learningRate(this.scheduledRate());
      const loss = this.step(rows, learningRate, sums);
      steps += 1;
      const wasStopped = !Number.isFinite(loss) || request.afterStep(steps, means(sums));
      if (wasStopped) return { logs: means(sums), learningRate, steps, wasStopped };
      // Lets messages of the parent process in.
      await new Promise(setImmediate);
    }
    return { logs: means(sums), learningRate, steps, wasStopped: false };
  }

  async evaluate(part: 'training' | 'validation', rows: Int32Array): Promise<Logs> {
    const sums: Sums = {};
    for (const batch of batchesOf(rows, this.settings.recipe.fit.batch_size)) {
      tf.tidy(() => {
        const { inputs, targets } = this.read(part, batch);
        const outputs = this.settings.model.apply(inputs, { training: false }) as Tensor;
        const loss = tf.add(tf.mean(this.lossOf(targets, outputs)), this.penalty());
        this.count({ targets, outputs, loss: loss as Scalar }, sums);
      });
      await new Promise(setImmediate);
    }
    return means(sums);
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

  dispose(): void {
    this.optimizer.dispose();
  }

  private scheduledRate(): number {
    const rate = this.settings.recipe.compile.optimizer.config['learning_rate'];
    return learningRateAt(rate as number | KerasObject, this.iterations);
  }

  /** Forward, backward, update. Resolves with the loss of the batch before the update. */
  private step(rows: Int32Array, learningRate: number, sums: Sums): number {
    return tf.tidy(() => {
      const batch = this.augmented(this.read('training', rows));
      let outputs: Tensor | undefined;
      const { value, grads } = tf.variableGrads(() => {
        const result = this.settings.model.apply(batch.inputs, { training: true }) as Tensor;
        outputs = tf.keep(result);
        const losses = this.lossOf(batch.targets, result);
        const weighted = batch.weights ? tf.mul(losses, batch.weights) : losses;
        return tf.add<Scalar>(tf.mean(weighted), this.penalty());
      }, [...this.variables]);
      const gradients = this.variables.map(
        (variable) => grads[variable.name] ?? tf.zeros(variable.shape),
      );
      this.optimizer.apply(this.variables, gradients, learningRate);
      this.constrain();
      this.iterations += 1;
      if (!outputs) throw new Error('the model gave no output');
      const loss = this.count({ targets: batch.targets, outputs, loss: value }, sums);
      outputs.dispose();
      return loss;
    });
  }

  private read(part: 'training' | 'validation', rows: Int32Array): Batch {
    const targets = this.targets[part](rows);
    const inputs = this.settings[part].inputs.read(rows);
    return { inputs, targets, weights: part === 'training' ? this.classWeights(rows) : null };
  }

  private augmented(batch: Batch): Batch {
    const { augmentation } = this.settings.recipe;
    if (!augmentation) return batch;
    return { ...batch, inputs: augmentBatch(batch.inputs, augmentation, this.settings.random) };
  }

  private classWeights(rows: Int32Array): Tensor | null {
    const weights = this.settings.recipe.fit.class_weight;
    if (!weights) return null;
    const labels = this.settings.training.targets.data;
    return tf.tensor1d(Float32Array.from(rows, (row) => weights[String(labels[row])] ?? 1));
  }

  /** The regularizers' part of the loss. */
  private penalty(): Tensor {
    const losses = this.settings.model.calculateLosses();
    return losses.length === 0 ? tf.scalar(0) : tf.addN(losses);
  }

  private constrain(): void {
    for (const weight of this.settings.model.trainableWeights) {
      const { constraint } = weight as unknown as {
        constraint: { apply(w: Tensor): Tensor } | null;
      };
      if (constraint) (weight.read() as Variable).assign(constraint.apply(weight.read()));
    }
  }

  /** Adds a batch to the sums; answers its loss. */
  private count(
    { targets, outputs, loss }: { targets: Tensor; outputs: Tensor; loss: Scalar },
    sums: Sums,
  ): number {
    const rows = outputs.shape[0];
    const [value = NaN] = loss.dataSync();
    sums['rows'] = (sums['rows'] ?? 0) + rows;
    sums['loss'] = (sums['loss'] ?? 0) + value * rows;
    for (const [name, metric] of this.metrics) {
      const [total = NaN] = tf.sum(metric(targets, outputs)).dataSync();
      sums[name] = (sums[name] ?? 0) + total;
    }
    return value;
  }
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

function means(sums: Sums): Logs {
  const rows = sums['rows'] ?? 1;
  const named = Object.entries(sums).filter(([name]) => name !== 'rows');
  return Object.fromEntries(named.map(([name, sum]) => [name, sum / rows]));
}
