import { encode } from 'fast-png';

/** Pixels of the longer side; larger pictures are averaged down by a whole factor. */
const sideLimit = 112;
const smallestSide = 8;

interface ImageLayout {
  readonly height: number;
  readonly width: number;
  readonly channels: 1 | 3;
}

/** How rows of an array of this shape are pictures: [rows, height, width(, channels)]; null where they are none. */
export function imageLayout(shape: readonly number[]): ImageLayout | null {
  const [, height = 0, width = 0, channels = 1] = shape;
  const isImage = shape.length === 3 || (shape.length === 4 && (channels === 1 || channels === 3));
  if (!isImage || Math.min(height, width) < smallestSide) return null;
  return { height, width, channels: channels === 3 ? 3 : 1 };
}

/** A row of stored values as a PNG data URL. What a model sees is in [0, 1]: stored values times `scale`. */
export function pictureOf(
  values: ArrayLike<number>,
  layout: ImageLayout,
  scale: number | undefined,
): string {
  const pixels = toBytes(values, scale ?? 1);
  const factor = Math.ceil(Math.max(layout.height, layout.width) / sideLimit);
  const small = factor === 1 ? { ...layout, pixels } : shrink(pixels, layout, factor);
  const { width, height, channels } = small;
  const png = encode({ width, height, channels, depth: 8, data: small.pixels });
  return `data:image/png;base64,${Buffer.from(png).toString('base64')}`;
}

function toBytes(values: ArrayLike<number>, scale: number): Uint8Array {
  return Uint8Array.from(values, (value) =>
    Math.round(Math.min(Math.max(value * scale, 0), 1) * 255),
  );
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
