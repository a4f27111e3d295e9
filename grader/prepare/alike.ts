import type { NdArray } from '../contract.ts';

type Row = NdArray['data'];

/** Rows that are kept as far as it takes to know one that is nearly the same. */
export interface Alike {
  add(row: Row): void;
  has(row: Row): boolean;
}

const fewestWords = 5;

/** The same words but one, which is another, missing or more; of five words or more. 0 is padding. */
export function likeWords(): Alike {
  const known = new Set<string>();
  /** All words, and those that are left when one is taken out. */
  const keysOf = (row: Row) => {
    const words = Array.from(row).filter((id) => id !== 0);
    if (words.length < fewestWords) return [];
    return [words.join(), ...words.map((_, left) => words.toSpliced(left, 1).join())];
  };
  return {
    add(row) {
      for (const key of keysOf(row)) known.add(key);
    },
    has: (row) => keysOf(row).some((key) => known.has(key)),
  };
}

/** Cells of a difference hash, a row of which has one cell more than bits. */
const cells = 8;
/** Of the range of the values: the mean difference of two pictures' cells up to which they are alike. */
const mostDifference = 0.02;

/**
 * Pictures [height, width] or [height, width, channels] whose difference hash (N. Krawetz, Kind of like that,
 * 2013) is the same and whose cells differ by 2 % of the range on average.
 */
export function likePictures(shape: readonly number[]): Alike {
  const known = new Map<string, Float32Array[]>();
  const cellOf = cellsOf(shape);
  let highest = 0;
  const hashed = (row: Row) => {
    const means = cellMeans(row, cellOf);
    let hash = '';
    means.forEach((mean, at) => {
      highest = Math.max(highest, mean);
      if (at % (cells + 1) !== cells) hash += mean > (means[at + 1] ?? 0) ? '1' : '0';
    });
    return { hash, means };
  };
  return {
    add(row) {
      const { hash, means } = hashed(row);
      const others = known.get(hash);
      if (others) others.push(means);
      else known.set(hash, [means]);
    },
    has(row) {
      const { hash, means } = hashed(row);
      const others = known.get(hash) ?? [];
      return others.some((other) => meanDifference(means, other) <= mostDifference * highest);
    },
  };
}

/** The cell of each value of a picture, in 8 rows of 9 cells. */
function cellsOf([height = 1, width = 1, channels = 1]: readonly number[]): Int32Array {
  const across = cells + 1;
  return Int32Array.from({ length: height * width * channels }, (_, at) => {
    const pixel = Math.floor(at / channels);
    const [y, x] = [Math.floor(pixel / width), pixel % width];
    return Math.floor((y * cells) / height) * across + Math.floor((x * across) / width);
  });
}

/** Means of the values in each cell. */
function cellMeans(row: Row, cellOf: Int32Array): Float32Array {
  const sums = new Float32Array(cells * (cells + 1));
  const counts = new Float32Array(sums.length);
  for (let at = 0; at < row.length; at++) {
    const cell = cellOf[at] ?? 0;
    sums[cell] = (sums[cell] ?? 0) + (row[at] ?? 0);
    counts[cell] = (counts[cell] ?? 0) + 1;
  }
  return sums.map((sum, at) => sum / Math.max(1, counts[at] ?? 1));
}

function meanDifference(one: Float32Array, other: Float32Array): number {
  const sum = one.reduce((all, value, at) => all + Math.abs(value - (other[at] ?? 0)), 0);
  return sum / one.length;
}

/** Of a feature's standard deviation: the difference up to which two values are alike. */
const mostDeviation = 0.01;
/** Rows compared with each other; beyond that only what is the same is found. */
const mostPairs = 2e7;

/** Rows whose features all differ by a hundredth of their standard deviation at most. */
export function likeFeatures({ data, shape }: NdArray): Alike {
  const width = shape[1] ?? 1;
  const reach = Array.from({ length: width }, (_, at) => {
    const values = Array.from(data).filter((__, index) => index % width === at);
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
    const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
    return mostDeviation * Math.sqrt(squares / values.length);
  });
  const known: Row[] = [];
  let pairs = 0;
  return {
    add: (row) => void known.push(row.slice()),
    has(row) {
      pairs += known.length;
      if (pairs > mostPairs) return false;
      return known.some((other) =>
        other.every((value, at) => Math.abs(value - (row[at] ?? 0)) <= (reach[at] ?? 0)),
      );
    },
  };
}
