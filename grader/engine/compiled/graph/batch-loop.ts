import { scalarLiteral, vectorLiteral } from '../literals.ts';
import type { DataType } from '../attributes.ts';
import { typed, type GraphBuilder } from './graph-builder.ts';
import { Loop } from './loop.ts';
import type { GraphVariable } from './state.ts';
import { stackElements, tensorArray, writeElement } from './tensor-array.ts';

/** Placeholders that every loop over batches is given. */
export const feeds = {
  /** int32: how many batches. */
  steps: 'steps',
  /** int32 [steps * batch]: the rows of the batches, one after the other. */
  rows: 'rows',
  /** int32: training steps done before. */
  step: 'step',
  /** float32 [steps, coefficients]. */
  coefficients: 'coefficients',
  /** float32 [steps * batch, 8]. */
  projections: 'projections',
} as const;

/** What the body of a loop over batches works with, and what it answers. */
export interface BatchRound {
  readonly loop: Loop;
  /** Rounds done before this one. */
  readonly round: string;
  /** Rows of a stored array for this batch. */
  readonly gather: (source: GraphVariable) => string;
}

export interface RoundResult {
  readonly loss: string;
  readonly metrics: readonly string[];
  /** Nodes that the next round waits for. */
  readonly effects: readonly string[];
}

export interface BatchLoopRequest {
  /** Of the node to fetch: float32 [rounds done, 1 + metrics]. */
  readonly name: string;
  readonly batch: number;
  readonly metrics: number;
  readonly body: (round: BatchRound) => RoundResult;
}

/**
 * Adds a loop over batches that stops after the first whose loss is not finite. Its result has a
 * row for each round: the loss and the metrics.
 */
export function addBatchLoop(graph: GraphBuilder, request: BatchLoopRequest): void {
  const { batch, metrics } = request;
  const number = (value: number) => graph.constant(scalarLiteral(value, 'int32'));
  const array = tensorArray(graph, feeds.steps, { dtype: 'float32', shape: [1 + metrics] });
  const loop = new Loop(graph, request.name);
  const counter = loop.variable(number(0), 'int32');
  const flow = loop.variable(array.flow, 'float32');
  const isFinite = loop.variable(
    graph.constant({ dtype: 'bool', shape: [], bytes: Uint8Array.of(1) }),
    'bool',
  );
  const isBefore = graph.add({
    ...{ op: 'Less', inputs: [counter.merged, loop.constant(feeds.steps, 'int32')] },
    attributes: typed('int32'),
  });
  loop.start(graph.add({ op: 'LogicalAnd', inputs: [isBefore, isFinite.merged] }), counter);
  const inside = (value: number) => graph.constant(scalarLiteral(value, 'int32'), loop.pivot);
  const round = counter.current();
  const rows = batchRows(graph, loop, { round, batch });
  const gather = ({ handle, dtype }: GraphVariable) =>
    graph.add({
      op: 'ResourceGather',
      inputs: [loop.constant(handle, 'resource'), rows],
      attributes: {
        ...{ dtype: { type: dtype }, Tindices: { type: 'int32' } },
        ...{ batch_dims: { int: 0 }, validate_indices: { bool: true } },
      },
    });
  const result = request.body({ loop, round, gather });
  const values = [result.loss, ...result.metrics];
  const value = graph.add({
    ...{ op: 'Pack', inputs: values },
    attributes: { ...typed('float32'), N: { int: values.length }, axis: { int: 0 } },
  });
  counter.next(
    graph.add({ op: 'AddV2', inputs: [round, inside(1)], attributes: typed('int32') }),
    result.effects,
  );
  const handle = loop.constant(array.handle, 'resource');
  const written = { ...array, handle, flow: flow.current() };
  flow.next(writeElement(graph, written, { at: round, value }));
  isFinite.next(graph.add({ op: 'IsFinite', inputs: [result.loss], attributes: typed('float32') }));
  const stacked = stackElements(
    graph,
    { ...array, flow: flow.exit() },
    { from: number(0), to: counter.exit(), by: number(1) },
  );
  graph.add({
    ...{ op: 'Identity', inputs: [stacked], name: request.name },
    attributes: typed('float32'),
  });
}

function batchRows(
  graph: GraphBuilder,
  loop: Loop,
  { round, batch }: { round: string; batch: number },
): string {
  return sliceOfRound(graph, loop, {
    ...{ node: loop.constant(feeds.rows, 'int32'), dtype: 'int32' },
    ...{ round, shape: [batch] },
  });
}

/** The part of a fed tensor that belongs to a round; the first axis holds one part after the other. */
export function sliceOfRound(
  graph: GraphBuilder,
  loop: Loop,
  part: { node: string; dtype: DataType; round: string; shape: readonly number[] },
): string {
  const [length = 1, ...rest] = part.shape;
  const inside = (value: number) => graph.constant(scalarLiteral(value, 'int32'), loop.pivot);
  const first = graph.add({
    ...{ op: 'Mul', inputs: [part.round, inside(length)] },
    attributes: typed('int32'),
  });
  const begin = graph.add({
    ...{ op: 'Pack', inputs: [first, ...rest.map(() => inside(0))] },
    attributes: { ...typed('int32'), N: { int: part.shape.length }, axis: { int: 0 } },
  });
  const size = graph.constant(vectorLiteral(part.shape, 'int32'), loop.pivot);
  return graph.add({
    ...{ op: 'Slice', inputs: [part.node, begin, size] },
    attributes: { ...typed(part.dtype), Index: { type: 'int32' } },
  });
}
