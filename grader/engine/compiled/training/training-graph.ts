import { countSums } from '../../train/epoch-sums.ts';
import { coefficientNames, type Optimizer } from '../../train/optimizer.ts';
import type { Sources } from '../../train/sources.ts';
import type { TrainingStep } from '../../train/training-step.ts';
import type { Part } from '../../train/trainer.ts';
import { addBatchLoop, feeds, type RoundResult } from '../graph/batch-loop.ts';
import { GraphBuilder, typed, type Node } from '../graph/graph-builder.ts';
import type { Emitted, Round } from '../graph/round.ts';
import { GraphState, readVariable, type GraphVariable } from '../graph/state.ts';
import { vectorLiteral } from '../program/literals.ts';
import { mapValues } from '../program/map-values.ts';
import { variablesOf } from '../../model/model.ts';
import {
  dataNames,
  declarePart,
  partRows,
  type BatchTensor,
  type PartData,
  type PartVariables,
} from './part-data.ts';
import type { Program } from '../program/program.ts';
import { names, slotStarts } from './step-programs.ts';
import { updateRound, type UpdateRequest } from './update-round.ts';
import { present } from '../present.ts';

/** The program for batches of one size; a batch is cut in shards where its program is smaller. */
interface TrainingProgram {
  readonly batch: number;
  readonly shards: number;
  readonly program: Program;
}

interface EvaluationProgram {
  readonly part: Part;
  readonly batch: number;
  readonly program: Program;
}

interface TrainingGraphRequest {
  readonly step: TrainingStep;
  readonly optimizer: Optimizer;
  readonly sources: Sources;
  readonly training: readonly TrainingProgram[];
  readonly evaluations: readonly EvaluationProgram[];
  readonly update: Program;
  /** That an augmentation draws for each image; 0 without one. */
  readonly drawnNumbers: number;
  /** Batches of an evaluation that may be under way at once. */
  readonly parallel: number;
}

/** Names of the nodes to fetch. */
export const fetches = {
  train: (batch: number) => `train/${batch}`,
  evaluate: (part: Part, batch: number) => `evaluate/${part}/${batch}`,
  weight: (index: number) => `read/${index}`,
  restore: 'restore',
};

/** The whole training as one graph: variables, data, loops over batches, updates. */
export function trainingGraph(request: TrainingGraphRequest): readonly Node[] {
  const graph = new GraphBuilder();
  const variables = declareVariables(graph, request);
  const { step, optimizer, training, evaluations, drawnNumbers, parallel } = request;
  graph.placeholder(feeds.steps, 'int32', []);
  graph.placeholder(feeds.rows, 'int32', [-1]);
  graph.placeholder(feeds.step, 'int32', []);
  const coefficients = coefficientNames(optimizer).length;
  graph.placeholder(feeds.coefficients, 'float32', [-1, coefficients]);
  if (drawnNumbers > 0) graph.placeholder(feeds.projections, 'float32', [-1, drawnNumbers]);
  graph.placeholder(feeds.measured, 'bool', [-1]);
  const measures = 1 + countSums(step.metrics);
  for (const each of training) {
    const body = (round: Round) => trainRound(round, { request, variables }, each);
    const result = { name: fetches.train(each.batch), shape: [measures + 1] };
    addBatchLoop(graph, { results: [result], body });
  }
  for (const each of evaluations) {
    const body = (round: Round) => evaluateRound(round, { request, variables }, each);
    const name = fetches.evaluate(each.part, each.batch);
    addBatchLoop(graph, { results: [{ name, shape: [measures] }], parallel, body });
  }
  return graph.nodes;
}

interface Variables {
  /** The model's weights, in its order. */
  readonly weights: readonly GraphVariable[];
  /** Index of each trained variable among the weights. */
  readonly trained: readonly number[];
  readonly slots: UpdateRequest['state']['slots'];
  readonly data: Readonly<Record<Part, PartVariables>>;
}

interface Context {
  readonly request: TrainingGraphRequest;
  readonly variables: Variables;
}

function declareVariables(
  graph: GraphBuilder,
  { step, optimizer, sources }: TrainingGraphRequest,
): Variables {
  const state = new GraphState(graph);
  const all = variablesOf(step.model);
  const weights = all.map(({ shape }, index) =>
    state.fed(dataNames.weight(index), { shape, dtype: 'float32' }),
  );
  const slots = step.variables.map((variable, index) =>
    mapValues(slotStarts(step, optimizer, variable), ({ shape, value }, name) =>
      state.filled(names.slot(index, name), shape, value),
    ),
  );
  const data = {
    training: declarePart({ graph, state }, 'training', sources.training),
    validation: declarePart({ graph, state }, 'validation', sources.validation),
  };
  state.finish();
  state.resetter(fetches.restore, weights);
  weights.forEach((weight, index) => {
    readVariable(graph, weight, { name: fetches.weight(index) });
  });
  return { weights, trained: step.variables.map((each) => all.indexOf(each)), slots, data };
}

function dataOf({ request, variables }: Context, part: Part): PartData {
  return { source: request.sources[part], variables: variables.data[part] };
}

function evaluateRound(
  round: Round,
  context: Context,
  { part, batch, program }: EvaluationProgram,
): RoundResult {
  const { arrays } = partRows(round, dataOf(context, part), { part, batch });
  const reads = context.variables.weights.map((weight) => round.read(weight));
  const given = mapValues(arrays, ({ node }) => node);
  const { output } = round.emit(program, { given, reads });
  const { metrics } = context.request.step;
  const sums = metrics.map((_, index) => output(names.metric(index)));
  return { values: [joined(round, metrics, { loss: output('loss'), sums })], effects: [] };
}

function trainRound(
  round: Round,
  context: Context,
  { batch, shards, program }: TrainingProgram,
): RoundResult {
  const { request, variables } = context;
  const { step, optimizer, update } = request;
  const reads = variables.weights.map((weight) => round.read(weight));
  const parts = trainingParts(round, context, batch);
  const emitted = Array.from({ length: shards }, (_, shard) => {
    const given = {
      ...mapShard(round, parts, { shard, shards, rows: batch / shards }),
      step: stepOfShard(round, { shard, shards }),
    };
    return round.emit(program, { given, reads });
  });
  const all = (name: string) => emitted.map(({ output }) => output(name));
  const loss = round.mean(all('loss'));
  const sums = step.metrics.map((_, index) => round.sum(all(names.metric(index))));
  const assigned = assignedStatistics(round, { program, variables, reads, emitted });
  const gradients = step.variables.map((_, index) => round.mean(all(names.gradient(index))));
  const updated = updateRound(
    round,
    {
      ...{ step, optimizer, program: update },
      state: {
        weights: variables.trained.map((index) => variables.weights[index] as GraphVariable),
        slots: variables.slots,
      },
    },
    {
      reads: variables.trained.map((index) => present(reads[index], `weight ${index}`)),
      gradients,
    },
  );
  const halves = halvedSquares(round, gradients);
  return {
    values: [joined(round, step.metrics, { loss, sums, halves })],
    goesOn: round.add('IsFinite', [loss], 'float32'),
    effects: [...assigned, ...updated],
  };
}

/** Half of the sum of the gradients' squares, 0 in a round whose gradients are not measured. */
function halvedSquares(round: Round, gradients: readonly string[]): string {
  const measured = round.element(feeds.measured, 'bool');
  return round.onlyIf(measured, (after) =>
    round.sum(gradients.map((gradient) => round.add('L2Loss', [gradient, `^${after}`], 'float32'))),
  );
}

/** Moving statistics of BatchNormalization; programs that have them are never cut in shards. */
function assignedStatistics(
  round: Round,
  given: {
    program: Program;
    variables: Variables;
    reads: readonly string[];
    emitted: readonly Emitted[];
  },
): readonly string[] {
  const { program, variables, reads, emitted } = given;
  return program.assignments.map(({ name, id }) => {
    const index = program.variables.findIndex((variable) => variable.name === name);
    const value = present(emitted[0], 'program of a step').nodeOf(id);
    return round.assign(variables.weights[index] as GraphVariable, value, [
      present(reads[index], `variable ${name}`),
    ]);
  });
}

/** By the names of the program's inputs. */
function trainingParts(
  round: Round,
  context: Context,
  batch: number,
): Readonly<Record<string, BatchTensor>> {
  const { arrays, rows } = partRows(round, dataOf(context, 'training'), {
    ...{ part: 'training', batch },
  });
  const { weights } = context.variables.data.training;
  const { drawnNumbers } = context.request;
  const float = (node: string, rest: readonly number[]): BatchTensor => ({
    ...{ node, dtype: 'float32', rest },
  });
  return {
    ...arrays,
    ...(weights ? { weights: float(round.gather(weights, rows), []) } : {}),
    ...(drawnNumbers > 0
      ? {
          projections: float(round.part(feeds.projections, 'float32', [batch, drawnNumbers]), [
            drawnNumbers,
          ]),
        }
      : {}),
  };
}

function mapShard(
  round: Round,
  parts: Readonly<Record<string, BatchTensor>>,
  { shard, shards, rows }: { shard: number; shards: number; rows: number },
): Record<string, string> {
  const cut = ({ node, dtype, rest }: BatchTensor) => {
    if (shards === 1) return node;
    const begin = round.constant(vectorLiteral([shard * rows, ...rest.map(() => 0)], 'int32'));
    const size = round.constant(vectorLiteral([rows, ...rest], 'int32'));
    return round.slice({ node, dtype, begin, size });
  };
  return mapValues(parts, cut);
}

/** A step number of its own for each shard, so that no two draw the same random numbers. */
function stepOfShard(round: Round, { shard, shards }: { shard: number; shards: number }): string {
  const done = round.outside(feeds.step, 'int32');
  const step = round.add('AddV2', [done, round.index], 'int32');
  if (shards === 1) return step;
  const first = round.add('Mul', [step, round.number(shards, 'int32')], 'int32');
  return round.add('AddV2', [first, round.number(shard, 'int32')], 'int32');
}

/** The loss, what the metrics sum and what there is of the gradients, one number after the other. */
function joined(
  round: Round,
  metrics: TrainingStep['metrics'],
  { loss, sums, halves }: { loss: string; sums: readonly string[]; halves?: string },
): string {
  const { graph } = round;
  const values = [loss, ...sums, ...(halves ? [halves] : [])];
  const attributes = { ...typed('float32'), N: { int: values.length } };
  if (metrics.every((metric) => metric.sums === 1)) {
    return graph.add({
      op: 'Pack',
      inputs: values,
      attributes: { ...attributes, axis: { int: 0 } },
    });
  }
  const axis = round.number(0, 'int32');
  const flat = round.constant(vectorLiteral([-1], 'int32'));
  const vectors = values.map((value) =>
    graph.add({
      ...{ op: 'Reshape', inputs: [value, flat] },
      attributes: { ...typed('float32'), Tshape: { type: 'int32' } },
    }),
  );
  return graph.add({
    ...{ op: 'ConcatV2', inputs: [...vectors, axis] },
    attributes: { ...attributes, Tidx: { type: 'int32' } },
  });
}
