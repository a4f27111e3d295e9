import type { ExampleImage, InputDecoding, ScoreResult } from '../contract.ts';
import type { InputRows } from './input-rows.ts';
import { imageLayout, pictureOf } from './pictures.ts';

const confusionsShown = 6;
const imagesPerConfusion = 4;
/** Characters of all data URLs together. */
const sizeLimit = 600_000;

/**
 * Held-out pictures of the worst confusions as PNG data URLs; null where inputs are no pictures or nothing
 * was classified.
 */
export async function confusionImages(
  { details }: ScoreResult,
  inputs: InputRows,
  decoding: InputDecoding,
): Promise<readonly ExampleImage[] | null> {
  const layout = imageLayout(inputs.shape);
  if (details.kind !== 'classification' || layout === null) return null;
  const wanted = details.confusions
    .slice(0, confusionsShown)
    .flatMap(({ actual, predicted, rows }) =>
      rows.slice(0, imagesPerConfusion).map((row) => ({ row, actual, predicted })),
    );
  const images: ExampleImage[] = [];
  let size = 0;
  for (const place of wanted) {
    const dataUrl = pictureOf(await inputs.at(place.row), layout, decoding.scale);
    size += dataUrl.length;
    if (size > sizeLimit) break;
    images.push({ ...place, dataUrl });
  }
  return images;
}
