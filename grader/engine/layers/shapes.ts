import { candidateError, type GraderError } from '../../errors.ts';
import { productOf } from '../../sizes.ts';
import { showShape } from '../../text/shape.ts';

/** With the batch axis; null where any size is taken. */
export type Shape = readonly (number | null)[];

/** Shapes of a layer's inputs or outputs; there is always one. */
export type Shapes = readonly [Shape, ...Shape[]];

/** Of what is one shape or several, all. */
export function shapesIn(given: Shape | Shapes): Shapes {
  return isSeveral(given) ? given : [given];
}

function isSeveral(given: Shape | Shapes): given is Shapes {
  return Array.isArray(given[0]);
}

/** Axes counted from the front. Throws where one is not an axis of such a tensor. */
export function positiveAxes(axes: number | readonly number[], rank: number): number[] {
  return [axes].flat().map((axis) => {
    if (axis >= -rank && axis < rank) return axis < 0 ? axis + rank : axis;
    throw new Error(`axis ${axis} does not exist in an input of ${rank} axes`);
  });
}

/** The same, of what is computed for each example by itself. Throws `acrossExamples` where one is the batch. */
export function ownAxes(axes: number | readonly number[], rank: number): number[] {
  const found = positiveAxes(axes, rank);
  if (!found.includes(0)) return found;
  throw acrossExamples('goes across');
}

/** For what is not computed for each example by itself; fault `candidate`. */
export function acrossExamples(what: string): GraderError {
  const message = `it ${what} the examples of a batch; each example is computed by itself here.`;
  return candidateError('operation', message);
}

/** The size of an axis that must be known. */
export function sizeOf(shape: Shape, axis: number, what: string): number {
  const size = shape.at(axis);
  if (typeof size === 'number') return size;
  throw new Error(`${what} must be known, but the input has the shape ${showShape(shape)}`);
}

/** The size of the last axis. Throws where it is not known. */
export function channelsOf(shape: Shape): number {
  return sizeOf(shape, -1, 'the channels of the input');
}

/** Of one example; an axis without a size is `longest` long. */
export function sized([, ...sizes]: Shape, longest: number): Shape {
  return [1, ...sizes.map((size) => size ?? longest)];
}

/** Values of one example; none where a window is longer than what it goes over. Throws as `productOf`. */
export function valuesOf([, ...sizes]: Shape): number {
  return productOf(sizes.map((size) => Math.max(size ?? unknownSize(sizes), 0)));
}

function unknownSize(sizes: Shape): never {
  throw new Error(`every size of ${showShape(sizes)} must be known`);
}
