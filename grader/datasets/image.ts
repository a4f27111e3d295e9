import { decodeJpeg, isJpeg } from './jpeg.ts';
import { decodePng, isPng } from './png.ts';
import { type RgbImage, unreadable } from './rgb-image.ts';

/**
 * Decodes a PNG or a JPEG, told apart by their first bytes, to RGB.
 * Throws a `GraderError` with fault `package` for anything else and as the two decoders do.
 */
export async function decodeImage(bytes: Uint8Array): Promise<RgbImage> {
  if (isPng(bytes)) return decodePng(bytes);
  if (isJpeg(bytes)) return decodeJpeg(bytes);
  const start = Buffer.from(bytes.subarray(0, 8)).toString('hex');
  throw unreadable(
    `neither a PNG nor a JPEG: ${bytes.length} bytes that start with "${start}"`,
    'Convert the picture to one of the two, or take it out of the archive.',
  );
}
