// Predicts with files that Keras saved: node keras-files.js ADDON CASES
// Prints one JSON line per file: how far the predictions are from Keras's, op by op and, where `asGraph` is
// not false, as one graph, or why the file is refused.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildUnsetModel } from '../../../dist/grader/engine/model/build-model.js';
import { checkWeights } from '../../../dist/grader/engine/model/check-weights.js';
import { loadWeights } from '../../../dist/grader/engine/model/load-weights.js';
import { loadTensorFlow } from '../../../dist/grader/engine/tensorflow/native.js';
import { predict } from '../../../dist/grader/engine/predict/predict.js';
import { tf } from '../../../dist/grader/engine/tensorflow/tf.js';
import { disposeModel } from '../../../dist/grader/engine/model/model.js';
import { applied } from './model-values.js';
import { inputReader } from '../../../dist/grader/engine/rows/batches.js';
import { openContainer } from '../../../dist/grader/keras/containers/open-container.js';
import { readContainer } from '../../../dist/grader/keras/read-model.js';
import { normaliseModel } from '../../../dist/grader/recipe/normalise.js';

const [addon, cases] = process.argv.slice(2);
const native = loadTensorFlow({ addon });
const scratch = mkdtempSync(join(tmpdir(), 'keras-files-'));

for (const one of JSON.parse(readFileSync(cases, 'utf8'))) {
  const { id, file } = one;
  try {
    console.log(JSON.stringify({ id, file, ...(await compare(one)) }));
  } catch (error) {
    if (!error.failure) throw error;
    console.log(JSON.stringify({ id, file, refusal: error.failure }));
  }
}
rmSync(scratch, { recursive: true });

async function compare({ path, format, inputs, outputs, tolerance, asGraph = true }) {
  const container = await openContainer(path, format, { scratch });
  const read = readContainer(container, scratch);
  container.close();
  const { model: config } = normaliseModel(read.model);
  if (!read.weights) return { layers: config.config.layers.length };
  const model = buildUnsetModel(config);
  checkWeights(model, read.weights.layers);
  await loadWeights(model, read.weights);
  const given = inputs.map(arrayOf);
  const wanted = outputs.map(arrayOf);
  const eager = predictEagerly(model, given);
  const found = [eager, ...(asGraph ? [await predictAsGraph(model, given)] : [])];
  const worst = (values) => Math.max(...values.map((one, at) => distance(one, wanted[at].data)));
  const close = (values) => values.every((one, at) => isClose(one, wanted[at].data, tolerance));
  const largest = Math.max(...found.map(worst));
  const isRight = found.every(close);
  disposeModel(model);
  return { kerasVersion: read.facts.kerasVersion, largest, isRight, compile: read.compile };
}

function predictEagerly(model, given) {
  const tensors = given.map(({ data, shape, dtype }) =>
    tf.tensor(data, shape, dtype === 'uint8' ? 'float32' : dtype),
  );
  const outputs = applied(model, tensors);
  return [outputs].flat().map((output) => output.dataSync());
}

async function predictAsGraph(model, given) {
  const readers = given.map((array, index) =>
    inputReader(array, {
      decoding: {},
      modelShape: model.inputs[index].shape.slice(1),
      dtype: array.dtype === 'int32' ? 'int32' : 'float32',
      vocabulary: null,
    }),
  );
  const unlimited = { limit: { seconds: 600, deadline: Infinity } };
  const settings = { native, model, inputs: readers, parallel: 1, batch: 3 };
  const areLogits = model.outputs.map(() => false);
  const outputs = await predict({
    ...settings,
    areLogits,
    ...unlimited,
    onProgress: () => undefined,
  });
  return outputs.map(({ data }) => data);
}

function arrayOf({ shape, dtype = 'float32', values, path }) {
  const kind = { float32: Float32Array, int32: Int32Array, uint8: Uint8Array }[dtype];
  if (values) return { shape, dtype, data: kind.from(values) };
  const bytes = readFileSync(path);
  const buffer = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length);
  return { shape, dtype, data: new kind(buffer) };
}

function distance(found, wanted) {
  return found.reduce((most, value, at) => Math.max(most, Math.abs(value - wanted[at])), 0);
}

function isClose(found, wanted, { abs, rel }) {
  const isNear = (value, at) => Math.abs(value - wanted[at]) <= abs + rel * Math.abs(wanted[at]);
  return found.length === wanted.length && found.every(isNear);
}
