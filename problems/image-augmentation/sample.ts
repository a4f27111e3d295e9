import {
  deriveSeed,
  seededRandom,
  type ProblemData,
  type Random,
  type Split,
} from 'grader/problem';

const side = 28;

/** A thick line in a picture of 1 by 1: from, to, and half its thickness. */
type Limb = readonly [fromX: number, fromY: number, toX: number, toY: number, radius: number];

const arm: Limb = [0.5, 0.95, 0.5, 0.68, 0.075];
const fist: Limb = [0.47, 0.6, 0.55, 0.6, 0.13];
const finger = (towards: number, tip: number): Limb => [
  0.5 + 0.4 * towards,
  0.55,
  0.5 + towards,
  tip,
  0.035,
];

/** Paper, rock, scissors: the order of the labels. */
const hands: readonly (readonly Limb[])[] = [
  [arm, fist, finger(-0.24, 0.36), finger(-0.1, 0.2), finger(0.02, 0.17), finger(0.14, 0.22)],
  [arm, fist],
  [arm, fist, finger(-0.1, 0.19), finger(0.1, 0.19)],
];

/** Generated hands of 28x28 pixels: turned, moved, sized and coloured at random, with noise. */
export function sample(seed: number): ProblemData {
  return {
    training: generate(900, seededRandom(deriveSeed(seed, 1))),
    validation: generate(180, seededRandom(deriveSeed(seed, 2))),
    heldOut: generate(300, seededRandom(deriveSeed(seed, 3))),
    decoding: { resize: [150, 150], scale: 1 / 255 },
    notes: ['Sample data: the hands are drawings of 28x28 pixels, not renderings.'],
  };
}

function generate(rows: number, random: Random): Split {
  const labels = Int32Array.from({ length: rows }, (_, row) => row % hands.length);
  const pixels = new Uint8Array(rows * side * side * 3);
  labels.forEach((label, row) => {
    pixels.set(draw(hands[label] ?? [], random), row * side * side * 3);
  });
  return {
    inputs: { dtype: 'uint8', shape: [rows, side, side, 3], data: pixels },
    targets: { dtype: 'int32', shape: [rows], data: labels },
  };
}

function draw(limbs: readonly Limb[], random: Random): Uint8ClampedArray {
  const between = (low: number, high: number) => low + (high - low) * random();
  const place = placement(between);
  const light = between(0.35, 0.95);
  const skin = [230 * light, 180 * light, 150 * light] as const;
  const paper = between(235, 255);
  const picture = new Uint8ClampedArray(side * side * 3);
  for (let pixel = 0; pixel < side * side; pixel++) {
    const at = place((pixel % side) + 0.5, Math.floor(pixel / side) + 0.5);
    const isHand = limbs.some((limb) => isInside(limb, at));
    const noise = between(-18, 18);
    for (let channel = 0; channel < 3; channel++) {
      picture[3 * pixel + channel] = (isHand ? (skin[channel] ?? 0) : paper) + noise;
    }
  }
  return picture;
}

type Point = readonly [x: number, y: number];

/** From a pixel to the drawing's own coordinates: turned by up to 45 degrees, moved and sized. */
function placement(between: (low: number, high: number) => number) {
  const angle = between(-Math.PI / 4, Math.PI / 4);
  const size = between(0.75, 1.15);
  const cosine = Math.cos(angle);
  const sine = Math.sin(angle);
  const shiftX = between(-0.12, 0.12);
  const shiftY = between(-0.12, 0.12);
  return (pixelX: number, pixelY: number): Point => {
    const x = (pixelX / side - 0.5 - shiftX) / size;
    const y = (pixelY / side - 0.5 - shiftY) / size;
    return [0.5 + x * cosine + y * sine, 0.5 - x * sine + y * cosine];
  };
}

function isInside([fromX, fromY, toX, toY, radius]: Limb, [x, y]: Point): boolean {
  const alongX = toX - fromX;
  const alongY = toY - fromY;
  const along = ((x - fromX) * alongX + (y - fromY) * alongY) / (alongX ** 2 + alongY ** 2);
  const share = along < 0 ? 0 : along > 1 ? 1 : along;
  const offX = x - fromX - share * alongX;
  const offY = y - fromY - share * alongY;
  return offX * offX + offY * offY < radius * radius;
}
