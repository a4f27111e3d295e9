import {
  registerScanKernel,
  type Cell,
  type ScanAttributes,
  type ScanCounts,
} from '../../tensorflow/scan.ts';
import { withOwnTape } from '../../tensorflow/tape.ts';
import { tf, type Tensor } from '../../tensorflow/tf.ts';
import type { DataType } from '../program/attributes.ts';
import type { NamedId, Program, Value } from '../program/program.ts';
import { Recorder } from './recorder.ts';
import type { TraceBackend } from './trace-backend.ts';

export function registerTracedScan(backend: TraceBackend): void {
  registerScanKernel({
    forward: (inputs, attributes) => forward(backend, inputs, attributes),
    backward: (given, attributes) => backward(backend, given, attributes),
  });
}

/** The stacked states of every step. */
function forward(
  backend: TraceBackend,
  inputs: Tensor[],
  { cell, counts }: ScanAttributes,
): Tensor[] {
  const [sequences, initial] = parts(inputs, counts);
  const [time = 0] = sequences[0]?.shape ?? [];
  const types = [...sequences.map(stepOf), ...inputs.slice(counts.sequences)];
  const program = traceBody(backend, types, (given) => {
    const states = cell(...parts(given, counts));
    return [...states, ...states];
  });
  const results = [...initial, ...initial.map((state) => stacked(state, time))];
  const body = {
    program,
    sequences: counts.sequences,
    carries: counts.states,
    isReversed: false,
  };
  return backend.scan(body, inputs, results.map(typeOf)).slice(counts.states);
}

/**
 * Backpropagation through time: from the last step to the first with the gradients of states and
 * weights carried along; each step's forward values are computed anew from the states before it.
 */
function backward(
  backend: TraceBackend,
  { dys, saved }: { dys: Tensor[]; saved: Tensor[] },
  { cell, counts }: ScanAttributes,
): Tensor[] {
  const count = counts.sequences + counts.states + counts.weights;
  const [sequences, initial, weights] = parts(saved.slice(0, count), counts);
  const [time = 0] = sequences[0]?.shape ?? [];
  const before = initial.map((state, index) => shifted(state, saved[count + index] as Tensor));
  const floats = sequences.filter(({ dtype }) => dtype === 'float32');
  const carried = [...initial, ...weights];
  const inputs = [
    ...[...sequences, ...before, ...dys],
    ...carried.map((each) => tf.zerosLike(each)),
    ...weights,
  ];
  const rows = counts.sequences + 2 * counts.states;
  const types = [...inputs.slice(0, rows).map(stepOf), ...inputs.slice(rows)];
  const program = traceBody(backend, types, (given) => stepBack(cell, given, counts));
  const body = { program, sequences: rows, carries: carried.length, isReversed: true };
  const results = [...carried, ...floats.map((sequence) => stacked(stepOf(sequence), time))];
  const outputs = backend.scan(body, inputs, results.map(typeOf));
  const toSequences = outputs.slice(carried.length);
  const gradients = sequences.map((sequence) =>
    sequence.dtype === 'float32' ? (toSequences.shift() as Tensor) : tf.zerosLike(sequence),
  );
  return [...gradients, ...outputs.slice(0, carried.length)];
}

function stepBack(cell: Cell, given: Tensor[], counts: ScanCounts): Tensor[] {
  const take = (length: number) => given.splice(0, length);
  const inputs = take(counts.sequences);
  const states = take(counts.states);
  const fromOutputs = take(counts.states);
  const fromLater = take(counts.states);
  const soFar = take(counts.weights);
  const weights = take(counts.weights);
  const dy = fromOutputs.map((gradient, index) => tf.add(gradient, fromLater[index] as Tensor));
  const floats = inputs.filter(({ dtype }) => dtype === 'float32');
  const through = (...wanted: Tensor[]) => {
    const rest = [...wanted];
    const replaced = inputs.map((input) =>
      input.dtype === 'float32' ? (rest.shift() as Tensor) : input,
    );
    return joined(cell(replaced, rest.splice(0, counts.states), rest));
  };
  const gradients = withOwnTape(() =>
    tf.grads(through)([...floats, ...states, ...weights], joined(dy)),
  );
  const toInputs = gradients.splice(0, floats.length);
  const toStates = gradients.splice(0, counts.states);
  const toWeights = gradients.map((gradient, index) => tf.add(gradient, soFar[index] as Tensor));
  return [...toStates, ...toWeights, ...toInputs];
}

/** Several states as one tensor, since a gradient starts at one. */
function joined(states: Tensor[]): Tensor {
  const [first] = states;
  return states.length === 1 && first ? first : tf.concat(states, -1);
}

/** The states before each step. */
function shifted(initial: Tensor, states: Tensor): Tensor {
  const [time = 1, ...rest] = states.shape;
  const earlier = tf.slice(
    states,
    states.shape.map(() => 0),
    [time - 1, ...rest],
  );
  return tf.concat([tf.expandDims(initial, 0), earlier], 0);
}

function parts(all: Tensor[], counts: ScanCounts): [Tensor[], Tensor[], Tensor[]] {
  const states = counts.sequences + counts.states;
  return [all.slice(0, counts.sequences), all.slice(counts.sequences, states), all.slice(states)];
}

interface Typed {
  readonly shape: readonly number[];
  readonly dtype: string;
}

function stepOf({ shape, dtype }: Typed): Typed {
  return { shape: shape.slice(1), dtype };
}

function stacked({ shape, dtype }: Typed, time: number): Typed {
  return { shape: [time, ...shape], dtype };
}

function typeOf({ shape, dtype }: Typed): Pick<Value, 'shape' | 'dtype'> {
  return { shape, dtype: dtype as DataType };
}

function traceBody(
  backend: TraceBackend,
  types: readonly Typed[],
  body: (given: Tensor[]) => Tensor[],
): Program {
  const recorder = new Recorder();
  return backend.recordInto(recorder, () => {
    const outputs: NamedId[] = [];
    tf.tidy(() => {
      const given = types.map((type, index) =>
        backend.tensorOf(recorder.addInput(`in${index}`, typeOf(type))),
      );
      body(given).forEach((tensor, index) =>
        outputs.push({ name: `out${index}`, id: backend.valueFor(tensor).id }),
      );
    });
    return recorder.finish({ outputs, assignments: [] });
  });
}
