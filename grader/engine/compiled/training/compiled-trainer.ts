import type { NdArray } from '../../../contract.ts';
import type { NativeTensorFlow } from '../../tensorflow/native.ts';
import { seedRandomLayers } from '../../tensorflow/randomness.ts';
import { variablesOf } from '../../model/model.ts';
import { tf } from '../../tensorflow/tf.ts';
import { drawnNumbers } from '../../train/augment.ts';
import { AugmentationDraws, sizeOfImages } from '../../train/augmentation-draws.ts';
import { EpochSums } from '../../train/epoch-sums.ts';
import { GradientNorms, measuredSteps } from '../../train/gradient-norms.ts';
import { batchesOf, type RowReader } from '../../rows/batches.ts';
import { maskedOutputs } from '../../train/masked-outputs.ts';
import { Optimizer } from '../../train/optimizer.ts';
import { readAhead } from '../../rows/read-ahead.ts';
import type { TrainerSettings } from '../../train/settings.ts';
import { sourcesOf, type PartSource, type Sources } from '../../train/sources.ts';
import { isStreamed, mostRowsPerCall } from '../../rows/stored-rows.ts';
import { TrainingStep } from '../../train/training-step.ts';
import type {
  EpochOutcome,
  EpochRequest,
  Logs,
  Part,
  Snapshot,
  Trainer,
} from '../../train/trainer.ts';
import { batchPlan, type BatchPlan } from './batch-plan.ts';
import { feeds } from '../graph/batch-loop.ts';
import type { Node } from '../graph/graph-builder.ts';
import { initializeNode, initialName } from '../graph/state.ts';
import { NativeCopies } from '../session/native-copies.ts';
import { idsOf, tensorOf, type NativeTensor } from '../../tensorflow/node-backend.ts';
import { dataNames, namedReaders } from './part-data.ts';
import {
  batchesPerCall,
  countNorms,
  countRounds,
  groupRuns,
  lastLoss,
  type Rounds,
  type Run,
} from '../session/runs.ts';
import {
  flagsFeed,
  floatsFeed,
  intFeed,
  intsFeed,
  Session,
  type Feed,
} from '../session/session.ts';
import { evaluationProgram, gradientProgram, updateProgram } from './step-programs.ts';
import { fetches, trainingGraph } from './training-graph.ts';

interface CompileOptions {
  /** Parts of a batch whose gradients are computed side by side. */
  readonly shards: number;
  /** Batches of an evaluation that may be under way at once. */
  readonly parallel?: number;
}

/** A trainer that runs many steps in one call, as one TensorFlow graph with all that they need. */
export class CompiledTrainer implements Trainer {
  private readonly recipe: TrainerSettings['recipe'];
  private readonly step: TrainingStep;
  private readonly optimizer: Optimizer;
  /** Inputs that come from files. Those in memory are the graph's alone from the start on. */
  private readonly streams: Readonly<Record<Part, readonly Stream[]>>;
  private readonly draws: AugmentationDraws | null;
  private readonly imageSize: { height: number; width: number };
  private readonly session: Session;
  private iterations = 0;
  private stepsPerCall = 1;
  private evaluationsPerCall = 1;

  /** Throws `CompileRefusal` with the reason where the training cannot be one graph. */
  constructor(native: NativeTensorFlow, settings: TrainerSettings, options: CompileOptions) {
    const { model, recipe, rows, seed } = settings;
    const { usesGpu } = native;
    const sources = sourcesOf(settings);
    seedRandomLayers(model, seed);
    this.recipe = recipe;
    this.step = new TrainingStep(model, recipe.compile, maskedOutputs(settings));
    this.optimizer = new Optimizer(recipe.compile.optimizer);
    this.streams = {
      training: streamsOf(sources.training),
      validation: streamsOf(sources.validation),
    };
    this.draws = AugmentationDraws.of(recipe.augmentation, seed);
    this.imageSize = sizeOfImages(model);
    const plan = batchPlan(recipe.fit.batch_size, rows);
    this.session = new Session(native.binding, this.graph(sources, plan, { ...options, usesGpu }));
    try {
      this.initialize(sources);
    } catch (error) {
      this.session.dispose();
      throw error;
    }
  }

  async trainEpoch(request: EpochRequest): Promise<EpochOutcome> {
    const sums = new EpochSums(this.step.metrics);
    const norms = new GradientNorms();
    let learningRate = 0;
    let wasStopped = false;
    const most = this.mostSteps('training');
    const runs = groupRuns(request.batches, () => Math.min(this.stepsPerCall, most));
    for await (const { run, stored } of this.readAhead('training', runs)) {
      const inputs = this.inputs('training', run, stored);
      const rates: number[] = [];
      const rateOf = (own: number) => (rates[rates.length] = request.learningRate(own));
      const measured = measuredSteps(sums.steps, run.steps);
      const done = this.run(run, [...inputs, flagsFeed(feeds.measured, measured)], rateOf);
      learningRate = rates[done.rounds - 1] ?? learningRate;
      countRounds(sums, run.batch, done);
      countNorms(norms, measured, done);
      const isFinite = done.rounds === run.steps && Number.isFinite(lastLoss(done));
      wasStopped = !isFinite || request.afterStep(sums.steps, sums.logs());
      if (wasStopped) break;
      // Lets messages of the parent process in.
      await new Promise(setImmediate);
    }
    const { steps } = sums;
    return { logs: sums.logs(), learningRate, gradientNorm: norms.summary(), steps, wasStopped };
  }

  async evaluate(part: Part, rows: Int32Array, shouldStop = never): Promise<Logs | null> {
    const sums = new EpochSums(this.step.metrics);
    const batches = batchesOf(rows, this.recipe.fit.batch_size);
    const most = this.mostSteps(part);
    const runs = groupRuns(batches, () => Math.min(this.evaluationsPerCall, most));
    for await (const { run, stored } of this.readAhead(part, runs)) {
      if (shouldStop()) return null;
      const given = [
        ...[intFeed(feeds.steps, run.steps), intsFeed(feeds.rows, run.rows)],
        ...this.inputs(part, run, stored),
      ];
      const started = performance.now();
      const { shape, data } = this.session.value(given, fetches.evaluate(part, run.batch));
      this.evaluationsPerCall = batchesPerCall(run, performance.now() - started);
      countRounds(sums, run.batch, { rounds: shape[0] ?? 0, values: data });
      await new Promise(setImmediate);
    }
    return sums.logs();
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
    tf.tidy(() => {
      const variables = variablesOf(this.step.model);
      this.readWeights().forEach((tensor, index) => variables[index]?.assign(tensorOf(tensor)));
    });
  }

  dispose(): void {
    this.session.dispose();
  }

  private graph(
    sources: Sources,
    plan: BatchPlan,
    { shards, usesGpu, parallel = 1 }: CompileOptions & { usesGpu: boolean },
  ): readonly Node[] {
    const { step, optimizer } = this;
    const { augmentation } = this.recipe;
    const source = (part: Part) => ({
      ...sources[part],
      isWeighted: sources[part].weights !== null,
      augmentation,
    });
    return trainingGraph({
      ...{ step, optimizer, sources },
      training: plan.training.map((batch) => {
        const parts = batch % shards === 0 ? shards : 1;
        const program = gradientProgram(step, source('training'), {
          ...{ batch: batch / parts, usesGpu },
        });
        return { batch, shards: parts, program };
      }),
      evaluations: plan.evaluations.map(({ part, batch }) => ({
        ...{ part, batch },
        program: evaluationProgram(step, source(part), batch),
      })),
      update: updateProgram(step, optimizer),
      parallel,
      drawnNumbers: augmentation ? drawnNumbers(augmentation) : 0,
    });
  }

  private initialize(sources: Sources): void {
    const weights = idsOf(variablesOf(this.step.model)).map((id, index) => ({
      name: initialName(dataNames.weight(index)),
      id,
    }));
    const arrays = (['training', 'validation'] as const).flatMap((part) => {
      const { weights: perRow } = sources[part];
      return [
        ...namedReaders(sources[part]).flatMap(([name, { array }]) =>
          isStreamed(array) ? [] : [{ name: initialName(dataNames.array(part, name)), ...array }],
        ),
        ...(perRow
          ? [floatsFeed(initialName(dataNames.weights(part)), perRow, [perRow.length])]
          : []),
      ];
    });
    this.session.delete(this.session.run([...weights, ...arrays], [initializeNode]));
  }

  private readWeights(): readonly NativeTensor[] {
    return this.session.run(
      [],
      this.step.model.weights.map((_, index) => fetches.weight(index)),
    );
  }

  /** How many batches' inputs one call may be given. */
  private mostSteps(part: Part): number {
    const arrays = this.streams[part].map(({ reader }) => reader.array);
    return Math.max(1, Math.floor(mostRowsPerCall(arrays) / this.recipe.fit.batch_size));
  }

  private readAhead(part: Part, runs: Iterable<Run>) {
    return readAhead(
      this.streams[part].map(({ reader }) => reader),
      runs,
    );
  }

  /** What a run is given of inputs that come from files. */
  private inputs(part: Part, { rows }: Run, stored: readonly (NdArray['data'] | null)[]): Feed[] {
    return this.streams[part].flatMap(({ name, reader: { array } }, index) => {
      const data = stored[index];
      const shape = [rows.length, ...array.shape.slice(1)];
      return data ? [{ name: dataNames.array(part, name), dtype: array.dtype, shape, data }] : [];
    });
  }

  private run(run: Run, inputs: readonly Feed[], rateOf: (own: number) => number): Rounds {
    const { steps } = run;
    const started = performance.now();
    const given: Feed[] = [
      ...[
        intFeed(feeds.steps, steps),
        intFeed(feeds.step, this.iterations),
        intsFeed(feeds.rows, run.rows),
      ],
      this.coefficients(steps, rateOf),
      ...[...this.projections(run), ...inputs],
    ];
    const { shape, data } = this.session.value(given, fetches.train(run.batch));
    const [rounds = 0] = shape;
    this.iterations += rounds;
    this.stepsPerCall = batchesPerCall(run, performance.now() - started);
    return { rounds, values: data };
  }

  private coefficients(steps: number, rateOf: (own: number) => number): Feed {
    const rows = Array.from({ length: steps }, (_, index) => {
      const step = this.iterations + index;
      const learningRate = rateOf(this.optimizer.learningRate(step));
      return Object.values(this.optimizer.coefficients({ learningRate, iteration: step + 1 }));
    });
    return floatsFeed(feeds.coefficients, Float32Array.from(rows.flat()), [
      ...[steps, rows[0]?.length ?? 0],
    ]);
  }

  private projections({ rows }: Run): Feed[] {
    if (!this.draws) return [];
    const drawn = this.draws.next(rows.length, this.imageSize);
    const shape = [rows.length, drawnNumbers(this.draws.options)];
    return [floatsFeed(feeds.projections, drawn, shape)];
  }
}

const never = () => false;

/** An input that comes from a file, with the name of the program's input. */
interface Stream {
  readonly name: string;
  readonly reader: RowReader;
}

function streamsOf(source: PartSource): Stream[] {
  return namedReaders(source)
    .filter(([, { array }]) => isStreamed(array))
    .map(([name, reader]) => ({ name, reader }));
}
