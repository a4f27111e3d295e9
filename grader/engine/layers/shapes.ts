import { productOf } from '../../sizes.ts';

/** With the batch axis; null where any size is taken. */
export type Shape = readonly (number | null)[];

/** Shapes of a layer's inputs; there is always one. */
export type Shapes = readonly [Shape, ...Shape[]];

/** Axes counted from the front. Throws where one is not an axis of such a tensor. */
export function positiveAxes(axes: number | readonly number[], rank: number): number[] {
  return [axes].flat().map((axis) => {
    if (axis >= -rank && axis < rank) return axis < 0 ? axis + rank : axis;
    throw new Error(`axis ${axis} does not exist in an input of ${rank} axes`);
  });
}

/** The size of an axis that must be known. */
export function sizeOf(shape: Shape, axis: number, what: string): number {
  const size = shape.at(axis);
  if (typeof size === 'number') return size;
  throw new Error(`${what} must be known, but the input has the shape ${showSizes(shape)}`);
}

/** The size of the last axis. Throws where it is not known. */
export function channelsOf(shape: Shape): number {
  return sizeOf(shape, -1, 'the channels of the input');
}

/** Values of one example. Throws where a size is not known, and as `productOf` does. */
export function valuesOf([, ...sizes]: Shape): number {
  return productOf(sizes.map((size) => size ?? unknownSize(sizes)));
}

function unknownSize(sizes: Shape): never {
  throw new Error(`every size of ${showSizes(sizes)} must be known`);
}

export function showSizes(shape: Shape): string {
  return `[${shape.map((size) => size ?? 'None').join(', ')}]`;
}
