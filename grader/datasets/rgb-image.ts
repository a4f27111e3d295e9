import { GraderError } from '../errors.ts';

export interface RgbImage {
  readonly width: number;
  readonly height: number;
  /** [height, width, 3], row-major. */
  readonly data: Uint8Array;
}

/** A picture of 5,792 by 5,792 pixels; decoding one takes up to 330 MB. */
const maxPixels = 2 ** 25;

/** Throws a `GraderError` with fault `package` when a header declares more than is decoded. */
export function checkSize(format: string, width: number, height: number): void {
  if (width > 0 && height > 0 && width * height <= maxPixels) return;
  throw unreadable(
    `${format}: ${width}x${height} pixels are declared; a picture has from 1 to ${maxPixels}`,
    'Replace it by a smaller copy; pictures are resized to what the model takes anyway.',
  );
}

export function unreadable(what: string, help: string, cause?: unknown): GraderError {
  return new GraderError(
    { fault: 'package', code: 'data-image', message: what, help },
    cause === undefined ? {} : { cause },
  );
}

export const replaceDamaged = 'Replace it by a whole copy, or take it out of the archive.';
