import { open, type FileHandle } from 'node:fs/promises';
import { countValues } from '../array-file.ts';
import type { StoredArray, StoredWeights } from '../contract.ts';
import { idsOf } from './compiled/native-tensors.ts';
import { tf, type LayersModel, type Variable } from './tf.ts';

/**
 * Gives a model's weights their values from a file, array by array, as they are: no constraint
 * changes them. The file must hold what `checkWeights` has checked.
 */
export async function loadWeights(model: LayersModel, stored: StoredWeights): Promise<void> {
  const table = new Map(stored.layers.map(({ layer, arrays }) => [layer, arrays]));
  const file = await open(stored.path);
  const buffer = new ArrayBuffer(largestArray(stored));
  try {
    for (const layer of model.layers) {
      const arrays = table.get(layer.name) ?? [];
      for (const [index, weight] of layer.weights.entries()) {
        const array = arrays[index];
        if (!array) throw new Error(`${layer.name} has no array ${index}`);
        assign(weight.read() as Variable, await readArray(file, array, buffer), array);
      }
    }
  } finally {
    await file.close();
  }
}

const bytesPerValue = 4;

function largestArray({ layers }: StoredWeights): number {
  const sizes = layers.flatMap(({ arrays }) => arrays.map(({ shape }) => countValues(shape)));
  return bytesPerValue * sizes.reduce((most, size) => Math.max(most, size), 0);
}

/** Into the same memory for each array: it is read before the next one comes. */
async function readArray(
  file: FileHandle,
  { name, shape, offset }: StoredArray,
  buffer: ArrayBuffer,
): Promise<Float32Array> {
  const bytes = new Uint8Array(buffer, 0, bytesPerValue * countValues(shape));
  let done = 0;
  while (done < bytes.length) {
    const { bytesRead } = await file.read(bytes, done, bytes.length - done, offset + done);
    if (bytesRead === 0) throw new Error(`the weights file ends inside ${name}`);
    done += bytesRead;
  }
  return new Float32Array(buffer, 0, countValues(shape));
}

function assign(variable: Variable, values: Float32Array, { shape }: StoredArray): void {
  const tensor = tf.tensor(values, [...shape], 'float32');
  variable.assign(tensor);
  // Brought into TensorFlow's memory now, since the values are overwritten by the next array.
  idsOf([variable]);
  tensor.dispose();
}
