// node leaks.js ADDON - [STEPS] [CYCLES]: resident memory over many steps of one trainer and over
// many trainers that are made, used and disposed of; one JSON line each.
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { buildModel } from '../../../dist/grader/engine/model/build-model.js';
import { CompiledTrainer } from '../../../dist/grader/engine/compiled/training/compiled-trainer.js';
import { loadTensorFlow } from '../../../dist/grader/engine/tensorflow/native.js';
import { tf } from '../../../dist/grader/engine/tensorflow/tf.js';
import { inputReader } from '../../../dist/grader/engine/rows/batches.js';
import { splitRows } from '../../../dist/grader/engine/train/split-rows.js';

setFlagsFromString('--expose-gc');
const gc = runInNewContext('gc');

const [, , addon, , steps = '20000', cycles = '200'] = process.argv;
const native = loadTensorFlow({ addon });
const layer = (class_name, config = {}) => ({ class_name, config });
const batch = 16;
const batches = (count) =>
  Array.from({ length: count }, () => Int32Array.from({ length: batch }, (_, row) => row));
const settings = await settingsOf([
  layer('Dense', { units: 16, activation: 'relu', batch_input_shape: [null, 8] }),
  layer('BatchNormalization'),
  layer('Dropout', { rate: 0.2 }),
  layer('Dense', { units: 1 }),
]);

growYoungGeneration();
await inOneTrainer(Number(steps));
await inManyTrainers(Number(cycles));

async function settingsOf(layers) {
  const model = await buildModel(layer('Sequential', { name: 'model', layers }));
  const array = (...shape) => {
    const length = shape.reduce((product, size) => product * size);
    return { dtype: 'float32', shape, data: Float32Array.from({ length }, Math.random) };
  };
  const reader = { decoding: {}, modelShape: [8], dtype: 'float32', vocabulary: null };
  const part = { inputs: [inputReader(array(64, 8), reader)], targets: [array(64, 1)] };
  const adam = { learning_rate: 0.01, beta_1: 0.9, beta_2: 0.999, epsilon: 1e-7 };
  const outputs = [{ loss: layer('MeanSquaredError'), metrics: ['mae'] }];
  const compile = { optimizer: layer('Adam', adam), outputs };
  const recipe = { compile, fit: { batch_size: batch, class_weight: null }, augmentation: null };
  const rows = splitRows({ validation_split: 0 }, { training: 64, validation: 64 });
  return { model, recipe, training: part, validation: part, rows, seed: 1 };
}

/** V8 gives the young generation more room once, which is no leak; here it gets it at the start. */
function growYoungGeneration() {
  for (let round = 0; round < 20; round++) {
    const alive = Array.from({ length: 100_000 }, (_, at) => ({ at }));
    alive.length = 0;
  }
}

async function inOneTrainer(count) {
  const trainer = new CompiledTrainer(native, settings, { shards: 1 });
  const part = Math.ceil(count / 10);
  const readings = [];
  for (let done = 0; done < count; done += part) {
    await train(trainer, part);
    readings.push(reading());
  }
  trainer.dispose();
  report('steps', count, readings);
}

async function inManyTrainers(count) {
  const part = Math.ceil(count / 10);
  const readings = [];
  for (let cycle = 1; cycle <= count; cycle++) {
    const trainer = new CompiledTrainer(native, settings, { shards: 1 });
    await train(trainer, 2);
    await trainer.evaluate(
      'validation',
      Int32Array.from({ length: 32 }, (_, row) => row),
    );
    const snapshot = trainer.snapshot();
    trainer.restore(snapshot);
    snapshot.dispose();
    trainer.updateModel();
    trainer.dispose();
    if (cycle % part === 0) readings.push(reading());
  }
  report('cycles', count, readings);
}

function train(trainer, count) {
  const given = { learningRate: (own) => own, afterStep: () => false };
  return trainer.trainEpoch({ ...given, batches: batches(count) });
}

function reading() {
  gc();
  return { megabytes: process.memoryUsage().rss / 2 ** 20, tensors: tf.memory().numTensors };
}

/** The first reading is the warm-up's; the last is compared with the second. */
function report(name, count, readings) {
  const [, early] = readings;
  const late = readings.at(-1);
  const megabytes = readings.map((each) => Number(each.megabytes.toFixed(1)));
  const tensors = late.tensors - early.tensors;
  const growth = late.megabytes / early.megabytes - 1;
  console.log(JSON.stringify({ name, count, growth, tensors, megabytes }));
}
