// node insides.js ADDON FOLDER: what is seen inside of small models, a JSON line for each.
import { writeArray } from '../../../dist/grader/array-file.js';
import { buildModel } from '../../../dist/grader/engine/model/build-model.js';
import { variablesOf } from '../../../dist/grader/engine/model/model.js';
import { lookInside } from '../../../dist/grader/engine/predict/probes/look-inside.js';
import { loadTensorFlow } from '../../../dist/grader/engine/tensorflow/native.js';
import { tf } from '../../../dist/grader/engine/tensorflow/tf.js';
import { dense, layer } from './replay/models.js';

const [addon, folder] = process.argv.slice(2);
loadTensorFlow({ addon });
const biases = (value) => ({ class_name: 'Constant', config: { value } });
const shifted = (units, value, config = {}) =>
  dense(units, { activation: 'relu', bias_initializer: biases(value), ...config });
/** 0.5 and -1.5 before its activation. */
const half = shifted(3, -3.5, { name: 'half', kernel_initializer: layer('Ones') });

/** Rows of 3, 1 and of 3, -1. */
const numbersOf = (rows) =>
  Float32Array.from({ length: rows * 2 }, (_, at) => (at % 2 === 0 ? 3 : at % 4 < 2 ? 1 : -1));
const cases = {
  dead: {
    layers: [shifted(5, -1000, { name: 'none' }), shifted(4, 1000, { name: 'all' }), dense(1)],
  },
  'some rows only': { layers: [half, dense(1)], rows: 600 },
  'as layers of their own': {
    layers: [
      dense(4, { bias_initializer: biases(-1000) }),
      layer('ReLU', { name: 'relu', negative_slope: 0 }),
      layer('ReLU', { name: 'leaky', negative_slope: 0.1 }),
      layer('Activation', { name: 'activation', activation: 'relu' }),
      dense(1),
    ],
  },
  'before the first weights': {
    layers: [
      layer('Rescaling', { scale: 10, offset: 1 }),
      layer('BatchNormalization', { name: 'norm', epsilon: 0, momentum: 0.5 }),
      dense(1),
    ],
  },
  forecast: { task: 'forecast', layers: [dense(1)] },
  'no numbers': { layers: [dense(1)], first: NaN },
  words: {
    ids: true,
    // The 3 among the ids becomes 1.
    vocabulary: 3,
    layers: [
      layer('Embedding', { input_dim: 3, output_dim: 3 }),
      layer('Flatten'),
      dense(2, { name: 'hidden', activation: 'relu', bias_initializer: biases(-9) }),
      dense(1),
    ],
  },
};

for (const [name, task] of Object.entries(cases)) {
  const { layers, ids = false, first, rows = 200 } = task;
  const numbers = numbersOf(rows);
  const [start, ...others] = layers;
  const given = { ...start, config: { ...start.config, batch_input_shape: [null, 2] } };
  const model = await buildModel({
    class_name: 'Sequential',
    config: { name: 'model', layers: [given, ...others] },
  });
  const data = ids ? Int32Array.from(numbers, (value) => Math.abs(value)) : numbers.slice();
  if (first !== undefined) data[0] = first;
  const inputs = { dtype: ids ? 'int32' : 'float32', shape: [rows, 2], data };
  const targets = {
    ...inputs,
    dtype: 'float32',
    shape: [rows, 1],
    data: numbers.filter((_, at) => at % 2),
  };
  const job = {
    data: {
      training: {
        inputs: await writeArray(`${folder}/inputs`, inputs),
        targets: await writeArray(`${folder}/targets`, targets),
      },
      decoding: {},
    },
    problem: { task: task.task ?? 'binary', input: { dtype: inputs.dtype } },
    room: { predicted: 100 },
    vocabulary: task.vocabulary ?? null,
  };
  const before = valuesOf(model);
  const kept = tf.memory().numTensors;
  const insides = await lookInside(model, job);
  const isUnchanged = JSON.stringify(valuesOf(model)) === JSON.stringify(before);
  console.log(JSON.stringify({ name, insides, isUnchanged, left: tf.memory().numTensors - kept }));
}

function valuesOf(model) {
  return variablesOf(model).map((variable) => [...variable.dataSync()]);
}
