import { createHash } from 'node:crypto';
import { readBlocks } from '../array-file.ts';
import type {
  ArrayFile,
  NdArray,
  PreparedData,
  ProblemDefinition,
  SharedRows,
} from '../contract.ts';
import { type Alike, likeFeatures, likePictures, likeWords } from './alike.ts';

type Row = NdArray['data'];

/** Rows of the open parts that are kept to know what is alike: some hundred bytes each. */
const mostAlike = 200_000;

/**
 * How many held-out rows the training or the validation part has as well: the same values, or values that
 * are alike by their kind. Rows are counted, and none is told.
 */
export async function sharedRows(
  { training, validation, heldOut }: PreparedData,
  definition: ProblemDefinition,
): Promise<SharedRows> {
  const known = new Set<string>();
  let kept = 0;
  const [kind, alike] = await alikeOf(training.inputs, definition);
  for (const { inputs } of [training, validation]) {
    for await (const row of rowsOf(inputs)) {
      known.add(digestOfRow(row));
      if (kept++ < mostAlike) alike?.add(row);
    }
  }
  let [rows, exact, near] = [0, 0, 0];
  for await (const row of rowsOf(heldOut.inputs)) {
    rows += 1;
    if (known.has(digestOfRow(row))) exact += 1;
    else if (alike?.has(row)) near += 1;
  }
  return { rows, exact, near, kind };
}

/** Windows of one series lie over each other, so only what is the same is counted of them. */
async function alikeOf(
  inputs: ArrayFile,
  { task, input }: ProblemDefinition,
): Promise<readonly [SharedRows['kind'], Alike | null]> {
  const [, ...row] = inputs.shape;
  if (task === 'forecast') return ['series', null];
  if (input.dtype === 'int32') return ['words', likeWords()];
  if (row.length >= 2) return ['pictures', likePictures(row)];
  const some = await readFirst(inputs);
  return ['features', likeFeatures(some)];
}

async function readFirst(inputs: ArrayFile): Promise<NdArray> {
  for await (const block of readBlocks(inputs)) return block;
  return { dtype: inputs.dtype, shape: [0], data: new Float32Array() };
}

async function* rowsOf(inputs: ArrayFile): AsyncGenerator<Row> {
  for await (const { data, shape } of readBlocks(inputs)) {
    const width = data.length / (shape[0] ?? 1);
    for (let start = 0; start < data.length; start += width) {
      yield data.subarray(start, start + width);
    }
  }
}

function digestOfRow({ buffer, byteOffset, byteLength }: Row): string {
  return createHash('sha1')
    .update(new Uint8Array(buffer, byteOffset, byteLength))
    .digest('base64');
}
