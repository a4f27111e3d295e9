import { closeSync, openSync, readFileSync, readSync } from 'node:fs';
import { join } from 'node:path';
import { productOf } from '../sizes.ts';

interface Manifest {
  readonly weightsManifest: readonly [
    {
      readonly paths: readonly [string];
      readonly weights: readonly { readonly name: string; readonly shape: readonly number[] }[];
    },
  ];
}

/** The weights of the model that a grading has left, one array after the other. */
export function* keptWeights(
  model: string,
): Generator<{ readonly name: string; readonly values: Float32Array }> {
  const document = JSON.parse(readFileSync(join(model, 'model.json'), 'utf8')) as Manifest;
  const [{ paths, weights }] = document.weightsManifest;
  const handle = openSync(join(model, paths[0]), 'r');
  try {
    for (const { name, shape } of weights) {
      const values = new Float32Array(productOf(shape));
      const bytes = new Uint8Array(values.buffer);
      for (let done = 0; done < bytes.length;) {
        const read = readSync(handle, bytes, done, bytes.length - done, null);
        if (read === 0) throw new Error(`${model} has fewer weights than it says`);
        done += read;
      }
      yield { name, values };
    }
  } finally {
    closeSync(handle);
  }
}
