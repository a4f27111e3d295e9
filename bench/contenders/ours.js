import { readArray } from '../../dist/grader/array-file.js';
import { buildModel } from '../../dist/grader/engine/build-model.js';
import { loadTensorFlow } from '../../dist/grader/engine/native.js';
import { predict } from '../../dist/grader/engine/predict.js';
import { BatchOrder } from '../../dist/grader/engine/train/batch-order.js';
import { batchesOf, inputReader, rowNumbers } from '../../dist/grader/engine/train/batches.js';
import { EagerTrainer } from '../../dist/grader/engine/train/eager-trainer.js';
import { seededRandom } from '../../dist/grader/random.js';
import { checkedRows, readJob, sequential, serve } from './serve.js';

const { workload, data, addon } = await readJob();
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
const part = { inputs: reader, targets: await readArray(data.targets) };
const fit = { batch_size: batch, steps_per_epoch: null, shuffle: true, class_weight: null };
const trainer = new EagerTrainer({
  model,
  recipe: { compile: { loss, optimizer, metrics }, fit, augmentation: null },
  training: part,
  validation: part,
  random: seededRandom(2),
});
const order = new BatchOrder(rowNumbers(rows), fit, 3);

async function lossOf(from, to) {
  const batches = batchesOf(rowNumbers(rows).subarray(from, to), batch);
  const { logs } = await epoch(batches, Infinity);
  return logs.loss;
}

function epoch(batches, end) {
  return trainer.trainEpoch({
    batches,
    learningRate: (own) => own,
    afterStep: () => performance.now() >= end,
  });
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
    const end = performance.now() + seconds * 1000;
    let done = 0;
    while (performance.now() < end) {
      await predict({ model, reader, areLogits: false, onProgress: () => undefined });
      done += rows;
    }
    return done;
  },
};

await serve(contender, { node: process.versions.node, tensorflow: native.version });
