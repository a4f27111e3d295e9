// node streaming.js ADDON -: trains and predicts with inputs in memory and from files; JSON lines.
import { createHash } from 'node:crypto';
import { mkdtemp, rm, truncate } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { writeArray } from '../../../../dist/grader/array-file.js';
import { buildModel } from '../../../../dist/grader/engine/model/build-model.js';
import { disposeModel, variableOf } from '../../../../dist/grader/engine/model/model.js';
import { valuesOf } from '../../programs/model-values.js';
import { CompiledTrainer } from '../../../../dist/grader/engine/compiled/training/compiled-trainer.js';
import { loadTensorFlow } from '../../../../dist/grader/engine/tensorflow/native.js';
import { predict } from '../../../../dist/grader/engine/predict/predict.js';
import { tf } from '../../../../dist/grader/engine/tensorflow/tf.js';
import { inputReader } from '../../../../dist/grader/engine/rows/batches.js';
import { EagerTrainer } from '../../../../dist/grader/engine/train/eager-trainer.js';
import { fit } from '../../../../dist/grader/engine/train/fit.js';
import { splitRows } from '../../../../dist/grader/engine/train/split-rows.js';
import { isStreamed, openRows } from '../../../../dist/grader/engine/rows/stored-rows.js';
import { seededRandom } from '../../../../dist/grader/random.js';
import { models } from '../../programs/replay/models.js';
import { defaults, fits } from '../../programs/replay/options.js';
import { several } from '../../programs/replay/several.js';

const native = loadTensorFlow({ addon: process.argv[2] });
const folder = await mkdtemp(join(tmpdir(), 'streaming-'));
const trainers = {
  graph: (settings) => new CompiledTrainer(native, settings, { shards: 1 }),
  'graph in two parts': (settings) => new CompiledTrainer(native, settings, { shards: 2 }),
  eager: (settings) => new EagerTrainer(settings),
};
const counts = { training: 531, validation: 90 };

const pictures = {
  ...{ input: [9, 8, 2], dtype: 'uint8', values: 256, decoding: { scale: 1 / 255 } },
  layers: models['BatchNormalization on images'].layers,
};
const rows = { input: [6], dtype: 'float32', decoding: {}, layers: models.Dropout.layers };
const words = {
  ...{ input: [7], dtype: 'int32', values: 40, vocabulary: 12, decoding: {} },
  layers: models.Embedding.layers,
};

const wordsAndLines = {
  inputs: [words, { ...rows, input: [7, 3] }],
  graph: several['words and lines'].model.graph,
};
const { goals } = several['words and lines'];

const tasks = {
  'bytes, shuffled, partial batch': { data: pictures },
  'bytes, augmented': { data: pictures, augmentation: fits['augmentation reflect'].augmentation },
  'bytes, validation split': { data: pictures, fit: { validation_split: 0.3 } },
  'floats, in their order': { data: rows, fit: { shuffle: false } },
  'floats, epochs that end inside a pass': { data: rows, fit: { steps_per_epoch: 20, epochs: 4 } },
  'clipped words': { data: words },
  'words and lines, both from files': { data: wordsAndLines, goals },
  // Words have 28 bytes a row, lines 84.
  'words in memory, lines from a file': { data: wordsAndLines, goals, most: 40 * 531 },
};

try {
  for (const [name, task] of Object.entries(tasks)) {
    for (const trainer of Object.keys(trainers)) {
      const memory = await run(task, trainer, Infinity);
      const streamed = await run(task, trainer, task.most ?? 100);
      console.log(JSON.stringify({ name, trainer, memory, streamed }));
    }
  }
  console.log(JSON.stringify({ name: 'a file cut short', ...(await cutShort()) }));
} finally {
  await rm(folder, { recursive: true });
}

/** What a training leaves: its logs and digests of the weights and the predictions. */
async function run(task, trainerName, most) {
  const { data } = task;
  const random = seededRandom(3);
  const model = await modelOf(data, random);
  const before = digest(valuesOf(model));
  const { goals = [{ loss: defaults.loss, metrics: defaults.metrics, output: [1] }] } = task;
  const training = await part(data, 'training', { goals, random, most });
  const validation = await part(data, 'validation', { goals, random, most });
  const recipe = { ...defaults, ...task, fit: { ...defaults.fit, ...task.fit } };
  const recipeParts = {
    compile: { optimizer: recipe.optimizer, outputs: goals },
    ...{ fit: recipe.fit, augmentation: recipe.augmentation },
  };
  const split = splitRows(recipe.fit, counts);
  const settings = { model, recipe: recipeParts, training, validation, rows: split, seed: 5 };
  const trainer = trainers[trainerName](settings);
  const logs = [];
  await fit({
    ...{ trainer, fit: recipe.fit, rows: split, seed: 9, deadline: Infinity },
    isInterrupted: () => false,
    onBatch: () => undefined,
    onValidation: () => undefined,
    onEpoch: (record) => logs.push(record.logs),
  });
  trainer.dispose();
  const predictions = await predict({
    ...{ native, model, inputs: validation.inputs, areLogits: goals.map(() => false) },
    ...{ batch: 128, limit: { seconds: 600, deadline: Infinity } },
    onProgress: () => undefined,
  });
  const weights = digest(valuesOf(model));
  for (const { inputs } of [training, validation]) {
    for (const { array } of inputs) if (isStreamed(array)) await array.close();
  }
  disposeModel(model);
  return {
    isStreamed: training.inputs.some(({ array }) => isStreamed(array)),
    ...{ logs, weights, moved: weights !== before },
    predictions: digest(predictions.map(({ data }) => data)),
  };
}

function configOf({ graph, input, layers }) {
  if (graph) return { class_name: 'Model', config: graph };
  const [first, ...rest] = layers;
  const config = { ...first.config, batch_input_shape: [null, ...input] };
  return {
    class_name: 'Sequential',
    config: { name: 'model', layers: [{ ...first, config }, ...rest] },
  };
}

async function modelOf(data, random) {
  const model = await buildModel(configOf(data));
  for (const weight of model.weights) {
    const variable = variableOf(model, weight);
    const { shape, size } = variable;
    const start = weight.name.includes('variance') ? 0.5 : -0.5;
    const values = Float32Array.from({ length: size }, () => start + random());
    variable.assign(tf.tensor(values, shape));
  }
  return model;
}

async function part(data, name, { goals, random, most }) {
  const inputs = [];
  for (const one of data.inputs ?? [data]) {
    const { input, dtype, decoding, values, vocabulary = null } = one;
    const whole = array(dtype, [counts[name], ...input], () =>
      values ? Math.floor(random() * values) : random(),
    );
    const file = await writeArray(join(folder, `${name}${inputs.length}`), whole);
    const modelDtype = dtype === 'int32' ? 'int32' : 'float32';
    const settings = { decoding, modelShape: input, dtype: modelDtype, vocabulary };
    inputs.push(inputReader(await openRows(file, most), settings));
  }
  const targets = goals.map(({ classes, output }) =>
    classes
      ? array('int32', [counts[name]], () => Math.floor(random() * classes))
      : array('float32', [counts[name], ...output], random),
  );
  return { inputs, targets };
}

/** A training whose file loses its end in the middle. */
async function cutShort() {
  const random = seededRandom(3);
  const model = await modelOf(rows, random);
  const { optimizer, loss, metrics } = defaults;
  const goals = [{ loss, metrics, output: [1] }];
  const training = await part(rows, 'training', { goals, random, most: 0 });
  const validation = await part(rows, 'validation', { goals, random, most: 0 });
  const compile = { optimizer, outputs: goals };
  const recipe = { compile, fit: defaults.fit, augmentation: null };
  const split = splitRows(defaults.fit, counts);
  const settings = { model, recipe, training, validation, rows: split, seed: 5 };
  const trainer = trainers.graph(settings);
  await truncate(join(folder, 'training0'), 24 * 400);
  const request = { learningRate: (own) => own, afterStep: () => false };
  const batches = [split.training.subarray(0, 8), split.training.subarray(500, 508)];
  const failure = await trainer.trainEpoch({ ...request, batches }).catch((error) => error.failure);
  await training.inputs[0].array.close();
  const again = await openRows(
    { path: join(folder, 'training0'), dtype: 'float32', shape: [9, 6] },
    0,
  )
    .then(() => null)
    .catch((error) => error.failure);
  return { failure, again };
}

function array(dtype, shape, draw) {
  const length = shape.reduce((product, size) => product * size, 1);
  const Values = { float32: Float32Array, int32: Int32Array, uint8: Uint8Array }[dtype];
  return { dtype, shape, data: Values.from({ length }, draw) };
}

function digest(arrays) {
  const hash = createHash('sha256');
  for (const { buffer, byteOffset, byteLength } of arrays) {
    hash.update(new Uint8Array(buffer, byteOffset, byteLength));
  }
  return hash.digest('hex');
}
