import { showShape } from '../../../text/shape.ts';
import type { StoredLayerOptions } from '../../../recipe/layers.ts';
import { productOf, sumOf } from '../../../sizes.ts';
import { channelsOf, positiveAxes, valuesOf, type Shape, type Shapes } from '../shapes.ts';
import { isAlike } from './sequences.ts';

type Options = StoredLayerOptions<'MultiHeadAttention'>;

/** Axes along which steps see each other, for inputs of so many. Throws where one of them is none. */
export function seenAxes({ attentionAxes }: Options, rank: number): readonly number[] {
  const between = Array.from({ length: rank - 2 }, (_, index) => index + 1);
  if (attentionAxes === null) return between;
  const axes = positiveAxes(attentionAxes, rank);
  const isRight = axes.every((axis, at) => between.includes(axis) && axes.indexOf(axis) === at);
  if (isRight) return axes;
  throw new Error(
    `attention_axes must be some of ${between.join(', ')}, got ${attentionAxes.join(', ')}`,
  );
}

/** Throws where query, value and key, each [batch, ..., channels], do not fit each other. */
export function checkHeads(options: Options, shapes: Shapes): void {
  const [query, value, key = value] = shapes;
  if (!value || !key || shapes.length > 4) {
    throw new Error(
      `MultiHeadAttention takes query, value, key and a mask, got ${shapes.length} inputs`,
    );
  }
  const ranks = [query, value, key].map(({ length }) => length);
  const isSequence = query.length >= 3 && ranks.every((rank) => rank === query.length);
  const seen = isSequence ? seenAxes(options, query.length) : [];
  const fits = (one: Shape, other: Shape, axes: readonly number[]) =>
    one.slice(0, -1).every((size, axis) => axes.includes(axis) || isAlike(size, other[axis]));
  if (isSequence && fits(query, value, seen) && fits(value, key, [])) return;
  throw new Error(
    `MultiHeadAttention of ${[query, value, key].map(showShape).join(', ')} does not fit together`,
  );
}

/** What each head has of query, key and value, and its scores: values of one example. */
export function valuesHeld(options: Options, shapes: Shapes): number {
  const { numHeads, keyDim, valueSize, queries, values, pairs } = sizesOf(options, shapes);
  const ofHead = [pairs, productOf([values, valueSize]), productOf([queries + values, keyDim])];
  return productOf([numHeads, sumOf(ofHead)]);
}

/** Of the projections, of the scores and of the means: multiply-adds of one example. */
export function productsOf(options: Options, shapes: Shapes): number {
  const [query, value = query, key = value] = shapes;
  const { numHeads, keyDim, valueSize, queries, values, pairs } = sizesOf(options, shapes);
  const width = productOf(options.outputShape ?? [channelsOf(query)]);
  const ofHead = [
    productOf([queries, channelsOf(query), keyDim + (options.useGate ? valueSize : 0)]),
    productOf([values, channelsOf(key), keyDim]),
    productOf([values, channelsOf(value), valueSize]),
    productOf([pairs, keyDim + valueSize]),
    productOf([queries, valueSize, width]),
  ];
  return productOf([numHeads, sumOf(ofHead)]);
}

/** Places of query and value, and pairs of those that see each other, in one example. */
function sizesOf(options: Options, [query, value = query]: Shapes) {
  const { numHeads, keyDim, valueDim } = options;
  const places = (shape: Shape) => valuesOf(shape.slice(0, -1));
  const seen = seenAxes(options, query.length).map((axis) => value[axis] ?? 1);
  return {
    ...{ numHeads, keyDim, valueSize: valueDim ?? keyDim },
    ...{ queries: places(query), values: places(value) },
    pairs: productOf([places(query), ...seen]),
  };
}
