import type { Choice, Range, SlicePart } from '../../../recipe/layers/operations.ts';
import { tf, type Tensor } from '../../tensorflow/tf.ts';
import { layer } from '../definition.ts';
import { acrossExamples, type Shape } from '../shapes.ts';
import { chosenCount, chosenPlaces } from './choices.ts';

const all: Range = [null, null, 1];
type Part = Exclude<SlicePart, '...'>;

export const slice = layer('Slice', {
  shape: ({ parts }, [input]) =>
    partsOf(parts, input.length).flatMap((part, axis) => sizeOf(part, input[axis] ?? null)),
  call: ({ parts }, _weights, { input }) => {
    const taken = partsOf(parts, input.rank);
    const sliced = taken.reduce((x, part, axis) => takenOf(x, part, axis), input);
    const kept = sliced.shape.filter((_size, axis) => typeof taken[axis] !== 'number');
    return tf.reshape(sliced, kept);
  },
});

/** One for each axis. Throws where there are more than axes, or the batch is cut. */
function partsOf(parts: readonly SlicePart[], rank: number): readonly Part[] {
  const named = parts.filter((part) => part !== '...');
  const rest = Array<Range>(Math.max(0, rank - named.length)).fill(all);
  const hasRest = parts.includes('...');
  const spread = parts.flatMap((part) => (part === '...' ? rest : [part]));
  const full = hasRest ? spread : [...spread, ...rest];
  if (full.length > rank) throw new Error(`${named.length} axes are sliced of ${rank}`);
  if (JSON.stringify(full[0]) === JSON.stringify(all)) return full;
  throw acrossExamples('cuts, orders or repeats');
}

function sizeOf(part: Part, size: number | null): Shape {
  if (typeof part === 'number') {
    if (size !== null) placeOf(part, size);
    return [];
  }
  if (isChoice(part)) return [chosenCount(part, size)];
  return [size === null ? openSize(part) : rangeOf(part, size).count];
}

function isChoice(part: Range | Choice): part is Choice {
  return 'take' in part;
}

/** Of an axis without a size: all of it has none either, and what else is cut depends on it. */
function openSize([from, to, by]: Range): null {
  if (from === null && to === null && Math.abs(by) === 1) return null;
  throw new Error('a slice of an axis without a size has no size');
}

function takenOf(x: Tensor, part: Part, axis: number): Tensor {
  const size = x.shape[axis] ?? 0;
  if (typeof part === 'number') return cut(x, axis, [placeOf(part, size), 1]);
  if (isChoice(part)) return gathered(x, axis, chosenPlaces(part, size));
  const { start, count } = rangeOf(part, size);
  const [, , by] = part;
  if (by === 1) return count === size ? x : cut(x, axis, [start, count]);
  return gathered(
    x,
    axis,
    Array.from({ length: count }, (_, index) => start + index * by),
  );
}

function gathered(x: Tensor, axis: number, places: readonly number[]): Tensor {
  return tf.gather(x, tf.tensor1d([...places], 'int32'), axis);
}

function cut(x: Tensor, axis: number, [from, count]: readonly [number, number]): Tensor {
  const begin = x.shape.map((_size, at) => (at === axis ? from : 0));
  return tf.slice(x, begin, x.shape.with(axis, count));
}

function placeOf(index: number, size: number): number {
  if (index >= -size && index < size) return index < 0 ? index + size : index;
  throw new Error(`place ${index} does not exist in an axis of ${size}`);
}

/** A range as Python counts it (https://docs.python.org/3/library/stdtypes.html#common-sequence-operations). */
function rangeOf([from, to, by]: Range, size: number): { start: number; count: number } {
  const [least, most] = by > 0 ? [0, size] : [-1, size - 1];
  const bounded = (place: number) =>
    Math.min(most, Math.max(least, place < 0 ? place + size : place));
  const start = from === null ? (by > 0 ? least : most) : bounded(from);
  const end = to === null ? (by > 0 ? most : least) : bounded(to);
  return { start, count: Math.max(0, Math.ceil((end - start) / by)) };
}
