import {
  deriveSeed,
  seededRandom,
  type ProblemData,
  type Random,
  type Split,
} from 'grader/problem';

const side = 28;

/** A box in a picture of 1 by 1, [left, top, right, bottom], and how bright it is. */
interface Box {
  readonly box: readonly [number, number, number, number];
  readonly shade: number;
}

const body: Box = { box: [0.3, 0.2, 0.7, 0.85], shade: 1 };
const longSleeves: readonly Box[] = [
  { box: [0.13, 0.22, 0.27, 0.8], shade: 0.9 },
  { box: [0.73, 0.22, 0.87, 0.8], shade: 0.9 },
  { box: [0.13, 0.2, 0.87, 0.32], shade: 0.95 },
];
const collar: Box = { box: [0.43, 0.18, 0.57, 0.3], shade: 0.25 };
const opening: Box = { box: [0.47, 0.25, 0.53, 0.85], shade: 0.3 };
const sole: Box = { box: [0.1, 0.7, 0.92, 0.8], shade: 0.7 };

/** Coarse silhouettes in the order of the labels; a later box paints over an earlier one. */
const silhouettes: readonly (readonly Box[])[] = [
  [body, { box: [0.12, 0.2, 0.88, 0.42], shade: 0.9 }],
  [
    { box: [0.32, 0.1, 0.68, 0.3], shade: 0.95 },
    { box: [0.32, 0.1, 0.47, 0.95], shade: 0.9 },
    { box: [0.53, 0.1, 0.68, 0.95], shade: 0.9 },
  ],
  [body, ...longSleeves],
  [
    { box: [0.38, 0.08, 0.62, 0.5], shade: 0.95 },
    { box: [0.28, 0.5, 0.72, 0.95], shade: 0.9 },
  ],
  [body, ...longSleeves, opening],
  [
    sole,
    { box: [0.25, 0.5, 0.33, 0.72], shade: 0.8 },
    { box: [0.55, 0.45, 0.63, 0.72], shade: 0.8 },
  ],
  [body, ...longSleeves, collar],
  [sole, { box: [0.15, 0.52, 0.75, 0.72], shade: 0.95 }],
  [
    { box: [0.15, 0.4, 0.85, 0.85], shade: 0.9 },
    { box: [0.33, 0.18, 0.67, 0.4], shade: 0.6 },
    { box: [0.4, 0.26, 0.6, 0.4], shade: 0 },
  ],
  [
    sole,
    { box: [0.15, 0.52, 0.75, 0.72], shade: 0.95 },
    { box: [0.5, 0.15, 0.78, 0.6], shade: 0.9 },
  ],
];

/** Generated pictures: a silhouette moved, stretched, shaded and covered with noise. */
export function sample(seed: number): ProblemData {
  return {
    training: generate(1500, seededRandom(deriveSeed(seed, 1))),
    validation: generate(300, seededRandom(deriveSeed(seed, 2))),
    heldOut: generate(300, seededRandom(deriveSeed(seed, 3))),
    decoding: { scale: 1 / 255 },
    notes: ['Sample data: the pictures are generated silhouettes, not photographs.'],
  };
}

function generate(rows: number, random: Random): Split {
  const labels = Int32Array.from({ length: rows }, (_, row) => row % silhouettes.length);
  const pixels = new Uint8Array(rows * side * side);
  labels.forEach((label, row) => {
    const picture = draw(silhouettes[label] ?? [], random);
    pixels.set(picture, row * side * side);
  });
  return {
    inputs: { dtype: 'uint8', shape: [rows, side, side], data: pixels },
    targets: { dtype: 'int32', shape: [rows], data: labels },
  };
}

function draw(boxes: readonly Box[], random: Random): Uint8ClampedArray {
  const between = (low: number, high: number) => low + (high - low) * random();
  const scale = [between(0.75, 1.1), between(0.75, 1.1)] as const;
  const shift = [between(-0.1, 0.1), between(-0.1, 0.1)] as const;
  const brightness = between(110, 230);
  const picture = new Float64Array(side * side);
  const toPixel = (at: number, axis: 0 | 1) =>
    Math.round(side * Math.min(1, Math.max(0, 0.5 + (at - 0.5) * scale[axis] + shift[axis])));
  for (const { box, shade } of boxes) {
    const value = shade * brightness * between(0.8, 1.1);
    const left = toPixel(box[0], 0);
    const right = toPixel(box[2], 0);
    for (let y = toPixel(box[1], 1); y < toPixel(box[3], 1); y++) {
      picture.fill(value, y * side + left, y * side + right);
    }
  }
  return Uint8ClampedArray.from(picture, (value) => value + between(-45, 45));
}
