import type { NdArray } from '../../contract.ts';
import type { RowReader } from '../train/batches.ts';
import type { Optimizer } from '../train/optimizer.ts';
import type { TrainingStep } from '../train/training-step.ts';
import type { Part } from '../train/trainer.ts';
import type { Variable } from '../tf.ts';
import type { DataType } from './attributes.ts';
import { fusedUpdate, slotStarts, type FusedUpdate } from './fused-updates.ts';
import {
  addBatchLoop,
  feeds,
  sliceOfRound,
  type BatchRound,
  type RoundResult,
} from './graph/batch-loop.ts';
import { emitProgram } from './graph/emit.ts';
import { GraphBuilder, typed, type Node } from './graph/graph-builder.ts';
import { assign, GraphState, readVariable, type GraphVariable } from './graph/state.ts';
import { scalarLiteral, vectorLiteral } from './literals.ts';
import type { Program } from './program.ts';
import { isFused, names } from './step-programs.ts';

/** Stored arrays of one part, as the graph holds them. */
export interface PartSource {
  readonly inputs: RowReader;
  readonly targets: RowReader;
  readonly weights: Float32Array | null;
}

export interface TrainingGraphRequest {
  readonly step: TrainingStep;
  readonly optimizer: Optimizer;
  readonly sources: Readonly<Record<Part, PartSource>>;
  /** For each batch size: a batch is cut in as many shards as its program is smaller. */
  readonly training: readonly { batch: number; shards: number; program: Program }[];
  readonly evaluations: readonly { part: Part; batch: number; program: Program }[];
  readonly update: Program;
  readonly isAugmented: boolean;
}

/** Names of the nodes to fetch. */
export const fetches = {
  train: (batch: number) => `train/${batch}`,
  evaluate: (part: Part, batch: number) => `evaluate/${part}/${batch}`,
  weight: (index: number) => `read/${index}`,
  restore: 'restore',
};

export const dataNames = {
  inputs: (part: Part) => `${part}/inputs`,
  targets: (part: Part) => `${part}/targets`,
  weights: (part: Part) => `${part}/weights`,
  weight: (index: number) => `weight/${index}`,
};

/** The whole training as one graph: variables, data, loops over batches, updates. */
export function trainingGraph(request: TrainingGraphRequest): readonly Node[] {
  return new TrainingGraphBuilder(request).build();
}

interface PartVariables {
  readonly inputs: GraphVariable;
  readonly targets: GraphVariable;
  readonly weights: GraphVariable | null;
}

class TrainingGraphBuilder {
  private readonly graph = new GraphBuilder();
  private readonly request: TrainingGraphRequest;
  private readonly coefficients: readonly string[];
  private readonly fused: FusedUpdate | null;
  /** The model's weights, in its order. */
  private readonly weights: readonly GraphVariable[];
  /** Index of each trained variable among the weights. */
  private readonly trained: readonly number[];
  private readonly slots: readonly Readonly<Record<string, GraphVariable>>[];
  private readonly data: Readonly<Record<Part, PartVariables>>;

  constructor(request: TrainingGraphRequest) {
    const { step, optimizer, sources } = request;
    const state = new GraphState(this.graph);
    this.request = request;
    this.coefficients = Object.keys(optimizer.coefficients(1, 1));
    this.fused = fusedUpdate(optimizer);
    const variables = step.model.weights.map((weight) => weight.read() as Variable);
    this.weights = variables.map(({ shape }, index) =>
      state.fed(dataNames.weight(index), { shape, dtype: 'float32' }),
    );
    this.trained = step.variables.map((variable) => variables.indexOf(variable));
    this.slots = step.variables.map(({ shape }, index) =>
      Object.fromEntries(
        Object.entries(slotStarts(optimizer)).map(([name, value]) => [
          name,
          state.filled(names.slot(index, name), shape, value),
        ]),
      ),
    );
    this.data = {
      training: declarePart(state, 'training', sources.training),
      validation: declarePart(state, 'validation', sources.validation),
    };
    state.finish(
      fetches.restore,
      this.weights.map(({ name }) => name),
    );
  }

  build(): readonly Node[] {
    const { graph, request } = this;
    graph.placeholder(feeds.steps, 'int32', []);
    graph.placeholder(feeds.rows, 'int32', [-1]);
    graph.placeholder(feeds.step, 'int32', []);
    graph.placeholder(feeds.coefficients, 'float32', [-1, this.coefficients.length]);
    if (request.isAugmented) graph.placeholder(feeds.projections, 'float32', [-1, 8]);
    const metrics = request.step.metricNames.length;
    for (const each of request.training) {
      addBatchLoop(graph, {
        ...{ name: fetches.train(each.batch), batch: each.batch, metrics },
        body: (round) => this.trainRound(round, each),
      });
    }
    for (const { part, batch, program } of request.evaluations) {
      addBatchLoop(graph, {
        ...{ name: fetches.evaluate(part, batch), batch, metrics },
        body: (round) => this.evaluateRound(round, part, program),
      });
    }
    this.weights.forEach((weight, index) => {
      readVariable(graph, weight, { name: fetches.weight(index) });
    });
    return graph.nodes;
  }

  private evaluateRound(round: BatchRound, part: Part, program: Program): RoundResult {
    const reads = this.reads(round);
    const given = {
      inputs: this.stored(round, part, 'inputs'),
      targets: this.stored(round, part, 'targets'),
    };
    const nodeOf = this.emit(round, program, { given, reads });
    const output = outputsOf(program, nodeOf);
    return { loss: output('loss'), metrics: this.metricsOf(output), effects: [] };
  }

  private trainRound(
    round: BatchRound,
    { batch, shards, program }: TrainingGraphRequest['training'][number],
  ): RoundResult {
    const reads = this.reads(round);
    const parts = this.trainingInputs(round, batch);
    const step = this.add(
      'AddV2',
      [round.loop.constant(feeds.step, 'int32'), round.round],
      'int32',
    );
    const emitted = Array.from({ length: shards }, (_, shard) => {
      const rows = batch / shards;
      const given = Object.fromEntries(
        Object.entries(parts).map(([name, part]) => [
          name,
          shards === 1 ? part.node : this.shardOf(round, part, { shard, rows }),
        ]),
      );
      const stream = shards === 1 ? step : this.streamOf(round, step, { shard, shards });
      return this.emit(round, program, { given: { ...given, step: stream }, reads });
    });
    const mean = (name: string) =>
      this.meanOf(
        round,
        emitted.map((nodeOf) => outputsOf(program, nodeOf)(name)),
      );
    const sum = (name: string) =>
      this.sumOf(emitted.map((nodeOf) => outputsOf(program, nodeOf)(name)));
    const [first] = emitted;
    const assigned = program.assignments.map(({ name, id }) => {
      const index = program.variables.findIndex((variable) => variable.name === name);
      return this.assignInside(round, this.weights[index] as GraphVariable, {
        ...{ value: first?.(id) ?? '', waitsFor: [reads[index] ?? ''] },
      });
    });
    const updated = this.update(round, reads, (index) => mean(names.gradient(index)));
    return {
      loss: mean('loss'),
      metrics: this.request.step.metricNames.map((_, index) => sum(names.metric(index))),
      effects: [...assigned, ...updated],
    };
  }

  /** Clipping, the optimizer, constraints; answers the nodes that change variables. */
  private update(
    round: BatchRound,
    reads: readonly string[],
    gradient: (index: number) => string,
  ): readonly string[] {
    const { step, optimizer, update: program } = this.request;
    const scalars = this.scalars(round);
    const given: Record<string, string> = Object.fromEntries(
      this.coefficients.map((name, index) => [names.coefficient(name), scalars[index] ?? '']),
    );
    const readsOfSlots = this.slots.map((slots, index) => {
      const variable = step.variables[index] as Variable;
      if (isFused(step, optimizer, variable)) return {};
      return Object.fromEntries(
        Object.entries(slots).map(([name, slot]) => [name, this.readInside(round, slot)]),
      );
    });
    step.variables.forEach((_, index) => {
      given[names.gradient(index)] = gradient(index);
      given[names.weight(index)] = reads[this.trained[index] ?? -1] ?? '';
      for (const [name, node] of Object.entries(readsOfSlots[index] ?? {})) {
        given[names.slot(index, name)] = node;
      }
    });
    const output = outputsOf(program, this.emit(round, program, { given, reads: [] }));
    return step.variables.flatMap((variable, index) => {
      const read = reads[this.trained[index] ?? -1] ?? '';
      const weight = this.weights[this.trained[index] ?? -1] as GraphVariable;
      if (isFused(step, optimizer, variable)) {
        const clipped = output(names.gradient(index));
        return [this.applyFused(round, { index, weight, read, gradient: clipped, given })];
      }
      const slots = Object.entries(this.slots[index] ?? {}).map(([name, slot]) =>
        this.assignInside(round, slot, {
          value: output(names.slot(index, name)),
          waitsFor: [readsOfSlots[index]?.[name] ?? ''],
        }),
      );
      const value = output(names.weight(index));
      return [...slots, this.assignInside(round, weight, { value, waitsFor: [read] })];
    });
  }

  private applyFused(
    round: BatchRound,
    update: {
      readonly index: number;
      readonly weight: GraphVariable;
      readonly read: string;
      readonly gradient: string;
      readonly given: Readonly<Record<string, string>>;
    },
  ): string {
    const { fused, graph } = this;
    const { index, weight, read, given } = update;
    if (!fused) throw new Error('no fused update for this optimizer');
    const decay = given[names.coefficient('decay')];
    const decayed = decay && this.add('Mul', [read, decay], 'float32');
    const before = decayed
      ? this.assignInside(round, weight, { value: decayed, waitsFor: [read] })
      : read;
    const nodes = fused.arguments.map((argument) => {
      if (argument === 'gradient') return update.gradient;
      if ('coefficient' in argument) return given[names.coefficient(argument.coefficient)] ?? '';
      if ('number' in argument) {
        return graph.constant(scalarLiteral(argument.number, 'float32'), round.loop.pivot);
      }
      const slot = this.slots[index]?.[argument.slot];
      return round.loop.constant(slot?.handle ?? '', 'resource');
    });
    const handle = round.loop.constant(weight.handle, 'resource');
    // An update while something still reads the old weights would make TensorFlow copy them first.
    const readers = graph.usersOf(read).filter((node) => node !== before && node !== decayed);
    const inputs = [handle, ...nodes, ...[before, ...readers].map((node) => `^${node}`)];
    return graph.add({ op: fused.op, inputs, attributes: fused.attributes });
  }

  private trainingInputs(round: BatchRound, batch: number) {
    const { training } = this.data;
    const source = this.request.sources.training;
    const inputs = { node: this.stored(round, 'training', 'inputs'), ...typeOfRows(source.inputs) };
    const targets = {
      ...{ node: this.stored(round, 'training', 'targets'), ...typeOfRows(source.targets) },
    };
    const weights = training.weights && {
      ...{ node: round.gather(training.weights), dtype: 'float32' as const, rest: [] },
    };
    const projections = this.request.isAugmented && {
      ...{ node: this.projections(round, batch), dtype: 'float32' as const, rest: [8] },
    };
    return {
      inputs,
      targets,
      ...(weights ? { weights } : {}),
      ...(projections ? { projections } : {}),
    };
  }

  private projections(round: BatchRound, batch: number): string {
    const node = round.loop.constant(feeds.projections, 'float32');
    const part = { node, dtype: 'float32', round: round.round, shape: [batch, 8] } as const;
    return sliceOfRound(this.graph, round.loop, part);
  }

  /** The step's coefficients, one scalar node each. */
  private scalars(round: BatchRound): readonly string[] {
    const { length } = this.coefficients;
    const node = round.loop.constant(feeds.coefficients, 'float32');
    const part = { node, dtype: 'float32', round: round.round, shape: [1, length] } as const;
    const row = sliceOfRound(this.graph, round.loop, part);
    const shape = this.graph.constant(vectorLiteral([length], 'int32'), round.loop.pivot);
    const flat = this.graph.add({
      ...{ op: 'Reshape', inputs: [row, shape] },
      attributes: { ...typed('float32'), Tshape: { type: 'int32' } },
    });
    const all = this.graph.add({
      ...{ op: 'Unpack', inputs: [flat] },
      attributes: { ...typed('float32'), num: { int: length }, axis: { int: 0 } },
    });
    return this.coefficients.map((_, index) => (index === 0 ? all : `${all}:${index}`));
  }

  /** Gathered rows in the type that the program takes: bytes become float32. */
  private stored(round: BatchRound, part: Part, which: 'inputs' | 'targets'): string {
    const variable = this.data[part][which];
    const { dtype } = this.request.sources[part][which];
    const node = round.gather(variable);
    if (variable.dtype === dtype) return node;
    return this.graph.add({
      ...{ op: 'Cast', inputs: [node] },
      attributes: { SrcT: { type: variable.dtype }, DstT: { type: dtype } },
    });
  }

  private shardOf(
    round: BatchRound,
    part: { node: string; dtype: DataType; rest: readonly number[] },
    { shard, rows }: { shard: number; rows: number },
  ): string {
    const { pivot } = round.loop;
    const begin = vectorLiteral([shard * rows, ...part.rest.map(() => 0)], 'int32');
    const size = vectorLiteral([rows, ...part.rest], 'int32');
    return this.graph.add({
      op: 'Slice',
      inputs: [part.node, this.graph.constant(begin, pivot), this.graph.constant(size, pivot)],
      attributes: { ...typed(part.dtype), Index: { type: 'int32' } },
    });
  }

  /** A step number of its own for each shard, so that none draws the same random numbers. */
  private streamOf(
    round: BatchRound,
    step: string,
    { shard, shards }: { shard: number; shards: number },
  ): string {
    const inside = (value: number) =>
      this.graph.constant(scalarLiteral(value, 'int32'), round.loop.pivot);
    return this.add(
      'AddV2',
      [this.add('Mul', [step, inside(shards)], 'int32'), inside(shard)],
      'int32',
    );
  }

  private meanOf(round: BatchRound, nodes: readonly string[]): string {
    const [only = ''] = nodes;
    if (nodes.length === 1) return only;
    const share = scalarLiteral(1 / nodes.length, 'float32');
    return this.add(
      'Mul',
      [this.sumOf(nodes), this.graph.constant(share, round.loop.pivot)],
      'float32',
    );
  }

  private sumOf(nodes: readonly string[]): string {
    const [only = ''] = nodes;
    if (nodes.length === 1) return only;
    return this.graph.add({
      ...{ op: 'AddN', inputs: nodes },
      attributes: { ...typed('float32'), N: { int: nodes.length } },
    });
  }

  private metricsOf(output: (name: string) => string): readonly string[] {
    return this.request.step.metricNames.map((_, index) => output(names.metric(index)));
  }

  private emit(
    round: BatchRound,
    program: Program,
    { given, reads }: { given: Readonly<Record<string, string>>; reads: readonly string[] },
  ): (id: number) => string {
    const nodes = new Map<number, string>();
    for (const { name, value } of program.inputs) nodes.set(value.id, given[name] ?? '');
    program.variables.forEach(({ value }, index) => nodes.set(value.id, reads[index] ?? ''));
    return emitProgram(program, { graph: this.graph, pivot: round.loop.pivot, given: nodes });
  }

  private reads(round: BatchRound): readonly string[] {
    return this.weights.map((weight) => this.readInside(round, weight));
  }

  private readInside({ loop }: BatchRound, { handle, dtype }: GraphVariable): string {
    const inside = { handle: loop.constant(handle, 'resource'), dtype };
    return readVariable(this.graph, inside, { waitsFor: [loop.pivot] });
  }

  private assignInside(
    { loop }: BatchRound,
    { handle, dtype }: GraphVariable,
    { value, waitsFor }: { value: string; waitsFor: readonly string[] },
  ): string {
    const inside = { handle: loop.constant(handle, 'resource'), dtype };
    return assign(this.graph, inside, value, waitsFor);
  }

  private add(op: string, inputs: readonly string[], dtype: DataType): string {
    return this.graph.add({ op, inputs, attributes: typed(dtype) });
  }
}

function declarePart(state: GraphState, part: Part, source: PartSource): PartVariables {
  const declare = (name: string, { dtype, shape }: Pick<NdArray, 'dtype' | 'shape'>) =>
    state.fed(name, { dtype, shape });
  return {
    inputs: declare(dataNames.inputs(part), source.inputs.array),
    targets: declare(dataNames.targets(part), source.targets.array),
    weights:
      source.weights &&
      declare(dataNames.weights(part), { dtype: 'float32', shape: [source.weights.length] }),
  };
}

function typeOfRows({ dtype, array }: RowReader) {
  return { dtype, rest: array.shape.slice(1) };
}

function outputsOf(program: Program, nodeOf: (id: number) => string) {
  return (name: string): string => {
    const output = program.outputs.find((each) => each.name === name);
    if (!output) throw new Error(`a program has no output ${name}`);
    return nodeOf(output.id);
  };
}
