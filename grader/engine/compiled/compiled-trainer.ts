import type { KerasObject } from '../../contract.ts';
import type { NativeTensorFlow } from '../native.ts';
import { seedRandomLayers } from '../randomness.ts';
import { tf, type Tensor, type Variable } from '../tf.ts';
import { AugmentationDraws } from '../train/augmentation-draws.ts';
import type { TrainerSettings } from '../train/eager-trainer.ts';
import { EpochSums } from '../train/epoch-sums.ts';
import { exampleWeights } from '../train/example-weights.ts';
import { Optimizer } from '../train/optimizer.ts';
import { learningRateAt } from '../train/schedule.ts';
import { targetReader } from '../train/targets.ts';
import { TrainingStep } from '../train/training-step.ts';
import type {
  EpochOutcome,
  EpochRequest,
  Logs,
  Part,
  Snapshot,
  Trainer,
} from '../train/trainer.ts';
import { feeds } from './graph/batch-loop.ts';
import type { Node } from './graph/graph-builder.ts';
import { initializeNode, initialName } from './graph/state.ts';
import { countRounds, groupRuns, lastLoss, type Rounds, type Run } from './runs.ts';
import { floatsFeed, intFeed, intsFeed, Session, type Feed, type NativeTensor } from './session.ts';
import { evaluationProgram, gradientProgram, updateProgram } from './step-programs.ts';
import { dataNames, fetches, trainingGraph, type PartSource } from './training-graph.ts';

export interface CompileOptions {
  /** Parts of a batch whose gradients are computed side by side. */
  readonly shards: number;
}

/** The longest that one call into TensorFlow should take, so that an interrupt is heard. */
const callMilliseconds = 100;

/** A trainer that runs many steps in one call, as one TensorFlow graph with all that they need. */
export class CompiledTrainer implements Trainer {
  private readonly settings: TrainerSettings;
  private readonly step: TrainingStep;
  private readonly optimizer: Optimizer;
  private readonly sources: Readonly<Record<Part, PartSource>>;
  private readonly draws: AugmentationDraws | null;
  private readonly imageSize: { height: number; width: number };
  private readonly session: Session;
  private iterations = 0;
  private stepsPerCall = 1;

  /** Throws `CompileRefusal` with the reason where the training cannot be one graph. */
  constructor(native: NativeTensorFlow, settings: TrainerSettings, options: CompileOptions) {
    const { model, recipe, training, validation, seed } = settings;
    const { loss, optimizer } = recipe.compile;
    const outputShape = (model.outputShape as (number | null)[]).slice(1);
    seedRandomLayers(model, seed);
    this.settings = settings;
    this.step = new TrainingStep(model, recipe.compile);
    this.optimizer = new Optimizer(optimizer);
    this.sources = {
      training: {
        inputs: training.inputs,
        targets: targetReader(training.targets, loss, outputShape),
        weights: exampleWeights(training, recipe.fit.class_weight),
      },
      validation: {
        inputs: validation.inputs,
        targets: targetReader(validation.targets, loss, outputShape),
        weights: null,
      },
    };
    this.draws = AugmentationDraws.of(recipe.augmentation, seed);
    this.imageSize = this.sizeOfImages();
    this.session = new Session(native.binding, this.graph(this.batchPlan(), options));
    this.initialize();
  }

  async trainEpoch(request: EpochRequest): Promise<EpochOutcome> {
    const sums = new EpochSums(this.step.metricNames);
    let learningRate = 0;
    for (const run of groupRuns(request.batches, () => this.stepsPerCall)) {
      const done = this.run(run, (own) => (learningRate = request.learningRate(own)));
      countRounds(sums, run.batch, done);
      const isFinite = done.rounds === run.steps && Number.isFinite(lastLoss(done));
      const wasStopped = !isFinite || request.afterStep(sums.steps, sums.means());
      if (wasStopped) return { logs: sums.means(), learningRate, steps: sums.steps, wasStopped };
      // Lets messages of the parent process in.
      await new Promise(setImmediate);
    }
    return { logs: sums.means(), learningRate, steps: sums.steps, wasStopped: false };
  }

  async evaluate(part: Part, rows: Int32Array): Promise<Logs> {
    const sums = new EpochSums(this.step.metricNames);
    const { batch_size: size } = this.settings.recipe.fit;
    const whole = Math.floor(rows.length / size) * size;
    const runs = [
      { batch: size, rows: rows.subarray(0, whole) },
      { batch: rows.length - whole, rows: rows.subarray(whole) },
    ];
    for (const { batch, rows: run } of runs) {
      if (run.length === 0) continue;
      const given = [intFeed(feeds.steps, run.length / batch), intsFeed(feeds.rows, run)];
      const { shape, data } = this.session.values(given, fetches.evaluate(part, batch));
      countRounds(sums, batch, { rounds: shape[0] ?? 0, values: data });
      await new Promise(setImmediate);
    }
    return sums.means();
  }

  snapshot(): Snapshot {
    return new NativeCopies(this.session, this.readWeights());
  }

  restore(snapshot: Snapshot): void {
    if (!(snapshot instanceof NativeCopies)) throw new Error('a snapshot of another trainer');
    const given = snapshot.tensors.map(({ id }, index) => ({
      name: initialName(dataNames.weight(index)),
      id,
    }));
    this.session.delete(this.session.run(given, [fetches.restore]));
  }

  updateModel(): void {
    const backend = tf.backend() as unknown as { createOutputTensor(tensor: NativeTensor): Tensor };
    tf.tidy(() => {
      this.readWeights().forEach((tensor, index) => {
        this.modelVariables()[index]?.assign(backend.createOutputTensor(tensor));
      });
    });
  }

  dispose(): void {
    this.session.dispose();
  }

  private graph(plan: BatchPlan, { shards }: CompileOptions): readonly Node[] {
    const { step, optimizer, sources } = this;
    const { augmentation } = this.settings.recipe;
    const source = (part: Part) => ({
      inputs: sources[part].inputs,
      targets: sources[part].targets,
      isWeighted: sources[part].weights !== null,
      augmentation,
    });
    return trainingGraph({
      ...{ step, optimizer, sources },
      training: plan.training.map((batch) => {
        const parts = batch % shards === 0 ? shards : 1;
        const program = gradientProgram(step, source('training'), batch / parts);
        return { batch, shards: parts, program };
      }),
      evaluations: plan.evaluations.map(({ part, batch }) => ({
        ...{ part, batch },
        program: evaluationProgram(step, source(part), batch),
      })),
      update: updateProgram(step, optimizer),
      isAugmented: augmentation !== null,
    });
  }

  /** The batch sizes that `fit` can ask for: whole ones, and the rest of each part. */
  private batchPlan(): BatchPlan {
    const { batch_size: size } = this.settings.recipe.fit;
    const sizes = (rows: number) => [
      ...(rows >= size ? [size] : []),
      ...(rows % size ? [rows % size] : []),
    ];
    const { training, validation } = this.settings.rows;
    return {
      training: sizes(training.length),
      evaluations: sizes(validation.rows.length).map((batch) => ({ part: validation.part, batch })),
    };
  }

  private initialize(): void {
    const backend = tf.backend() as unknown as {
      getInputTensorIds(tensors: readonly Tensor[]): number[];
    };
    const variables = this.modelVariables();
    const ids = backend.getInputTensorIds(variables);
    const weights = ids.map((id, index) => ({ name: initialName(dataNames.weight(index)), id }));
    const arrays = (['training', 'validation'] as const).flatMap((part) => {
      const { inputs, targets, weights: perRow } = this.sources[part];
      return [
        { name: initialName(dataNames.inputs(part)), ...inputs.array },
        { name: initialName(dataNames.targets(part)), ...targets.array },
        ...(perRow
          ? [floatsFeed(initialName(dataNames.weights(part)), perRow, [perRow.length])]
          : []),
      ];
    });
    this.session.delete(this.session.run([...weights, ...arrays], [initializeNode]));
  }

  private modelVariables(): Variable[] {
    return this.step.model.weights.map((weight) => weight.read() as Variable);
  }

  private readWeights(): readonly NativeTensor[] {
    return this.session.run(
      [],
      this.modelVariables().map((_, index) => fetches.weight(index)),
    );
  }

  private run(run: Run, rateOf: (own: number) => number): Rounds {
    const { steps } = run;
    const started = performance.now();
    const given: Feed[] = [
      ...[
        intFeed(feeds.steps, steps),
        intFeed(feeds.step, this.iterations),
        intsFeed(feeds.rows, run.rows),
      ],
      this.coefficients(steps, rateOf),
      ...this.projections(run),
    ];
    const { shape, data } = this.session.values(given, fetches.train(run.batch));
    const [rounds = 0] = shape;
    this.iterations += rounds;
    const perStep = (performance.now() - started) / steps;
    this.stepsPerCall = Math.max(1, Math.floor(callMilliseconds / perStep));
    return { rounds, values: data };
  }

  private coefficients(steps: number, rateOf: (own: number) => number): Feed {
    const own = this.settings.recipe.compile.optimizer.config['learning_rate'];
    const rows = Array.from({ length: steps }, (_, index) => {
      const step = this.iterations + index;
      const rate = rateOf(learningRateAt(own as number | KerasObject, step));
      return Object.values(this.optimizer.coefficients(rate, step + 1));
    });
    return floatsFeed(feeds.coefficients, Float32Array.from(rows.flat()), [
      ...[steps, rows[0]?.length ?? 0],
    ]);
  }

  private projections({ rows }: Run): Feed[] {
    if (!this.draws) return [];
    const drawn = this.draws.next(rows.length, this.imageSize);
    return [floatsFeed(feeds.projections, drawn, [rows.length, 8])];
  }

  /** Height and width of the images as the model takes them. */
  private sizeOfImages(): { height: number; width: number } {
    const [, height, width] = this.settings.model.inputs[0]?.shape ?? [];
    return { height: height ?? 0, width: width ?? 0 };
  }
}

interface BatchPlan {
  readonly training: readonly number[];
  readonly evaluations: readonly { part: Part; batch: number }[];
}

class NativeCopies implements Snapshot {
  readonly tensors: readonly NativeTensor[];
  private readonly session: Session;

  constructor(session: Session, tensors: readonly NativeTensor[]) {
    this.session = session;
    this.tensors = tensors;
  }

  dispose(): void {
    this.session.delete(this.tensors);
  }
}
