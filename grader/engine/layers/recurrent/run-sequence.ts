import { scan, type Cell } from '../../tensorflow/scan.ts';
import { tf, type Tensor } from '../../tensorflow/tf.ts';
import type { Given } from '../definition.ts';
import type { ReadingOptions } from './run.ts';
import { outputsOf, readMask } from './states.ts';
import { timeMajor } from './time-axis.ts';

/** A recurrence before it runs. */
interface Recurrence {
  readonly cell: Cell;
  /** Every tensor that the cell uses beside inputs and states. */
  readonly weights: readonly Tensor[];
  /** What the cell takes of each step: [time, batch, ...]. */
  readonly projected: Tensor;
  /** Before the first step, where they are not zero. */
  readonly start: readonly Tensor[];
  /** What `maskOver` gives. */
  readonly mask: Tensor | null;
  /** Of each state. */
  readonly shape: readonly number[];
  /** How many there are; the first is the output. */
  readonly states: number;
}

/** Runs a cell over a sequence through `scan`. */
export function runSequence(
  options: ReadingOptions,
  { cell, weights, projected, start, mask, shape, states }: Recurrence,
): Tensor | readonly Tensor[] {
  const zeros = () => tf.zeros([...shape]);
  const initial = start.length > 0 ? start : Array.from({ length: states }, zeros);
  if (!mask) {
    const all = scan(cell, { sequences: [projected], initial, weights });
    return outputsOf(options, first(all), all);
  }
  const sequences = [projected, mask];
  // A masked step repeats the output before it: zero before the first one, whatever the states are.
  const isApart = start.length > 0;
  const held = heldWhereMasked(isApart ? withOutput(cell) : cell);
  const all = scan(held, {
    sequences,
    initial: isApart ? [...initial, zeros()] : initial,
    weights,
  });
  const outputs = isApart ? last(all) : first(all);
  const shown = options.zeroOutputForMask
    ? tf.where(mask, outputs, tf.zerosLike(outputs))
    : outputs;
  return outputsOf(options, shown, all.slice(0, states));
}

/**
 * The mask that a call obeys as booleans [time, batch, ...], as large as a state and in the order in
 * which the layer reads; null where every step counts.
 */
export function maskOver(
  options: ReadingOptions,
  given: Pick<Given, 'inputs' | 'mask'>,
  [, ...sizes]: readonly number[],
): Tensor | null {
  const mask = readMask(options, given);
  if (!mask) return null;
  const steps = sizes.reduce(
    (inner) => tf.expandDims(inner, -1),
    timeMajor(options, tf.cast(mask, 'int32')),
  );
  return tf.cast(tf.tile(steps, [1, 1, ...sizes]), 'bool');
}

/** A step that the mask takes out leaves every state as it is. */
function heldWhereMasked(step: Cell): Cell {
  return (inputs, states, weights) => {
    const [input, mask] = inputs as [Tensor, Tensor];
    const next = step([input], states, weights);
    return next.map((state, index) => tf.where(mask, state, states[index] as Tensor));
  };
}

/** The output as a state of its own, the last one. */
function withOutput(step: Cell): Cell {
  return (inputs, states, weights) => {
    const next = step(inputs, states.slice(0, -1), weights);
    return [...next, first(next)];
  };
}

function first(tensors: readonly Tensor[]): Tensor {
  return tensors[0] as Tensor;
}

function last(tensors: readonly Tensor[]): Tensor {
  return tensors.at(-1) as Tensor;
}
