import { mkdir, open } from 'node:fs/promises';
import { join } from 'node:path';
import { readArray } from '../array-file.ts';
import type { ArrayFile, InputDecoding, NdArray, PreparedData } from '../contract.ts';
import { decodedShape, decodeRow } from '../datasets/decode-row.ts';
import { npyHeader } from '../datasets/npy.ts';

export interface Exported {
  readonly path: string;
  readonly dtype: string;
  readonly shape: readonly number[];
}

/**
 * Writes the training and validation parts as NumPy files, inputs decoded as a model sees them.
 * The held-out part is not written.
 */
export async function exportArrays(
  data: PreparedData,
  directory: string,
  onWritten: (file: Exported) => void,
): Promise<void> {
  await mkdir(directory, { recursive: true });
  for (const part of ['training', 'validation'] as const) {
    const { inputs, targets } = data[part];
    onWritten(await writeNpy(join(directory, `${part}_inputs.npy`), inputs, data.decoding));
    onWritten(await writeNpy(join(directory, `${part}_targets.npy`), targets, {}));
  }
}

async function writeNpy(path: string, file: ArrayFile, decoding: InputDecoding): Promise<Exported> {
  const array = await readArray(file);
  const isDecoded = decoding.resize !== undefined || decoding.scale !== undefined;
  const dtype = isDecoded ? 'float32' : array.dtype;
  const [rows = 0, ...row] = array.shape;
  const shape = [rows, ...decodedShape(row, decoding)];
  const output = await open(path, 'w');
  try {
    await output.writeFile(npyHeader(dtype, shape));
    for (const chunk of isDecoded ? decodedRows(array, decoding) : [array.data]) {
      await output.writeFile(new Uint8Array(chunk.buffer, chunk.byteOffset, chunk.byteLength));
    }
  } finally {
    await output.close();
  }
  return { path, dtype, shape };
}

/** Row by row: a large set decoded to float32 need not fit in memory. */
function* decodedRows(array: NdArray, decoding: InputDecoding): Generator<Float32Array> {
  const [rows = 0] = array.shape;
  for (let row = 0; row < rows; row++) yield decodeRow(array, row, decoding);
}
