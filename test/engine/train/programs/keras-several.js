// Trainings of real Keras, most with several inputs: node keras-several.js ADDON FIXTURE [cut]
// Prints one JSON line per case and trainer: how far weights, logs and predictions are from Keras's.
import { readFileSync } from 'node:fs';
import { buildModel } from '../../../../dist/grader/engine/model/build-model.js';
import { CompiledTrainer } from '../../../../dist/grader/engine/compiled/training/compiled-trainer.js';
import { loadTensorFlow } from '../../../../dist/grader/engine/tensorflow/native.js';
import { predict } from '../../../../dist/grader/engine/predict/predict.js';
import { tf } from '../../../../dist/grader/engine/tensorflow/tf.js';
import { inputReader } from '../../../../dist/grader/engine/rows/batches.js';
import { EagerTrainer } from '../../../../dist/grader/engine/train/eager-trainer.js';
import { fit } from '../../../../dist/grader/engine/train/fit.js';
import { makeTrainer } from '../../../../dist/grader/engine/train/make-trainer.js';
import { splitRows } from '../../../../dist/grader/engine/train/split-rows.js';
import { convertModel } from '../../../../dist/grader/keras/convert/convert-model.js';
import { normaliseModel } from '../../../../dist/grader/recipe/normalise.js';
import { normaliseConfig } from '../../programs/keras-config.js';
import { variablesOfLayer } from '../../programs/model-values.js';

const [addon, fixture, isCut] = process.argv.slice(2);
const native = loadTensorFlow({ addon });
const trainers = {
  eager: (settings) => new EagerTrainer(settings),
  compiled: (settings) => new CompiledTrainer(native, settings, { shards: 1 }),
  // In two parts for each batch, where the loss is a mean over them.
  ...(isCut ? { cut: (settings) => makeTrainer(native, settings, { shards: 2 }).trainer } : {}),
};
const { cases, fit: fitOptions, is_saved: isSaved } = JSON.parse(readFileSync(fixture, 'utf8'));

for (const one of cases) {
  for (const [trainer, make] of Object.entries(trainers)) {
    console.log(JSON.stringify({ name: one.name, trainer, ...(await replay(one, make)) }));
  }
}

async function replay(one, make) {
  const model = buildModel(
    isSaved
      ? savedModel(one.model)
      : one.keras
        ? savedModel(one.keras, one)
        : normaliseConfig(one.model),
  );
  setWeights(model, one.before);
  const settings = settingsOf(one, model);
  const trainer = make(settings);
  const logs = [];
  await fit({
    ...{ trainer, fit: settings.recipe.fit, rows: settings.rows, seed: 1, deadline: Infinity },
    isInterrupted: () => false,
    onBatch: () => undefined,
    onValidation: () => undefined,
    onEpoch: (record) => logs.push(record.logs),
  });
  trainer.dispose();
  const predictions = await predict({
    ...{ native, model, inputs: settings.validation.inputs, parallel: 1 },
    areLogits: one.goals.map(() => false),
    ...{ batch: 128, limit: { seconds: 600, deadline: Infinity } },
    onProgress: () => undefined,
  });
  return {
    weights: Math.max(...weightDifferences(model, one.after)),
    moved: Math.max(...weightDifferences(model, one.before)),
    logNames: logs.map((epoch) => Object.keys(epoch).sort()),
    wantedNames: one.logs.map((epoch) => Object.keys(epoch).sort()),
    logs: Math.max(...one.logs.map((epoch, at) => logDifference(epoch, logs[at]))),
    shapes: String(predictions.map(({ shape }) => shape)),
    wantedShapes: String(one.predictions.map(({ shape }) => shape)),
    predictions: Math.max(
      ...one.predictions.map(({ data }, output) => largest(data, predictions[output].data)),
    ),
  };
}

/** As the reader makes it of a file. */
function savedModel(config, { outputMasks } = {}) {
  const kerasVersion = outputMasks === 'keras2' ? '2.15.0' : '3.15.1';
  return normaliseModel(convertModel({ config, kerasVersion }).model).model;
}

function settingsOf(one, model) {
  const { optimizer, goals, outputMasks, training, validation, sampleWeights } = one;
  const counts = { training: rowsOf(training), validation: rowsOf(validation) };
  const options = { steps_per_epoch: null, validation_split: 0, validation_freq: 1 };
  const recipe = {
    compile: { optimizer, outputs: goals, outputMasks },
    fit: { ...fitOptions, ...options, shuffle: false, class_weight: null, callbacks: [] },
    augmentation: null,
  };
  const weighted = sampleWeights ? { sampleWeights: Float32Array.from(sampleWeights) } : {};
  return {
    ...{ model, recipe, seed: 1 },
    training: { ...partOf(training, model), ...weighted },
    validation: partOf(validation, model),
    rows: splitRows(recipe.fit, counts),
  };
}

function rowsOf({ inputs }) {
  return inputs[0].shape[0];
}

function partOf({ inputs, targets }, model) {
  const readers = inputs.map((array, index) => {
    const { dtype } = array;
    const modelShape = model.inputs[index].shape.slice(1);
    return inputReader(arrayOf(array), { decoding: {}, modelShape, dtype, vocabulary: null });
  });
  return { inputs: readers, targets: targets.map(arrayOf) };
}

function arrayOf({ dtype, shape, data }) {
  return { dtype, shape, data: (dtype === 'int32' ? Int32Array : Float32Array).from(data) };
}

function setWeights(model, weights) {
  for (const [name, arrays] of Object.entries(weights)) {
    arrays.forEach(([shape, data], index) => {
      variablesOfLayer(model, name)[index].assign(tf.tensor(data, shape));
    });
  }
}

function weightDifferences(model, weights) {
  return Object.entries(weights).flatMap(([name, arrays]) =>
    arrays.map(([, data], index) => largest(data, variablesOfLayer(model, name)[index].dataSync())),
  );
}

/** Relative to Keras's number, where that is larger than one. */
function logDifference(wanted, found) {
  return Math.max(
    ...Object.entries(wanted).map(
      ([name, value]) => Math.abs(value - found[name]) / Math.max(1, Math.abs(value)),
    ),
  );
}

function largest(wanted, found) {
  if (wanted.length !== found.length) return Infinity;
  return wanted.reduce((most, value, at) => Math.max(most, Math.abs(value - found[at])), 0);
}
