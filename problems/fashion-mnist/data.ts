import {
  decodeIdx,
  type DataFiles,
  type NdArray,
  type ProblemData,
  type Split,
} from 'grader/problem';

export { sample } from './sample.ts';

const validationRows = 10_000;

/** Fashion-MNIST: the last 10,000 training images are for validation, the test files are held out. */
export async function prepare(files: DataFiles): Promise<ProblemData> {
  const known = await read(files, 'train');
  const rows = known.inputs.shape[0] ?? 0;
  return {
    training: slice(known, 0, rows - validationRows),
    validation: slice(known, rows - validationRows, rows),
    heldOut: await read(files, 't10k'),
    decoding: { scale: 1 / 255 },
    notes: [],
  };
}

async function read(files: DataFiles, part: 'train' | 't10k'): Promise<Split> {
  const images = decodeIdx(await files.bytes(`${part}-images-idx3-ubyte.gz`), 3);
  const labels = decodeIdx(await files.bytes(`${part}-labels-idx1-ubyte.gz`), 1);
  const targets = {
    dtype: 'int32',
    shape: labels.shape,
    data: Int32Array.from(labels.data),
  } as const;
  return { inputs: images, targets };
}

function slice(split: Split, start: number, end: number): Split {
  return { inputs: rowsOf(split.inputs, start, end), targets: rowsOf(split.targets, start, end) };
}

function rowsOf(array: NdArray, start: number, end: number): NdArray {
  const [, ...axes] = array.shape;
  const rowSize = axes.reduce((product, length) => product * length, 1);
  return {
    dtype: array.dtype,
    shape: [end - start, ...axes],
    data: array.data.subarray(start * rowSize, end * rowSize),
  };
}
