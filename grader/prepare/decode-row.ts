import type { InputDecoding, NdArray } from '../contract.ts';
import { productOf } from '../sizes.ts';

/** The shape of one row after decoding. */
export function decodedShape(row: readonly number[], { resize }: InputDecoding): number[] {
  return resize ? [...resize, ...row.slice(2)] : [...row];
}

/** One row of stored inputs as a model sees it: resized, then scaled. */
export function decodeRow(inputs: NdArray, row: number, decoding: InputDecoding): Float32Array {
  const shape = inputs.shape.slice(1);
  const size = productOf(shape);
  const stored = Float32Array.from(inputs.data.subarray(row * size, (row + 1) * size));
  const [height = 1, width = 1, channels = 1] = shape;
  const resized = decoding.resize
    ? resizeBilinear({ height, width, channels, data: stored }, decoding.resize)
    : stored;
  const { scale } = decoding;
  return scale === undefined ? resized : resized.map((value) => value * scale);
}

interface Image {
  readonly height: number;
  readonly width: number;
  readonly channels: number;
  readonly data: Float32Array;
}

/** Bilinear with half-pixel centres and no smoothing, as TensorFlow's ResizeBilinear does it. */
function resizeBilinear(image: Image, [height, width]: readonly [number, number]): Float32Array {
  const { channels, data } = image;
  const rows = taps(image.height, height);
  const columns = taps(image.width, width);
  const resized = new Float32Array(height * width * channels);
  let next = 0;
  for (const row of rows) {
    for (const column of columns) {
      for (let channel = 0; channel < channels; channel++) {
        const at = (y: number, x: number) => data[(y * image.width + x) * channels + channel] ?? 0;
        const top = mix(at(row.low, column.low), at(row.low, column.high), column.share);
        const bottom = mix(at(row.high, column.low), at(row.high, column.high), column.share);
        resized[next++] = mix(top, bottom, row.share);
      }
    }
  }
  return resized;
}

/** For each new position the two old ones around it and the share of the higher. */
function taps(from: number, to: number) {
  return Array.from({ length: to }, (_, position) => {
    const centre = ((position + 0.5) * from) / to - 0.5;
    const low = Math.floor(centre);
    const high = Math.min(low + 1, from - 1);
    return { low: Math.max(low, 0), high, share: centre - low };
  });
}

function mix(one: number, other: number, share: number): number {
  return one + (other - one) * share;
}
