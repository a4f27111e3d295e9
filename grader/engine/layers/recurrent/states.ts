import { showShape } from '../../../text/shape.ts';
import type { Tensor } from '../../tensorflow/tf.ts';
import type { Given } from '../definition.ts';
import { type Shape, type Shapes } from '../shapes.ts';
import type { ReadingOptions } from './run.ts';
import { lastStep, swapBatchAndTime } from './time-axis.ts';

/** What a recurrence gives by the shape of its output at a step and by those of its states. */
export function shapesOf(
  { returnSequences, returnState }: Pick<ReadingOptions, 'returnSequences' | 'returnState'>,
  [, time = null]: Shape,
  { output, states }: { readonly output: Shape; readonly states: Shapes },
): Shape | Shapes {
  const given = returnSequences ? output.toSpliced(1, 0, time) : output;
  return returnState ? [given, ...states] : given;
}

/** Throws where a call has states to start from, behind the sequence, that are not the layer's. */
export function checkStates([, ...given]: Shapes, wanted: readonly Shape[]): void {
  if (given.length === 0) return;
  if (given.length !== wanted.length) {
    throw new Error(
      `${given.length} initial states are given to a layer that has ${wanted.length}`,
    );
  }
  wanted.forEach((shape, index) => {
    const found = given[index] ?? [];
    if (showShape(shape.slice(1)) === showShape(found.slice(1))) return;
    throw new Error(
      `initial state ${index} must have the shape ${showShape(shape)}, got ${showShape(found)}`,
    );
  });
}

/** From outputs and states of every step, [time, batch, ...]. */
export function outputsOf(
  { returnSequences, returnState }: ReadingOptions,
  outputs: Tensor,
  states: readonly Tensor[],
): Tensor | readonly Tensor[] {
  const output = returnSequences ? swapBatchAndTime(outputs) : lastStep(outputs);
  return returnState ? [output, ...states.map(lastStep)] : output;
}

/** The mask that a call obeys: in one with initial states none, unless the layer says so. */
export function readMask(
  { maskFromState }: Pick<ReadingOptions, 'maskFromState'>,
  { inputs, mask }: Pick<Given, 'inputs' | 'mask'>,
): Tensor | null {
  return inputs.length === 1 || maskFromState ? mask : null;
}

/** The mask that is handed on is that of the sequence; states have none. */
export function maskOf(
  { returnSequences }: Pick<ReadingOptions, 'returnSequences'>,
  { mask }: Pick<Given, 'mask'>,
): Tensor | null {
  return returnSequences ? mask : null;
}
