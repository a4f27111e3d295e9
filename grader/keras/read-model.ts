import { closeSync, openSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import type { LayerWeights, OutputMasks, StoredArray, StoredWeights } from '../contract.ts';
import { GraderError, candidateError } from '../errors.ts';
import type { ReadModel } from './answer.ts';
import type { ArraySource, Container } from './container.ts';
import { makesMask } from './convert/attention.ts';
import { convertCompile } from './convert/compile.ts';
import { convertModel, type ConvertedLayer } from './convert/convert-model.ts';
import { productOf } from '../sizes.ts';

const bytesPerValue = 4;
const mostStatistics = 65_536;

/**
 * What an open model file holds, in the terms of a recipe; its weights are written to a file in the
 * scratch folder, array by array. Throws a `GraderError` for what is wrong with the file.
 */
export function readContainer(container: Container, scratch: string): ReadModel {
  const converted = convertModel(container);
  const compile = convertCompile(container.compile);
  const weights = container.weights
    ? writeWeights(converted.layers, container.weights, join(scratch, 'weights.f32'))
    : null;
  return {
    model: converted.model,
    compile: compile?.compile ?? null,
    outputMasks: outputMasksOf(converted),
    weights,
    facts: {
      kerasVersion: container.kerasVersion,
      bytes: container.bytes,
      weightBytes: weights ? valuesIn(weights) * bytesPerValue : 0,
      optimizerBytes: container.optimizerBytes,
    },
    parts: container.parts ?? [],
    notes: [...container.notes, ...converted.notes],
    trainingNotes: [...converted.trainingNotes, ...(compile?.notes ?? [])],
  };
}

/** Without a mask in the model each would be the same. */
function outputMasksOf({ layers, generation }: ReturnType<typeof convertModel>): OutputMasks {
  if (!layers.some(makesMask)) return 'keras3';
  return generation === 'tfjs' ? 'none' : generation;
}

function writeWeights(
  layers: readonly ConvertedLayer[],
  arraysOf: NonNullable<Container['weights']>,
  path: string,
): StoredWeights {
  const file = openSync(path, 'w', 0o600);
  let offset = 0;
  const write = (source: ArraySource): StoredArray => {
    const stored = { name: source.name, shape: source.shape, offset };
    for (const values of source.pieces()) {
      const bytes = Buffer.from(values.buffer, values.byteOffset, values.byteLength);
      for (let done = 0; done < bytes.length;) {
        done += writeSync(file, bytes, done, bytes.length - done, offset + done);
      }
      offset += bytes.length;
    }
    return stored;
  };
  try {
    const written = layers.flatMap((layer): LayerWeights[] => {
      const arrays = arraysOf(layer.path);
      if (arrays.length === 0) return [];
      if (arrays.some(({ name }) => name.includes('lora_'))) throw notMerged(layer.name);
      if (layer.className === 'Normalization' && foldStatistics(layer, arrays)) return [];
      return [{ layer: layer.name, arrays: arrays.map(write) }];
    });
    return { path, layers: written };
  } finally {
    closeSync(file);
  }
}

/** Keras merges them into the kernels where it saves a `.keras` file, and in an `.h5` file it does not. */
function notMerged(layer: string): GraderError {
  return candidateError(
    'lora-weights',
    `The weights of the layer ${layer} are those of LoRA, beside its own.`,
    'Save the model as .keras, which merges them: model.save("model.keras").',
  );
}

/** An adapted Normalization keeps mean, variance and count as weights; the document has the numbers. */
function foldStatistics({ config, name }: ConvertedLayer, arrays: readonly ArraySource[]): boolean {
  const [mean, variance] = arrays;
  if (!mean || !variance || arrays.length > 3) return false;
  if (Math.max(sizeOf(mean), sizeOf(variance)) > mostStatistics) {
    throw new GraderError({
      fault: 'limit',
      code: 'normalization-size',
      message: `The layer ${name} (Normalization) has ${sizeOf(mean)} means; at most ${mostStatistics} are taken.`,
    });
  }
  config['mean'] = nested(mean);
  config['variance'] = nested(variance);
  return true;
}

/** Values in lists of lists by their shape; a single number where there is no axis. */
function nested(source: ArraySource): unknown {
  const inwards = [...source.shape].reverse().slice(0, -1);
  const cut = (list: readonly unknown[], size: number) =>
    Array.from({ length: list.length / size }, (_, at) => list.slice(at * size, (at + 1) * size));
  const values: readonly unknown[] = Array.from(source.read());
  return source.shape.length === 0 ? values[0] : inwards.reduce(cut, values);
}

function valuesIn({ layers }: StoredWeights): number {
  return layers.flatMap(({ arrays }) => arrays).reduce((sum, array) => sum + sizeOf(array), 0);
}

function sizeOf({ shape }: Pick<StoredArray, 'shape'>): number {
  return productOf(shape);
}
