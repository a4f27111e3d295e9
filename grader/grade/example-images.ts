import { encode } from 'fast-png';
import { open } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import type { ArrayFile, Dtype, ExampleImage, InputDecoding, ScoreResult } from '../contract.ts';
import { productOf } from '../sizes.ts';

const confusionsShown = 6;
const imagesPerConfusion = 4;
/** Characters of all data URLs together. */
const sizeLimit = 600_000;
/** Pixels of the longer side; larger pictures are averaged down by a whole factor. */
const sideLimit = 112;
const smallestSide = 8;

interface ImageLayout {
  readonly height: number;
  readonly width: number;
  readonly channels: 1 | 3;
}

/**
 * Held-out pictures of the worst confusions as PNG data URLs, read row by row from the inputs' file; null
 * where inputs are no pictures or nothing was classified.
 */
export async function exampleImages(
  score: ScoreResult,
  inputs: ArrayFile,
  decoding: InputDecoding,
): Promise<readonly ExampleImage[] | null> {
  const layout = imageLayout(inputs.shape);
  if (score.details.kind !== 'classification' || layout === null) return null;
  const wanted = score.details.confusions
    .slice(0, confusionsShown)
    .flatMap(({ actual, predicted, rows }) =>
      rows.slice(0, imagesPerConfusion).map((row) => ({ row, actual, predicted })),
    );
  const file = await open(inputs.path);
  try {
    const images: ExampleImage[] = [];
    let size = 0;
    for (const place of wanted) {
      const values = await readRow(file, inputs, place.row);
      const dataUrl = toDataUrl(toBytes(values, decoding.scale ?? 1), layout);
      size += dataUrl.length;
      if (size > sizeLimit) break;
      images.push({ ...place, dataUrl });
    }
    return images;
  } finally {
    await file.close();
  }
}

function imageLayout(shape: readonly number[]): ImageLayout | null {
  const [, height = 0, width = 0, channels = 1] = shape;
  const isImage = shape.length === 3 || (shape.length === 4 && (channels === 1 || channels === 3));
  if (!isImage || Math.min(height, width) < smallestSide) return null;
  return { height, width, channels: channels === 3 ? 3 : 1 };
}

const bytesPerValue: Record<Dtype, number> = { float32: 4, int32: 4, uint8: 1 };

async function readRow(file: FileHandle, inputs: ArrayFile, row: number): Promise<number[]> {
  const values = productOf(inputs.shape.slice(1));
  const length = values * bytesPerValue[inputs.dtype];
  const bytes = new Uint8Array(length);
  const { bytesRead } = await file.read(bytes, 0, length, row * length);
  if (bytesRead !== length) {
    throw new RangeError(`internal: ${inputs.path} ends inside row ${row}`);
  }
  if (inputs.dtype === 'uint8') return Array.from(bytes);
  return Array.from(
    inputs.dtype === 'int32' ? new Int32Array(bytes.buffer) : new Float32Array(bytes.buffer),
  );
}

/** What the model sees is in [0, 1]: stored values times `scale`. */
function toBytes(values: readonly number[], scale: number): Uint8Array {
  return Uint8Array.from(values, (value) =>
    Math.round(Math.min(Math.max(value * scale, 0), 1) * 255),
  );
}

function toDataUrl(pixels: Uint8Array, layout: ImageLayout): string {
  const factor = Math.ceil(Math.max(layout.height, layout.width) / sideLimit);
  const small = factor === 1 ? { ...layout, pixels } : shrink(pixels, layout, factor);
  const { width, height, channels } = small;
  const png = encode({ width, height, channels, depth: 8, data: small.pixels });
  return `data:image/png;base64,${Buffer.from(png).toString('base64')}`;
}

/** Means of whole factor x factor blocks; a rest at the right and lower edge is cut. */
function shrink(
  pixels: Uint8Array,
  layout: ImageLayout,
  factor: number,
): ImageLayout & { pixels: Uint8Array } {
  const { channels } = layout;
  const height = Math.floor(layout.height / factor);
  const width = Math.floor(layout.width / factor);
  const mean = (y: number, x: number, channel: number) => {
    let sum = 0;
    for (let row = y * factor; row < (y + 1) * factor; row++) {
      for (let column = x * factor; column < (x + 1) * factor; column++) {
        sum += pixels[(row * layout.width + column) * channels + channel] ?? 0;
      }
    }
    return Math.round(sum / (factor * factor));
  };
  const small = new Uint8Array(height * width * channels);
  for (let index = 0; index < small.length; index++) {
    const pixel = Math.floor(index / channels);
    small[index] = mean(Math.floor(pixel / width), pixel % width, index % channels);
  }
  return { height, width, channels, pixels: small };
}
