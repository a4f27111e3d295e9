import type { Augmentation, AugmentationSample } from '../../contract.ts';
import { tf, type Tensor, type Tensor4D } from '../tensorflow/tf.ts';
import { formAll, readStored, type RowReader } from '../rows/batches.ts';
import { augmentImages } from './augment.ts';
import { AugmentationDraws } from './augmentation-draws.ts';
import { seedPurposes } from './seed-purposes.ts';

const rowsShown = 4;
const draws = 4;
/** Pixels of the longer side; larger pictures are averaged down by a whole factor. */
const sideLimit = 48;

interface PreviewJob {
  /** Rows of the reader that are trained with. */
  readonly rows: Int32Array;
  readonly augmentation: Augmentation;
  readonly seed: number;
}

/**
 * A few training pictures, evenly spaced, and what the augmentation makes of each: read, formed and transformed
 * as a step of the training does it, by random numbers of their own, so that those of the training stay as they
 * are. Null where the inputs are no pictures of one or three channels.
 */
export async function previewAugmentation(
  reader: RowReader,
  { rows, augmentation, seed }: PreviewJob,
): Promise<AugmentationSample | null> {
  const every = Math.max(1, Math.floor(rows.length / rowsShown));
  const chosen = rows.filter((_, at) => at % every === 0).slice(0, rowsShown);
  const [images] = formAll([reader], [await readStored(reader, chosen)]);
  const channels = images?.rank === 4 ? images.shape[3] : 0;
  if (!images || (channels !== 1 && channels !== 3)) return null;
  const random = new AugmentationDraws(augmentation, seed, seedPurposes.preview);
  const bytes = tf.tidy(() => {
    const drawn = Array.from({ length: draws }, () => random.augment(images, augmentImages));
    const shown = [images, ...drawn.map((each) => inRange(each, augmentation))].map(small);
    return tf.round(tf.mul(tf.clipByValue(tf.stack(shown, 1), 0, 1), 255));
  });
  const [, , height = 0, width = 0] = bytes.shape;
  const pixels = Buffer.from(Uint8Array.from(bytes.dataSync())).toString('base64');
  tf.dispose([images, bytes]);
  return { rows: [...chosen], draws, height, width, channels, pixels };
}

/** A standardised picture, stretched from its least value to its largest. */
function inRange(images: Tensor, { samplewise_center: isCentred }: Augmentation): Tensor {
  if (!isCentred) return images;
  const [least, most] = [tf.min(images, [1, 2, 3], true), tf.max(images, [1, 2, 3], true)];
  return tf.divNoNan(tf.sub(images, least), tf.sub(most, least));
}

function small(images: Tensor): Tensor {
  const [, height = 0, width = 0] = images.shape;
  const factor = Math.ceil(Math.max(height, width) / sideLimit);
  const isFlat = Math.min(height, width) < factor;
  return isFlat ? images : tf.avgPool(images as Tensor4D, factor, factor, 'valid');
}
