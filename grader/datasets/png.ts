import { convertIndexedToRgb, decode, type DecodedPng } from 'fast-png';
import { checkSize, replaceDamaged, type RgbImage, unreadable } from './rgb-image.ts';

const signature = Buffer.from('\x89PNG\r\n\x1a\n', 'latin1');

/** IHDR */
const headerType = 0x49484452;

export function isPng(bytes: Uint8Array): boolean {
  return signature.equals(bytes.subarray(0, signature.length));
}

/**
 * Decodes a PNG with eight bits a channel to RGB; grey is repeated, alpha is dropped.
 * Throws a `GraderError` with fault `package` for other depths, for sizes out of bounds and for
 * damaged files.
 */
export function decodePng(bytes: Uint8Array): RgbImage {
  checkHeader(bytes);
  const png = decodeWhole(bytes);
  const { width, height } = png;
  if (png.palette) {
    const channels = png.palette[0]?.length ?? 3;
    return { width, height, data: toRgb(convertIndexedToRgb(png), channels) };
  }
  return { width, height, data: toRgb(png.data, png.channels) };
}

/** The first chunk has a length, a type, the width, the height and the depth, all at fixed places. */
function checkHeader(bytes: Uint8Array): void {
  const header = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length < 26) {
    throw unreadable(`PNG: cut off in its header, after ${bytes.length} bytes`, replaceDamaged);
  }
  if (header.getUint32(12) !== headerType) {
    throw unreadable('PNG: damaged: the first chunk is no header', replaceDamaged);
  }
  checkSize('PNG', header.getUint32(16), header.getUint32(20));
  const depth = header.getUint8(24);
  const isIndexed = header.getUint8(25) === 3;
  if (depth === 8 || isIndexed) return;
  throw unreadable(
    `PNG: 8 bits a channel are read, got ${depth}`,
    'Save it with 8 bits a channel.',
  );
}

function decodeWhole(bytes: Uint8Array): DecodedPng {
  try {
    return decode(bytes, { checkCrc: true });
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw unreadable(`PNG: damaged: ${reason}`, replaceDamaged, error);
  }
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
