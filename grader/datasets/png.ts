import { convertIndexedToRgb, decode } from 'fast-png';

export interface RgbImage {
  readonly width: number;
  readonly height: number;
  /** [height, width, 3], row-major. */
  readonly data: Uint8Array;
}

/**
 * Decodes a PNG with eight bits a channel to RGB; grey is repeated, alpha is dropped.
 * Throws an `Error` for other depths and for damaged files.
 */
export function decodePng(bytes: Uint8Array): RgbImage {
  const png = decode(bytes, { checkCrc: true });
  const { width, height } = png;
  if (png.palette) {
    const channels = png.palette[0]?.length ?? 3;
    return { width, height, data: toRgb(convertIndexedToRgb(png), channels) };
  }
  if (png.depth !== 8) throw new Error(`PNG: 8 bits a channel are read, got ${png.depth}`);
  return { width, height, data: toRgb(png.data, png.channels) };
}

function toRgb(values: ArrayLike<number>, channels: number): Uint8Array {
  const pixels = values.length / channels;
  const rgb = new Uint8Array(3 * pixels);
  const isGrey = channels < 3;
  for (let pixel = 0; pixel < pixels; pixel++) {
    for (let channel = 0; channel < 3; channel++) {
      rgb[3 * pixel + channel] = values[channels * pixel + (isGrey ? 0 : channel)] ?? 0;
    }
  }
  return rgb;
}
