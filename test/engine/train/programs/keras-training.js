// Replays the training runs of real Keras with both trainers: node keras-training.js ADDON FIXTURES
// Prints one JSON line per run and trainer: how far the weights and losses are from Keras's.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildModel } from '../../../../dist/grader/engine/model/build-model.js';
import { loadTensorFlow } from '../../../../dist/grader/engine/tensorflow/native.js';
import { tf } from '../../../../dist/grader/engine/tensorflow/tf.js';
import { inputReader } from '../../../../dist/grader/engine/rows/batches.js';
import { CompiledTrainer } from '../../../../dist/grader/engine/compiled/training/compiled-trainer.js';
import { EagerTrainer } from '../../../../dist/grader/engine/train/eager-trainer.js';
import { splitRows } from '../../../../dist/grader/engine/train/split-rows.js';
import { normaliseConfig, normaliseLoss } from '../../programs/keras-config.js';
import { variablesByLayer } from '../../programs/model-values.js';

const [addon, fixtures] = process.argv.slice(2);
const native = loadTensorFlow({ addon });
const trainers = {
  eager: (settings) => new EagerTrainer(settings),
  compiled: (settings) => new CompiledTrainer(native, settings, { shards: 1 }),
};

for (const id of readdirSync(fixtures).sort()) {
  const directory = join(fixtures, id);
  const meta = JSON.parse(readFileSync(join(directory, 'meta.json'), 'utf8'));
  const config = JSON.parse(readFileSync(join(directory, 'model.json'), 'utf8'));
  for (const run of meta.runs) {
    for (const [trainer, make] of Object.entries(trainers)) {
      const result = await replay({ directory, meta, config, run, make });
      console.log(JSON.stringify({ id, run: run.name, trainer, ...result }));
    }
  }
}

async function replay({ directory, meta, config, run, make }) {
  const model = await buildModel(normaliseConfig(config));
  const weights = splitWeights(directory, meta, meta.weights.w0);
  variablesByLayer(model).forEach((variable, index) =>
    variable.assign(tf.tensor(weights[index], variable.shape)),
  );
  const losses = [];
  const trainer = make(settingsFor({ directory, meta, run, model }));
  for (let step = 0; step < meta.steps; step++) {
    const rows = Int32Array.from(
      { length: meta.batch_size },
      (_, row) => step * meta.batch_size + row,
    );
    const outcome = await trainer.trainEpoch({
      batches: [rows],
      learningRate: (own) => own,
      afterStep: () => false,
    });
    losses.push(outcome.logs.loss);
  }
  trainer.updateModel();
  trainer.dispose();
  const reference = run.dense_gradient ?? run;
  return compare({
    model,
    meta,
    weights,
    reference,
    losses,
    expected: splitWeights(directory, meta, reference.w_final),
    tolerance: run.tolerance,
  });
}

function settingsFor({ directory, meta, run, model }) {
  const part = {
    inputs: meta.x.map((array, index) =>
      inputReader(readArray(directory, array), {
        decoding: {},
        modelShape: model.inputs[index].shape.slice(1),
        dtype: array.dtype === 'int32' ? 'int32' : 'float32',
        vocabulary: null,
      }),
    ),
    targets: meta.y.map((array) => labels(readArray(directory, array))),
    ...(meta.sample_weight ? { sampleWeights: readArray(directory, meta.sample_weight).data } : {}),
  };
  const training = part.inputs[0].rows;
  return {
    model,
    recipe: {
      compile: {
        optimizer: run.optimizer,
        outputs: [{ loss: normaliseLoss(meta.loss), metrics: [] }],
      },
      fit: { batch_size: meta.batch_size, class_weight: null },
      augmentation: null,
    },
    training: part,
    validation: part,
    rows: splitRows({ validation_split: 0 }, { training, validation: training }),
    seed: 1,
  };
}

/** Class numbers lie in the fixtures as [rows] or [rows, 1]. */
function labels(array) {
  return array.dtype === 'int32' ? { ...array, shape: [array.shape[0]] } : array;
}

function readArray(directory, { file, shape, dtype }) {
  const bytes = readFileSync(join(directory, file));
  const buffer = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length);
  const data = dtype === 'int32' ? new Int32Array(buffer) : new Float32Array(buffer);
  return { dtype, shape, data };
}

function splitWeights(directory, meta, file) {
  const total = meta.weights.table.reduce((sum, { shape }) => sum + size(shape), 0);
  const { data } = readArray(directory, { file, shape: [total], dtype: 'float32' });
  let start = 0;
  return meta.weights.table.map(({ shape }) => data.subarray(start, (start += size(shape))));
}

function size(shape) {
  return shape.reduce((product, length) => product * length, 1);
}

function compare({ model, meta, weights, reference, losses, expected, tolerance }) {
  let weightError = 0;
  let updateError = 0;
  variablesByLayer(model).forEach((variable, index) => {
    const found = variable.dataSync();
    const wanted = expected[index];
    let [difference, largest, moved] = [0, 0, 0];
    wanted.forEach((value, at) => {
      difference = Math.max(difference, Math.abs(found[at] - value));
      largest = Math.max(largest, Math.abs(value));
      moved = Math.max(moved, Math.abs(value - weights[index][at]));
    });
    weightError = Math.max(weightError, difference / largest);
    if (moved > 1e-6) updateError = Math.max(updateError, difference / moved);
  });
  const lossError = Math.max(
    ...losses.map(
      (loss, step) =>
        Math.abs(loss - reference.loss[step]) / Math.max(1e-3, Math.abs(reference.loss[step])),
    ),
  );
  return { steps: meta.steps, weightError, updateError, lossError, tolerance };
}
