import type { AugmentationSample, AugmentedPicture } from '../contract.ts';
import { pictureOf } from './pictures.ts';

/** Characters of all data URLs together. */
const sizeLimit = 120_000;

/** The sample as PNG data URLs, as many rows as are small enough together. */
export function augmentedPictures(sample: AugmentationSample): readonly AugmentedPicture[] {
  const { rows, draws, height, width, channels } = sample;
  const bytes = Buffer.from(sample.pixels, 'base64');
  const size = height * width * channels;
  // The sample comes from a process that works on a stranger's bytes.
  if (bytes.length !== rows.length * (1 + draws) * size) return [];
  const pictures: AugmentedPicture[] = [];
  let used = 0;
  for (const [at, row] of rows.entries()) {
    const [before, ...after] = Array.from({ length: 1 + draws }, (_, draw) => {
      const start = (at * (1 + draws) + draw) * size;
      return pictureOf(bytes.subarray(start, start + size), { height, width, channels }, 1 / 255);
    });
    used += [before, ...after].join('').length;
    if (before === undefined || used > sizeLimit) break;
    pictures.push({ row, before, after });
  }
  return pictures;
}
