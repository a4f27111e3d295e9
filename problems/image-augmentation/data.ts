import type { DataFiles, InputDecoding, ProblemData, Split } from '../../grader/contract.ts';
import { decodePng } from '../../grader/datasets/png.ts';
import { readZip } from '../../grader/datasets/zip.ts';

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
export async function prepare(files: DataFiles): Promise<ProblemData> {
  const known = await read(files, 'rps.zip');
  const heldOut = await read(files, 'rps-test-set.zip');
  const isValidation = (picture: Picture) => validationHands.includes(picture.hand);
  const training = toSplit(known.filter((picture) => !isValidation(picture)));
  const [, height, width] = training.inputs.shape;
  return {
    training,
    validation: toSplit(known.filter(isValidation)),
    heldOut: toSplit(heldOut),
    decoding,
    notes: [
      `The ${files.variant} variant of the data set is in use: pictures of ${String(width)}x${String(height)} pixels, resized to 150x150.`,
      `The hands ${validationHands.join(', ')} are for validation, all others for training.`,
    ],
  };
}

interface Picture {
  readonly label: number;
  /** The rendered hand: the file name up to its last dash. */
  readonly hand: string;
  readonly png: Uint8Array;
}

async function read(files: DataFiles, archive: string): Promise<Picture[]> {
  const contents = await readZip(await files.bytes(archive), {
    accept: (name) => isPicture(name),
    maxEntries: 10_000,
    maxBytes: 1_000_000_000,
  });
  const names = [...contents.keys()].sort();
  return names.map((name) => {
    const [className = '', file = ''] = name.split('/').slice(-2);
    const png = contents.get(name);
    const label = classes.indexOf(className);
    if (!png || label < 0) throw new Error(`${archive}: unexpected folder in "${name}"`);
    return { label, hand: file.slice(0, file.lastIndexOf('-')), png };
  });
}

/** Archives made on a Mac carry shadow files such as `__MACOSX/rps/._rock01-000.png`. */
function isPicture(name: string): boolean {
  const file = name.slice(name.lastIndexOf('/') + 1);
  return file.endsWith('.png') && !file.startsWith('.');
}

/** Decodes one picture after the other into its place: the originals take 700 MB. */
function toSplit(pictures: readonly Picture[]): Split {
  const { width, height } = decodePng(pictures[0]?.png ?? new Uint8Array());
  const size = width * height * 3;
  const data = new Uint8Array(pictures.length * size);
  pictures.forEach(({ png }, row) => {
    const image = decodePng(png);
    if (image.width !== width || image.height !== height) {
      throw new Error(`pictures of ${width}x${height} and ${image.width}x${image.height} pixels`);
    }
    data.set(image.data, row * size);
  });
  const labels = Int32Array.from(pictures, (picture) => picture.label);
  return {
    inputs: { dtype: 'uint8', shape: [pictures.length, height, width, 3], data },
    targets: { dtype: 'int32', shape: [pictures.length], data: labels },
  };
}
