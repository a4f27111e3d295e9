import type { Range, SlicePart } from '../../../recipe/layers/operations.ts';
import { tf, type Tensor } from '../../tensorflow/tf.ts';
import { layer } from '../definition.ts';
import type { Shape } from '../shapes.ts';

const all: Range = [null, null, 1];

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
function partsOf(parts: readonly SlicePart[], rank: number): readonly (number | Range)[] {
  const named = parts.filter((part) => part !== '...');
  const rest = Array<Range>(Math.max(0, rank - named.length)).fill(all);
  const hasRest = parts.includes('...');
  const spread = parts.flatMap((part) => (part === '...' ? rest : [part]));
  const full = hasRest ? spread : [...spread, ...rest];
  if (full.length > rank) throw new Error(`${named.length} axes are sliced of ${rank}`);
  if (JSON.stringify(full[0]) === JSON.stringify(all)) return full;
  throw new Error('a slice takes some examples of a batch only');
}

function sizeOf(part: number | Range, size: number | null): Shape {
  if (typeof part !== 'number')
    return [size === null ? openSize(part) : placesOf(part, size).length];
  if (size !== null) placeOf(part, size);
  return [];
}

/** Of an axis without a size: all of it has none either, and what else is cut depends on it. */
function openSize([from, to, by]: Range): null {
  if (from === null && to === null && Math.abs(by) === 1) return null;
  throw new Error('a slice of an axis without a size has no size');
}

function takenOf(x: Tensor, part: number | Range, axis: number): Tensor {
  const size = x.shape[axis] ?? 0;
  if (typeof part === 'number') return cut(x, axis, [placeOf(part, size), 1]);
  const places = placesOf(part, size);
  const [first = 0] = places;
  if (part[2] === 1) return places.length === size ? x : cut(x, axis, [first, places.length]);
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

/** The places of a range as Python counts them (https://docs.python.org/3/library/stdtypes.html#common-sequence-operations). */
function placesOf([from, to, by]: Range, size: number): readonly number[] {
  const [least, most] = by > 0 ? [0, size] : [-1, size - 1];
  const bounded = (place: number) =>
    Math.min(most, Math.max(least, place < 0 ? place + size : place));
  const start = from === null ? (by > 0 ? least : most) : bounded(from);
  const end = to === null ? (by > 0 ? most : least) : bounded(to);
  const count = Math.max(0, Math.ceil((end - start) / by));
  return Array.from({ length: count }, (_, index) => start + index * by);
}
