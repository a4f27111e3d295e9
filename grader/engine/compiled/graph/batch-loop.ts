import { scalarLiteral } from '../literals.ts';
import { typed, type GraphBuilder } from './graph-builder.ts';
import { Loop } from './loop.ts';
import { Round } from './round.ts';
import { stackElements, tensorArray, writeElement } from './tensor-array.ts';

/** Placeholders that loops over batches are given. */
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

export interface RoundResult {
  /** float32 of the loop's shape. */
  readonly value: string;
  /** bool: whether another round may follow; left out where nothing speaks against it. */
  readonly goesOn?: string;
  /** Nodes that the next round waits for. */
  readonly effects: readonly string[];
}

export interface BatchLoopRequest {
  /** Of the node to fetch: float32 [rounds done, ...shape]. */
  readonly name: string;
  /** Of the value of one round. */
  readonly shape: readonly number[];
  /** Rounds that may be under way at once; their bodies must not change variables. */
  readonly parallel?: number;
  readonly body: (round: Round) => RoundResult;
}

/** Adds a loop of as many rounds as `feeds.steps` says, whose result stacks the rounds' values. */
export function addBatchLoop(
  graph: GraphBuilder,
  { name, shape, parallel, body }: BatchLoopRequest,
): void {
  const number = (value: number) => graph.constant(scalarLiteral(value, 'int32'));
  const array = tensorArray(graph, feeds.steps, { dtype: 'float32', shape });
  const loop = new Loop(graph, name, parallel);
  const counter = loop.variable(number(0), 'int32');
  const flow = loop.variable(array.flow, 'float32');
  const yes = graph.constant({ dtype: 'bool', shape: [], bytes: Uint8Array.of(1) });
  const goesOn = loop.variable(yes, 'bool');
  const isBefore = graph.add({
    ...{ op: 'Less', inputs: [counter.merged, loop.constant(feeds.steps, 'int32')] },
    attributes: typed('int32'),
  });
  loop.start(graph.add({ op: 'LogicalAnd', inputs: [isBefore, goesOn.merged] }), counter);
  const round = new Round(graph, loop, counter);
  const result = body(round);
  const next = round.add('AddV2', [round.index, round.number(1, 'int32')], 'int32');
  counter.next(next, result.effects);
  const written = {
    ...array,
    handle: round.outside(array.handle, 'resource'),
    flow: flow.current(),
  };
  flow.next(writeElement(graph, written, { at: round.index, value: result.value }));
  goesOn.next(result.goesOn ?? goesOn.current());
  const range = { from: number(0), to: counter.exit(), by: number(1) };
  const stacked = stackElements(graph, { ...array, flow: flow.exit() }, range);
  graph.add({ op: 'Identity', inputs: [stacked], attributes: typed('float32'), name });
}
