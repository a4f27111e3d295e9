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

export function productOf(sizes: readonly number[]): number {
  return sizes.reduce((product, size) => product * size, 1);
}

export function showSizes(shape: Shape): string {
  return `[${shape.map((size) => size ?? 'None').join(', ')}]`;
}
