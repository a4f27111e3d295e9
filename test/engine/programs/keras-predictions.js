// Predicts with the weights of real Keras models: node keras-predictions.js ADDON FIXTURES
// Prints one JSON line per model: the largest difference, or why it is skipped.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildModel } from '../../../dist/grader/engine/build-model.js';
import { loadTensorFlow } from '../../../dist/grader/engine/native.js';
import { tf } from '../../../dist/grader/engine/tf.js';
import { normaliseConfig } from './keras-config.js';

const [addon, fixtures] = process.argv.slice(2);
loadTensorFlow({ addon });

// Layers that recipes do not have; files with them are the importer's.
const foreign =
  /"(Lambda|Normalization|Rescaling|RandomFlip|RandomRotation|RandomZoom|RandomTranslation|RandomContrast|TextVectorization|SpatialDropout2D|ZeroPadding1D|Cropping1D|UpSampling1D|SeparableConv1D|Resizing|CenterCrop|UnitNormalization|Identity|Functional|Subtract)"/;

for (const id of readdirSync(fixtures).sort()) {
  const directory = join(fixtures, id);
  const meta = JSON.parse(readFileSync(join(directory, 'meta.json'), 'utf8'));
  const file = join(directory, meta.files.json ?? 'model.json');
  if (!existsSync(file)) continue;
  const config = JSON.parse(readFileSync(file, 'utf8'));
  const skip = whyNot(config, meta);
  console.log(
    JSON.stringify(skip ? { id, skip } : { id, ...(await compare(directory, meta, config, id)) }),
  );
}

function whyNot(config, meta) {
  if (config.class_name !== 'Sequential') return 'functional models of Keras 3 need the importer';
  const found = foreign.exec(JSON.stringify(config.config));
  if (found) return `${found[1]} is no recipe layer`;
  if (meta.inputs.length !== 1) return 'several inputs';
  return null;
}

async function compare(directory, meta, config) {
  let model;
  try {
    model = await buildModel(normaliseConfig(config));
  } catch (error) {
    return { skip: error.message };
  }
  assign(model, directory, meta);
  const [input] = meta.inputs;
  const [output] = meta.outputs;
  const found = model.apply(tf.tensor(read(directory, input), input.shape, 'float32'), {
    training: false,
  });
  const wanted = read(directory, output);
  const { abs, rel } = meta.predict.tolerance;
  const differences = Array.from(found.dataSync(), (value, at) => Math.abs(value - wanted[at]));
  return {
    largest: Math.max(...differences),
    isClose: differences.every((value, at) => value <= abs + rel * Math.abs(wanted[at])),
  };
}

function assign(model, directory, meta) {
  const all = read(directory, { file: 'weights.bin', dtype: 'float32' });
  let start = 0;
  const weights = model.layers.flatMap((layer) => layer.weights);
  for (const [index, { shape }] of meta.weights.table.entries()) {
    const size = shape.reduce((product, length) => product * length, 1);
    weights[index].read().assign(tf.tensor(all.slice(start, start + size), shape));
    start += size;
  }
}

function read(directory, { file, dtype }) {
  const bytes = readFileSync(join(directory, file));
  const buffer = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length);
  if (dtype === 'uint8') return new Uint8Array(buffer);
  return dtype === 'int32' ? new Int32Array(buffer) : new Float32Array(buffer);
}
