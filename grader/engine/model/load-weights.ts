import { open, type FileHandle } from 'node:fs/promises';
import { countValues } from '../../array-file.ts';
import type { StoredArray, StoredWeights } from '../../contract.ts';
import { tf, type Variable } from '../tensorflow/tf.ts';
import { listedLayers, variableOf, weightsOf, type Model } from './model.ts';

/**
 * Gives a model's weights their values from a file, array by array, as they are: no constraint
 * changes them. The file must hold what `checkWeights` has checked.
 */
export async function loadWeights(model: Model, stored: StoredWeights): Promise<void> {
  const table = new Map(stored.layers.map(({ layer, arrays }) => [layer, arrays]));
  const file = await open(stored.path);
  try {
    for (const layer of listedLayers(model.layers)) {
      const arrays = table.get(layer.name) ?? [];
      for (const [index, weight] of weightsOf(layer).entries()) {
        const array = arrays[index];
        if (!array) throw new Error(`${layer.name} has no array ${index}`);
        assign(variableOf(model, weight), await readArray(file, array), array);
      }
    }
  } finally {
    await file.close();
  }
}

/**
 * Memory that begins at a multiple of 64 where the allocator puts 16 bytes before large blocks, as
 * glibc does: TensorFlow uses such memory as it is and copies any other.
 */
function newValues(count: number): Float32Array {
  return new Float32Array(new ArrayBuffer(64 + 4 * count), 48, count);
}

/** Into memory of its own, since TensorFlow may use it as it is for as long as the weight lives. */
async function readArray(
  file: FileHandle,
  { name, shape, offset }: StoredArray,
): Promise<Float32Array> {
  const values = newValues(countValues(shape));
  const bytes = new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
  let done = 0;
  while (done < bytes.length) {
    const { bytesRead } = await file.read(bytes, done, bytes.length - done, offset + done);
    if (bytesRead === 0) throw new Error(`the weights file ends inside ${name}`);
    done += bytesRead;
  }
  return values;
}

function assign(variable: Variable, values: Float32Array, { shape }: StoredArray): void {
  const tensor = tf.tensor(values, [...shape], 'float32');
  variable.assign(tensor);
  tensor.dispose();
}
