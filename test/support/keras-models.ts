import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ContainerFormat } from '../../grader/keras/container.ts';
import { kerasFixtures } from './fixtures.ts';

export interface KerasFile {
  /** `reg_norm/legacy/model.h5`. */
  readonly title: string;
  readonly model: string;
  readonly path: string;
  readonly format: ContainerFormat;
  /** Made by Keras 2, or from what it made. */
  readonly isLegacy: boolean;
}

/** All files of the fixture models that hold weights. */
export function kerasFiles(): readonly KerasFile[] {
  if (kerasFixtures === null) return [];
  const models = join(kerasFixtures, 'models');
  return readdirSync(models).flatMap((model) =>
    places.flatMap(([name, format]) => {
      const path = join(models, model, name);
      const isLegacy = /^(legacy|tfjs|tfjs_native)\//.test(name);
      return existsSync(path) ? [{ title: `${model}/${name}`, model, path, format, isLegacy }] : [];
    }),
  );
}

const places: readonly [string, ContainerFormat][] = [
  ['model.keras', 'keras-zip'],
  ['model.h5', 'keras-hdf5'],
  ['legacy/model.keras', 'keras-zip'],
  ['legacy/model.h5', 'keras-hdf5'],
  ['legacy/model_2_9_style.h5', 'keras-hdf5'],
  ['tfjs/model.json', 'tfjs-layers'],
  ['tfjs_k3/model.json', 'tfjs-layers'],
  ['tfjs_native/model.json', 'tfjs-layers'],
];

export interface FixtureWeight {
  /** Keras's path of the variable: `sequential/dense/kernel`. */
  readonly name: string;
  readonly shape: readonly number[];
  readonly values: Float32Array;
}

/** A fixture model's weights as Keras had them, in the order of `model.weights`. */
export function fixtureWeights(model: string, isLegacy: boolean): readonly FixtureWeight[] {
  const folder = join(kerasFixtures ?? '', 'models', model);
  const { weights, legacy } = JSON.parse(readFileSync(join(folder, 'meta.json'), 'utf8')) as {
    weights: { file: string; table: WeightEntry[] };
    legacy?: { weights_table: { path: string }[] };
  };
  const bytes = readFileSync(join(folder, weights.file));
  // The same weights in the same order; only Keras 2 calls some layers otherwise.
  const names = isLegacy ? legacy?.weights_table : weights.table;
  let offset = 0;
  return weights.table.map(({ path, shape, dtype }, index) => {
    const count = shape.reduce((product, side) => product * side, 1);
    const values = Float32Array.from({ length: count }, (_, at) =>
      dtype === 'float32' ? bytes.readFloatLE(offset + 4 * at) : bytes.readInt32LE(offset + 4 * at),
    );
    offset += 4 * count;
    return { name: names?.[index]?.path ?? path, shape, values };
  });
}

interface WeightEntry {
  readonly path: string;
  readonly shape: number[];
  readonly dtype: string;
}
