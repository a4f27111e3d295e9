import { createRequire } from 'node:module';
import { readArray } from '../../dist/grader/array-file.js';
import { seededRandom } from '../../dist/grader/random.js';
import { checkedRows, readJob, sequential, serve } from './serve.js';

// Whole, before the engine puts empty modules in the place of what it does not use.
const tf = createRequire(import.meta.url)('@tensorflow/tfjs');
const { loadTensorFlow } = await import('../../dist/grader/engine/tensorflow/native.js');

const losses = {
  MeanSquaredError: 'meanSquaredError',
  BinaryCrossentropy: 'binaryCrossentropy',
  SparseCategoricalCrossentropy: 'sparseCategoricalCrossentropy',
  Huber: tf.losses.huberLoss,
};

const { workload, data, addon } = await readJob();
const { batch, loss, metrics } = workload;
Math.random = seededRandom(1);
const native = loadTensorFlow({ addon });
allowCausalPadding();

const model = await tf.loadLayersModel(tf.io.fromMemory({ modelTopology: sequential(workload) }));
model.compile({
  optimizer: makeOptimizer(workload.optimizer),
  loss: losses[loss.class_name],
  metrics,
});
const x = tensorOf(await readArray(data.inputs));
const y = targetsOf(await readArray(data.targets));

function makeOptimizer({ class_name, config }) {
  if (class_name === 'SGD') return tf.train.momentum(config.learning_rate, config.momentum);
  return tf.train.adam(config.learning_rate, config.beta_1, config.beta_2, config.epsilon);
}

function tensorOf({ data: values, shape, dtype }) {
  return tf.tensor(values, shape, dtype);
}

/** TF.js's sparse losses want class numbers as float32 in a column. */
function targetsOf(targets) {
  if (targets.dtype === 'float32') return tensorOf(targets);
  return tf.tensor2d(Float32Array.from(targets.data), [targets.data.length, 1]);
}

/** TF.js Layers has no causal Conv1D: zeros on the left, then a valid convolution. */
function allowCausalPadding() {
  const prototype = Object.getPrototypeOf(tf.layers.conv1d({ filters: 1, kernelSize: 1 }));
  const { call, computeOutputShape } = prototype;
  const withPadding = (layer, padding, work) => {
    layer.padding = padding;
    try {
      return work();
    } finally {
      layer.padding = 'causal';
    }
  };
  prototype.computeOutputShape = function (shape) {
    if (this.padding !== 'causal') return computeOutputShape.call(this, shape);
    return withPadding(this, 'same', () => computeOutputShape.call(this, shape));
  };
  prototype.call = function (inputs, options) {
    if (this.padding !== 'causal') return call.call(this, inputs, options);
    return withPadding(this, 'valid', () =>
      tf.tidy(() => {
        const [input] = [inputs].flat();
        const left = [[0, 0], [this.kernelSize[0] - 1, 0], [0, 0]]; // prettier-ignore
        return call.call(this, tf.pad(input, left), options);
      }),
    );
  };
}

async function lossOf(from, to) {
  const [inputs, targets] = [x, y].map((tensor) => tf.slice(tensor, [from], [to - from]));
  const fitted = await model.fit(inputs, targets, { ...once, shuffle: false });
  tf.dispose([inputs, targets]);
  return fitted.history.loss[0];
}

const once = { batchSize: batch, epochs: 1, verbose: 0, yieldEvery: 'never' };

const contender = {
  firstStep: () => lossOf(0, batch),
  check: () => lossOf(checkedRows(workload).from, checkedRows(workload).to),
  async train(seconds) {
    const end = performance.now() + seconds * 1000;
    let steps = 0;
    const onBatchEnd = () => {
      steps += 1;
      if (performance.now() >= end) model.stopTraining = true;
    };
    await model.fit(x, y, { ...once, epochs: 1_000_000, callbacks: { onBatchEnd } });
    return steps;
  },
  async predict(seconds) {
    const end = performance.now() + seconds * 1000;
    let done = 0;
    while (performance.now() < end) {
      const output = model.predict(x, { batchSize: batch });
      await output.data();
      output.dispose();
      done += workload.rows;
    }
    return done;
  },
};

await serve(contender, {
  node: process.versions.node,
  tfjs: tf.version_core,
  tensorflow: native.version,
});
