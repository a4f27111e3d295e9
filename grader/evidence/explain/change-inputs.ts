import type { ChangedInputs, NdArray } from '../../contract.ts';
import { newValues } from '../../array-file.ts';
import { seededRandom, shuffle } from '../../random.ts';
import { productOf } from '../../sizes.ts';
import { imageLayout } from '../pictures.ts';
import type { InputRows } from '../input-rows.ts';

interface Changed {
  readonly changed: ChangedInputs;
  readonly inputs: NdArray;
}

const rowsShown = 6;
const wordsShown = 60;
const featuresShown = 64;
/** Predictions, as a multiple of the held-out rows. */
const passes = 5;

/**
 * Inputs from which one part after the other is taken: squares of pictures, words of texts, features or steps
 * of all rows. Null where inputs are of no such kind, or there are too few rows for it.
 *
 * @param worstFirst Rows that may be shown, the worst first; null where none may.
 */
export async function changeInputs(
  inputs: InputRows,
  worstFirst: readonly number[] | null,
  isForecast: boolean,
): Promise<Changed | null> {
  const { shape, dtype } = inputs;
  const size = productOf(shape.slice(1));
  if (imageLayout(shape)) return worstFirst && coverSquares(inputs, worstFirst);
  if (dtype === 'int32') return worstFirst && leaveOutWords(inputs, worstFirst);
  if (size > featuresShown || size < 2) return null;
  return shuffleFeatures(inputs, size, isForecast);
}

/** The worst, and the two that the model was surest of. */
function rowsToShow(worstFirst: readonly number[]): number[] {
  return [...new Set([...worstFirst.slice(0, rowsShown - 2), ...worstFirst.slice(-2)])];
}

/** Each square in turn becomes as bright as the picture is on average. */
async function coverSquares(
  inputs: InputRows,
  worstFirst: readonly number[],
): Promise<Changed | null> {
  const [count = 0, height = 0, width = 0, channels = 1] = inputs.shape;
  const squares = Math.max(height, width) < 64 ? 7 : 10;
  const parts = squares ** 2;
  const copies = parts + 1;
  const rows = rowsToShow(worstFirst).slice(0, Math.floor((passes * count) / copies));
  if (rows.length === 0) return null;
  const size = height * width * channels;
  const data = newValues(inputs.dtype, rows.length * copies * size);
  for (const [index, row] of rows.entries()) {
    const picture = await inputs.at(row);
    const means = Array.from({ length: channels }, (_, channel) =>
      meanOf(picture, channel, channels),
    );
    data.set(picture, index * copies * size);
    for (let part = 0; part < parts; part++) {
      const start = (index * copies + part + 1) * size;
      data.set(picture, start);
      const [down, across] = [Math.floor(part / squares), part % squares];
      for (const y of spread(down, squares, height)) {
        for (const x of spread(across, squares, width)) {
          means.forEach(
            (mean, channel) => (data[start + (y * width + x) * channels + channel] = mean),
          );
        }
      }
    }
  }
  return {
    changed: { kind: 'occlusion', grid: [squares, squares], rows, parts: rows.map(() => parts) },
    inputs: { dtype: inputs.dtype, shape: [rows.length * copies, ...inputs.shape.slice(1)], data },
  };
}

function meanOf(values: ArrayLike<number>, first: number, step: number): number {
  let sum = 0;
  for (let at = first; at < values.length; at += step) sum += values[at] ?? 0;
  return sum / (values.length / step);
}

/** Pixels of one of so many parts of a side. */
function spread(part: number, parts: number, side: number): number[] {
  const edge = (at: number) => Math.round((at * side) / parts);
  return Array.from({ length: edge(part + 1) - edge(part) }, (_, at) => edge(part) + at);
}

/** Each word in turn is as if it had not been written: the others move together, padding makes up for it. */
async function leaveOutWords(
  inputs: InputRows,
  worstFirst: readonly number[],
): Promise<Changed | null> {
  const [count = 0, length = 0] = inputs.shape;
  if (inputs.shape.length !== 2) return null;
  const changed: Int32Array[] = [];
  const rows: number[] = [];
  const parts: number[] = [];
  for (const row of rowsToShow(worstFirst)) {
    const ids = Array.from(await inputs.at(row));
    const places = ids.flatMap((id, place) => (id === 0 ? [] : [place])).slice(0, wordsShown);
    if (places.length === 0 || changed.length + places.length + 1 > passes * count) continue;
    const isPaddedBefore = ids[0] === 0;
    changed.push(Int32Array.from(ids));
    for (const place of places) {
      const others = ids.filter((_, at) => at !== place);
      changed.push(Int32Array.from(isPaddedBefore ? [0, ...others] : [...others, 0]));
    }
    rows.push(row);
    parts.push(places.length);
  }
  if (rows.length === 0) return null;
  const data = new Int32Array(changed.length * length);
  changed.forEach((ids, index) => data.set(ids, index * length));
  return {
    changed: { kind: 'left-out-words', rows, parts },
    inputs: { dtype: 'int32', shape: [changed.length, length], data },
  };
}

/** The values of one feature after the other change places among some rows. */
async function shuffleFeatures(
  inputs: InputRows,
  features: number,
  isForecast: boolean,
): Promise<Changed | null> {
  const [count = 0] = inputs.shape;
  const random = seededRandom(1);
  const all = shuffled(count, random);
  const rows = all.slice(0, Math.floor((passes * count) / (features + 1))).sort();
  if (rows.length < 2) return null;
  const values: ArrayLike<number>[] = [];
  for (const row of rows) values.push(await inputs.at(row));
  const blocks = features + 1;
  const data = newValues(inputs.dtype, blocks * rows.length * features);
  values.forEach((row, at) => data.set(row, at * features));
  for (let feature = 0; feature < features; feature++) {
    const others = shuffled(rows.length, random);
    values.forEach((row, at) => {
      const start = ((feature + 1) * rows.length + at) * features;
      data.set(row, start);
      data[start + feature] = values[others[at] ?? 0]?.[feature] ?? NaN;
    });
  }
  const kind = isForecast ? 'permuted-lags' : 'permuted-features';
  return {
    changed: { kind, rows: Array.from(rows), features },
    inputs: { dtype: inputs.dtype, shape: [blocks * rows.length, ...inputs.shape.slice(1)], data },
  };
}

function shuffled(count: number, random: () => number): Int32Array {
  const places = Int32Array.from({ length: count }, (_, at) => at);
  shuffle(places, random);
  return places;
}
