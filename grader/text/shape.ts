type Shape = readonly (number | null)[];

/** `[28, None, 1]`, for messages. */
export function showShape(shape: Shape): string {
  return `[${shape.map((size) => size ?? 'None').join(', ')}]`;
}

/** The shape of one example as Keras's summary writes it, with the axis of the batch: `(None, 28, 28)`. */
export function summaryShape(shape: Shape): string {
  return `(None${shape.map((size) => `, ${size ?? 'None'}`).join('')}${shape.length === 0 ? ',' : ''})`;
}
