import { mkdir, open } from 'node:fs/promises';
import { join } from 'node:path';
import { readBlocks } from '../array-file.ts';
import type { ArrayFile, InputDecoding, NdArray, PreparedData } from '../contract.ts';
import { decodedShape, decodeRow } from './decode-row.ts';
import { npyHeader } from './npy.ts';

interface Exported {
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

/** Block by block: a large set, decoded to float32 or not, need not fit in memory. */
async function writeNpy(path: string, file: ArrayFile, decoding: InputDecoding): Promise<Exported> {
  const isDecoded = decoding.resize !== undefined || decoding.scale !== undefined;
  const dtype = isDecoded ? 'float32' : file.dtype;
  const [rows = 0, ...row] = file.shape;
  const shape = [rows, ...decodedShape(row, decoding)];
  const output = await open(path, 'w');
  try {
    await output.writeFile(npyHeader(dtype, shape));
    for await (const block of readBlocks(file)) {
      for (const { buffer, byteOffset, byteLength } of isDecoded
        ? decodedRows(block, decoding)
        : [block.data]) {
        await output.writeFile(new Uint8Array(buffer, byteOffset, byteLength));
      }
    }
  } finally {
    await output.close();
  }
  return { path, dtype, shape };
}

function* decodedRows(block: NdArray, decoding: InputDecoding): Generator<Float32Array> {
  const [rows = 0] = block.shape;
  for (let row = 0; row < rows; row++) yield decodeRow(block, row, decoding);
}
