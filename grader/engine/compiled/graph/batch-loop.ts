import { scalarLiteral } from '../program/literals.ts';
import { typed, type GraphBuilder } from './graph-builder.ts';
import { Loop } from './loop.ts';
import { Round } from './round.ts';
import { stackElements, tensorArray, writeElement } from './tensor-array.ts';
import { present } from '../present.ts';

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
  /** bool [steps]: whether a step's gradients are measured. */
  measured: 'measured',
  /** float32 [steps * batch, 8]. */
  projections: 'projections',
} as const;

export interface RoundResult {
  /** float32, one for each of the loop's results, in their shapes. */
  readonly values: readonly string[];
  /** bool: whether another round may follow; left out where nothing speaks against it. */
  readonly goesOn?: string;
  /** Nodes that the next round waits for. */
  readonly effects: readonly string[];
}

/** A node to fetch: float32 [rounds done, ...shape]. */
interface LoopResult {
  readonly name: string;
  /** Of the value of one round. */
  readonly shape: readonly number[];
}

interface BatchLoopRequest {
  readonly results: readonly LoopResult[];
  /** Rounds that may be under way at once; their bodies must not change variables. */
  readonly parallel?: number;
  readonly body: (round: Round) => RoundResult;
}

/** Adds a loop of as many rounds as `feeds.steps` says, whose results stack the rounds' values. */
export function addBatchLoop(
  graph: GraphBuilder,
  { results, parallel, body }: BatchLoopRequest,
): void {
  const number = (value: number) => graph.constant(scalarLiteral(value, 'int32'));
  const loop = new Loop(graph, present(results[0], 'result of a loop').name, parallel);
  const counter = loop.variable(number(0), 'int32');
  const stacks = results.map(({ name, shape }) => {
    const array = tensorArray(graph, feeds.steps, { dtype: 'float32', shape });
    return { name, array, flow: loop.variable(array.flow, 'float32') };
  });
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
  stacks.forEach(({ array, flow }, index) => {
    const handle = round.outside(array.handle, 'resource');
    const element = { at: round.index, value: present(result.values[index], `result ${index}`) };
    flow.next(writeElement(graph, { ...array, handle, flow: flow.current() }, element));
  });
  goesOn.next(result.goesOn ?? goesOn.current());
  const range = { from: number(0), to: counter.exit(), by: number(1) };
  for (const { name, array, flow } of stacks) {
    const stacked = stackElements(graph, { ...array, flow: flow.exit() }, range);
    graph.add({ op: 'Identity', inputs: [stacked], attributes: typed('float32'), name });
  }
}
