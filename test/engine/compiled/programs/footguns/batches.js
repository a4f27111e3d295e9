// Batches and their rests, weights of rows, clipping, and what ends a training.
import { tf } from '../../../../../dist/grader/engine/tensorflow/tf.js';
import { applied } from '../../../programs/model-values.js';
import { variablesOf } from '../../../../../dist/grader/engine/model/model.js';
import {
  adam,
  apart,
  compiled,
  dense,
  eager,
  isSame,
  layer,
  randomRows,
  rowsUpTo,
  sgd,
} from './training.js';

const line = { inputs: randomRows(21, 3), targets: randomRows(21, 1, 2), layers: [dense(1)] };
const all = rowsUpTo(21);
const inBatches = (size) =>
  Array.from({ length: Math.ceil(21 / size) }, (_, at) => all.slice(at * size, (at + 1) * size));

/** What one step at a rate of 1 takes from each weight: its gradient, clipped or not. */
async function gradientOf(native, task, rows = all) {
  const trainer = await compiled(native, task);
  const before = trainer.weights();
  const { logs } = await trainer.steps([rows]);
  const after = trainer.weights();
  trainer.dispose();
  const gradient = before.map((values, at) => values.map((value, i) => value - after[at][i]));
  return { gradient, loss: logs.loss };
}

const norm = (values) => Math.hypot(...values.flat());
const mean = (values) => values.reduce((sum, value) => sum + value, 0) / values.length;

/** Predictions of the model at its start, one row of numbers for each row. */
async function predictionsOf(task) {
  const { model, dispose } = await startOf(task);
  const predictions = tf.tidy(() => applied(model, tf.tensor(task.inputs)).arraySync());
  dispose();
  return predictions;
}

async function startOf(task) {
  const trainer = await eager(task);
  return { model: trainer.model, dispose: () => trainer.dispose() };
}

async function errorsOf(task) {
  const predictions = await predictionsOf(task);
  return task.targets.map(([target], row) => predictions[row][0] - target);
}

const embedding = (output_dim) => layer('Embedding', { input_dim: 6, output_dim });
const words = (width) => ({
  ...{ words: true, inputs: [[3, 3, 3, 3]], targets: [[-1e6]], loss: layer('MeanAbsoluteError') },
  layers: [embedding(width), layer('Flatten'), dense(1)],
});

/** One word four times: its row gets the kernel's four parts, the other rows nothing. */
async function repeatedWord(native, width) {
  const [table] = (await gradientOf(native, words(width), [0])).gradient;
  const { model, dispose } = await startOf(words(width));
  const kernel = Array.from(variablesOf(model)[1].dataSync());
  dispose();
  const sums = rowsUpTo(width).map((at) =>
    [0, 1, 2, 3].reduce((sum, time) => sum + kernel[time * width + at], 0),
  );
  const row = table.slice(3 * width, 4 * width);
  const others = norm([...table.slice(0, 3 * width), ...table.slice(4 * width)]);
  return { width, row: apart(sums, row), others };
}

/** Large enough that the gradient of the mean is a broadcast, which is never written out. */
const meanOfWords = {
  words: true,
  inputs: rowsUpTo(20).map((row) => rowsUpTo(6).map((at) => (row * at + row) % 6)),
  targets: randomRows(20, 1, 2),
  layers: [embedding(16), layer('GlobalAveragePooling1D'), dense(1)],
};

/** Row 17 has a value that is not a number: with batches of 4 it comes in the fifth step. */
async function untilNotFinite(trainer) {
  const batches = Array.from({ length: 12 }, (_, step) =>
    rowsUpTo(4).map((row) => (4 * step + row) % 21),
  );
  const { steps, wasStopped, calls, logs } = await trainer.steps(batches);
  trainer.dispose();
  return { steps, wasStopped, calls, lossIsFinite: Number.isFinite(logs.loss) };
}

async function messageOf(work) {
  try {
    await work();
    return null;
  } catch (error) {
    return String(error.message).slice(0, 300);
  }
}

async function ofRow(trainer, row) {
  const message = await messageOf(() => trainer.steps([[0, row]]));
  trainer.dispose();
  return message;
}

export const batchTraps = {
  'rest of the rows': async (native) => {
    const task = { ...line, batch: 8, optimizer: sgd({ learning_rate: 0.1 }) };
    const atThird = () => {
      let step = 0;
      return () => (step++ === 2 ? 0.1 : 0);
    };
    const run = async (trainer) => {
      const before = trainer.weights();
      const { steps } = await trainer.steps(inBatches(8), atThird());
      const weights = trainer.weights();
      trainer.dispose();
      return { before, steps, weights };
    };
    const graph = await run(await compiled(native, task));
    const byOp = await run(await eager(task));
    return {
      steps: graph.steps,
      moved: apart(graph.before, graph.weights),
      fromEager: apart(byOp.weights, graph.weights),
    };
  },

  'metrics of a rest': async (native) => {
    const errors = await errorsOf(line);
    const trainer = await compiled(native, { ...line, batch: 8, metrics: ['mae', 'mse'] });
    const training = (await trainer.steps(inBatches(8), () => 0)).logs;
    const evaluation = await trainer.evaluate(all);
    trainer.dispose();
    const wanted = {
      mae: mean(errors.map(Math.abs)),
      mse: mean(errors.map((error) => error ** 2)),
    };
    const off = (logs) =>
      apart([wanted.mse, wanted.mae, wanted.mse], [logs.loss, logs.mae, logs.mse]);
    const ofBatches = mean(inBatches(8).map((rows) => mean(rows.map((row) => errors[row] ** 2))));
    return {
      training: off(training),
      evaluation: off(evaluation),
      // Were this small, a mean of means would pass as well.
      meanOfMeans: apart([wanted.mse], [ofBatches]),
    };
  },

  'weights of rows': async (native) => {
    const errors = await errorsOf(line);
    const sampleWeights = all.map((row) => (row === 4 ? 3 : row === 7 ? 0.5 : 0));
    const { gradient, loss } = await gradientOf(native, { ...line, sampleWeights });
    const wanted = (3 * errors[4] ** 2 + 0.5 * errors[7] ** 2) / 21;
    const [, [bias]] = gradient;
    const slope = (2 * (3 * errors[4] + 0.5 * errors[7])) / 21;
    return { loss: apart([wanted], [loss]), gradient: apart([slope], [bias]) };
  },

  'weights of classes': async (native) => {
    const labels = all.map((row) => row % 3);
    const task = {
      ...{ inputs: line.inputs, targets: labels, labels: true, metrics: ['accuracy'] },
      ...{ layers: [dense(3, { activation: 'softmax' })], classWeights: { 0: 2, 2: 0.25 } },
      loss: layer('SparseCategoricalCrossentropy'),
    };
    const shares = await predictionsOf({ ...task, targets: labels });
    const losses = labels.map((label, row) => -Math.log(shares[row][label]));
    const wanted = mean(losses.map((loss, row) => loss * [2, 1, 0.25][labels[row]]));
    const { loss } = await gradientOf(native, task);
    return { loss: apart([wanted], [loss]) };
  },

  clipping: async (native) => {
    const task = {
      ...line,
      targets: randomRows(21, 1, 2).map(([target]) => [target + 50]),
      layers: [dense(4), dense(1)],
    };
    const clipped = async (config) =>
      (await gradientOf(native, { ...task, optimizer: sgd(config) })).gradient;
    const whole = await clipped({});
    const byNorm = await clipped({ clipnorm: 0.1 });
    const byGlobalNorm = await clipped({ global_clipnorm: 0.1 });
    const byValue = await clipped({ clipvalue: 0.05 });
    const scaled = (gradients, limit) =>
      gradients.map((values) => values.map((value) => (value * limit) / norm(gradients)));
    return {
      smallest: Math.min(...whole.map(norm)),
      norms: apart(
        byNorm,
        whole.flatMap((values) => scaled([values], 0.1)),
      ),
      globalNorm: apart(byGlobalNorm, scaled(whole, 0.1)),
      values: apart(
        byValue,
        whole.map((values) => values.map((value) => Math.max(-0.05, Math.min(0.05, value)))),
      ),
    };
  },

  'repeated words': async (native) => {
    const byOp = await eager(meanOfWords);
    await byOp.steps([rowsUpTo(20)]);
    const wanted = byOp.weights();
    byOp.dispose();
    const graph = await compiled(native, meanOfWords);
    await graph.steps([rowsUpTo(20)]);
    const mean = apart(wanted, graph.weights());
    graph.dispose();
    return { tables: [await repeatedWord(native, 2), await repeatedWord(native, 40)], mean };
  },

  'a value that is not finite': async (native) => {
    const inputs = line.inputs.map((row, at) => (at === 17 ? [0, NaN, 0] : row));
    const task = { ...line, inputs, batch: 4, optimizer: adam };
    const options = { stepsPerCall: 12 };
    const runs = {
      graph: await untilNotFinite(await compiled(native, task, options)),
      shards: await untilNotFinite(await compiled(native, task, { ...options, shards: 2 })),
      eager: await untilNotFinite(await eager(task)),
    };
    const whole = await untilNotFinite(await compiled(native, { ...line, batch: 4 }, options));
    return { ...runs, whole };
  },

  'a row that is not there': async (native) => {
    const task = { ...line, batch: 2 };
    return {
      above: await ofRow(await compiled(native, task), 21),
      below: await ofRow(await compiled(native, task), -1),
    };
  },

  'a word that is not there': async (native) => ({
    message: await ofRow(await compiled(native, { ...words(2), batch: 2, ...outOfTable }), 1),
  }),

  'a training after an error': async (native) => {
    const trainer = await compiled(native, { ...line, batch: 2 });
    const before = trainer.weights();
    const message = await messageOf(() => trainer.steps([[0, 99]]));
    const isUnmoved = isSame(before, trainer.weights());
    const { steps } = await trainer.steps([[0, 1]]);
    trainer.dispose();
    return { hasFailed: message !== null, isUnmoved, steps };
  },
};

const outOfTable = {
  inputs: [
    [1, 2, 3, 4],
    [1, 2, 6, 4],
  ],
  targets: [[0], [0]],
};
