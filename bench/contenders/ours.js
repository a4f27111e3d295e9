import { readArray } from '../../dist/grader/array-file.js';
import { buildModel } from '../../dist/grader/engine/model/build-model.js';
import { CompiledTrainer } from '../../dist/grader/engine/compiled/training/compiled-trainer.js';
import { Predictor } from '../../dist/grader/engine/compiled/prediction/predictor.js';
import { loadTensorFlow } from '../../dist/grader/engine/tensorflow/native.js';
import { BatchOrder } from '../../dist/grader/engine/train/batch-order.js';
import { batchesOf, inputReader, rowNumbers } from '../../dist/grader/engine/rows/batches.js';
import { splitRows } from '../../dist/grader/engine/train/split-rows.js';
import { seededRandom } from '../../dist/grader/random.js';
import { checkedRows, readJob, sequential, serve } from './serve.js';

const { workload, setting, data, addon } = await readJob();
const { batch, rows, input, loss, optimizer, metrics } = workload;
Math.random = seededRandom(1);
const native = loadTensorFlow({ addon });

const model = await buildModel(sequential(workload));
const inputs = await readArray(data.inputs);
const reader = inputReader(inputs, {
  decoding: {},
  modelShape: input,
  dtype: inputs.dtype,
  vocabulary: null,
});
const part = { inputs: [reader], targets: [await readArray(data.targets)] };
const fit = { batch_size: batch, steps_per_epoch: null, shuffle: true, class_weight: null };
const settings = {
  model,
  recipe: { compile: { optimizer, outputs: [{ loss, metrics }] }, fit, augmentation: null },
  training: part,
  validation: part,
  rows: splitRows({ validation_split: 0 }, { training: rows, validation: batch }),
  seed: 2,
};
const trainer = new CompiledTrainer(native, settings, { shards: setting.shards });
const all = rowNumbers(rows);
const order = new BatchOrder(all, fit, 3);
let predictor = null;

async function lossOf(from, to) {
  const { logs } = await epoch(batchesOf(all.subarray(from, to), batch), Infinity);
  return logs.loss;
}

function epoch(batches, end) {
  return trainer.trainEpoch({
    batches,
    learningRate: (own) => own,
    afterStep: () => performance.now() >= end,
  });
}

/** With the weights of the first prediction. */
function makePredictor() {
  trainer.updateModel();
  const finish = (outputs) => outputs;
  const rest = rows % batch;
  const batches = rest ? [batch, rest] : [batch];
  return new Predictor(native.binding, {
    model,
    inputs: [reader],
    finish,
    batches,
    parallel: setting.interOp,
  });
}

function predictAll() {
  const rest = (rows % batch) * (inputs.data.length / rows);
  const whole = inputs.data.length - rest;
  predictor.predict([inputs.data.subarray(0, whole)], batch);
  if (rest > 0) predictor.predict([inputs.data.subarray(whole)], rows % batch);
}

const contender = {
  firstStep: () => lossOf(0, batch),
  check: () => lossOf(checkedRows(workload).from, checkedRows(workload).to),
  async train(seconds) {
    const end = performance.now() + seconds * 1000;
    let steps = 0;
    while (performance.now() < end) steps += (await epoch(order.epoch(), end)).steps;
    return steps;
  },
  async predict(seconds) {
    predictor ??= makePredictor();
    const end = performance.now() + seconds * 1000;
    let done = 0;
    for (; performance.now() < end; done += rows) predictAll();
    return done;
  },
};

await serve(contender, { node: process.versions.node, tensorflow: native.version });
