import { basename } from 'node:path';
import {
  imageRows,
  listZip,
  type DataFiles,
  type InputDecoding,
  type LazyArray,
  type ProblemData,
  type Split,
  type ZipEntry,
} from 'grader/problem';

export { sample } from './sample.ts';

/** In alphabetical order of the archive's folders, which gives the labels. */
const classes = ['paper', 'rock', 'scissors'];

/**
 * One whole hand of each class; they look like one figure in its three poses, and no other frame of
 * that figure stays in the training part. Neighbouring frames of a hand are nearly equal.
 */
const validationHands = ['paper06', 'rock06ck02', 'testscissors02'];

const decoding: InputDecoding = { resize: [150, 150], scale: 1 / 255 };

/** Rock, paper, scissors at the source's own size; the test archive is held out. */
export async function prepare(files: DataFiles): Promise<ProblemData<LazyArray>> {
  const archive = files.path('rps.zip');
  const known = await list(archive);
  const unseen = files.path('rps-test-set.zip');
  const isValidation = (picture: Picture) => validationHands.includes(picture.hand);
  const training = await toSplit(
    archive,
    known.filter((picture) => !isValidation(picture)),
  );
  const [, height, width] = training.inputs.shape;
  return {
    training,
    validation: await toSplit(archive, known.filter(isValidation)),
    heldOut: await toSplit(unseen, await list(unseen)),
    decoding,
    notes: [
      `The ${files.variant} variant of the data set is in use: pictures of ${String(width)}x${String(height)} pixels, resized to 150x150.`,
      `The hands ${validationHands.join(', ')} are for validation, all others for training.`,
    ],
  };
}

interface Picture {
  readonly entry: ZipEntry;
  readonly label: number;
  /** The rendered hand: the file name up to its last dash. */
  readonly hand: string;
}

async function list(archive: string): Promise<Picture[]> {
  const entries = await listZip(archive, {
    accept: isPicture,
    maxEntries: 100_000,
    maxBytes: 1_000_000_000,
  });
  return entries.map((entry) => {
    const { name } = entry;
    const [className = '', picture = ''] = name.split('/').slice(-2);
    const label = classes.indexOf(className);
    if (label < 0) throw new Error(`${basename(archive)}: unexpected folder in "${name}"`);
    return { entry, label, hand: picture.slice(0, picture.lastIndexOf('-')) };
  });
}

/** Archives made on a Mac carry shadow files such as `__MACOSX/rps/._rock01-000.png`. */
function isPicture(name: string): boolean {
  const file = name.slice(name.lastIndexOf('/') + 1);
  return /\.(png|jpe?g)$/i.test(file) && !file.startsWith('.');
}

/** The pictures stay in their archive until they are written: decoded, the originals take 700 MB. */
async function toSplit(archive: string, pictures: readonly Picture[]): Promise<Split<LazyArray>> {
  const entries = pictures.map(({ entry }) => entry);
  const labels = Int32Array.from(pictures, (picture) => picture.label);
  return {
    inputs: await imageRows(archive, entries),
    targets: { dtype: 'int32', shape: [pictures.length], data: labels },
  };
}
