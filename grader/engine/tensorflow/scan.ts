import { isTracing, traceBackendName } from './native-ops.ts';
import { tf, type Tensor } from './tf.ts';

/**
 * One time step: the states after it, from one time step of each sequence, the states before it
 * and the weights. Made of differentiable TF.js ops on these tensors alone, and of the same shapes
 * at every step.
 */
export type Cell = (
  inputs: readonly Tensor[],
  states: readonly Tensor[],
  weights: readonly Tensor[],
) => Tensor[];

interface Scan {
  /** Each [time, ...]. Those of type bool have no gradient. */
  readonly sequences: readonly Tensor[];
  /** The states before the first step. */
  readonly initial: readonly Tensor[];
  /** Every other tensor that the cell uses. */
  readonly weights: readonly Tensor[];
}

/** What the op of a traced recurrence carries. */
export interface ScanAttributes {
  readonly cell: Cell;
  readonly counts: ScanCounts;
}

export interface ScanCounts {
  readonly sequences: number;
  readonly states: number;
  readonly weights: number;
}

const scanKernel = 'Scan';
const mostStates = 4;

/** What a recurrence and its gradient are where a step is traced. */
interface ScanKernel {
  /** From all tensors of a scan in a row to the stacked states of every step. */
  readonly forward: (inputs: Tensor[], attributes: ScanAttributes) => Tensor[];
  /** To the gradients of all these tensors, from those of the states. */
  readonly backward: (
    given: { dys: Tensor[]; saved: Tensor[] },
    attributes: ScanAttributes,
  ) => Tensor[];
}

export function registerScanKernel({ forward, backward }: ScanKernel): void {
  // What `tracedScan` gave comes back, under TF.js's types for other kernels.
  const attributesOf = (given: unknown) => given as ScanAttributes;
  tf.registerKernel({
    kernelName: scanKernel,
    backendName: traceBackendName,
    // TF.js names a kernel's inputs; these have numbers.
    kernelFunc: ({ inputs, attrs }) => forward(inputs as unknown as Tensor[], attributesOf(attrs)),
  });
  tf.registerGradient({
    kernelName: scanKernel,
    saveAllInputs: true,
    outputsToSave: Array<boolean>(mostStates).fill(true),
    gradFunc: (dys, saved, attrs) => {
      const given = { dys: [dys].flat(), saved };
      const gradients = tf.tidy(() => backward(given, attributesOf(attrs)));
      return Object.fromEntries(gradients.map((gradient, index) => [index, () => gradient]));
    },
  });
}

/** Runs a cell over time; answers each state after each step, stacked as [time, ...]. */
export function scan(cell: Cell, given: Scan): Tensor[] {
  if (isTracing()) return tracedScan(cell, given);
  const { sequences, initial, weights } = given;
  return tf.tidy(() => {
    const steps = sequences.map((sequence) => tf.unstack(sequence));
    const time = steps[0]?.length ?? 0;
    const reached: Tensor[][] = [];
    let states: readonly Tensor[] = initial;
    for (let step = 0; step < time; step++) {
      const inputs = steps.map((sequence) => sequence[step] as Tensor);
      const next = cell(inputs, states, weights);
      reached.push(next);
      states = next;
    }
    return initial.map((_, state) => tf.stack(reached.map((next) => next[state] as Tensor)));
  });
}

/** A recurrence as one op of the program being traced: the cell is traced once, not once a step. */
function tracedScan(cell: Cell, { sequences, initial, weights }: Scan): Tensor[] {
  const counts = {
    sequences: sequences.length,
    states: initial.length,
    weights: weights.length,
  };
  const inputs = [...sequences, ...initial, ...weights];
  // A kernel's inputs have names in TF.js's types, and its attributes are numbers and words.
  return tf.engine().runKernel<Tensor[]>(scanKernel, inputs as never, { cell, counts } as never);
}
