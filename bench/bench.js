// npm run bench [-- --quick]: milliseconds of one training step, ours against plain tfjs-node.
// Both run in this process, in turns, on the same TensorFlow; the ratio is what counts.
import { buildModel } from '../dist/grader/engine/build-model.js';
import { loadTensorFlow } from '../dist/grader/engine/native.js';
import { ensureEngine } from '../dist/grader/engine/setup/ensure-engine.js';
import { tf } from '../dist/grader/engine/tf.js';
import { inputReader } from '../dist/grader/engine/train/batches.js';
import { EagerTrainer } from '../dist/grader/engine/train/eager-trainer.js';
import { seededRandom } from '../dist/grader/random.js';
import { workloads } from './workloads.js';

const isQuick = process.argv.includes('--quick');
const windows = isQuick ? 1 : 5;
const windowSeconds = isQuick ? 0.2 : 1.5;
const adam = { learning_rate: 1e-3, beta_1: 0.9, beta_2: 0.999, epsilon: 1e-7, amsgrad: false };

async function compare(workload, ours, plain) {
  const times = { ours: [], plain: [] };
  for (const step of [ours, plain]) for (let warm = 0; warm < 3; warm++) await step();
  for (let window = 0; window < windows; window++) {
    times.ours.push(await millisecondsPerStep(ours));
    times.plain.push(await millisecondsPerStep(plain));
  }
  const [our, peer] = [median(times.ours), median(times.plain)];
  return {
    workload: workload.name,
    batch: workload.batch,
    'ms/step ours': Number(our.toFixed(2)),
    'ms/step plain tfjs': Number(peer.toFixed(2)),
    ratio: Number((our / peer).toFixed(2)),
  };
}

async function millisecondsPerStep(step) {
  const started = performance.now();
  let steps = 0;
  while (performance.now() - started < windowSeconds * 1000) {
    await step();
    steps += 1;
  }
  return (performance.now() - started) / steps;
}

function median(values) {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];
}

async function ourStep(workload) {
  const model = await buildModel(configOf(workload));
  const { inputs, targets } = data(workload);
  const part = {
    inputs: inputReader(inputs, {
      decoding: {},
      modelShape: workload.input,
      dtype: inputs.dtype,
      vocabulary: null,
    }),
    targets,
  };
  const trainer = new EagerTrainer({
    model,
    recipe: {
      compile: {
        optimizer: { class_name: 'Adam', config: adam },
        loss: { class_name: workload.loss, config: {} },
        metrics: [],
      },
      fit: { batch_size: workload.batch, class_weight: null },
      augmentation: null,
    },
    training: part,
    validation: part,
    random: seededRandom(1),
  });
  const batch = Int32Array.from({ length: workload.batch }, (_, row) => row);
  return () =>
    trainer.trainEpoch({ batches: [batch], learningRate: (own) => own, afterStep: () => false });
}

const plainLosses = {
  MeanSquaredError: 'meanSquaredError',
  BinaryCrossentropy: 'binaryCrossentropy',
  SparseCategoricalCrossentropy: 'sparseCategoricalCrossentropy',
};

async function plainStep(workload) {
  const model = await tf.loadLayersModel(tf.io.fromMemory({ modelTopology: configOf(workload) }));
  model.compile({ optimizer: tf.train.adam(1e-3), loss: plainLosses[workload.loss] });
  const { inputs, targets } = data(workload);
  const x = tf.tensor(inputs.data, inputs.shape, inputs.dtype);
  const shape = workload.classes ? [workload.batch, 1] : targets.shape;
  const y = tf.tensor(Float32Array.from(targets.data), shape, 'float32');
  return () => model.trainOnBatch(x, y);
}

function configOf({ layers, name }) {
  return { class_name: 'Sequential', config: { name: name.replace(/\W+/g, '_'), layers } };
}

function data({ batch, input, output, classes, vocabulary }) {
  const random = seededRandom(1);
  const shape = [batch, ...input];
  const size = shape.reduce((product, length) => product * length, 1);
  const inputs = vocabulary
    ? {
        dtype: 'int32',
        shape,
        data: Int32Array.from({ length: size }, () => random() * vocabulary),
      }
    : { dtype: 'float32', shape, data: Float32Array.from({ length: size }, random) };
  if (classes) {
    const labels = Int32Array.from({ length: batch }, () => random() * classes);
    return { inputs, targets: { dtype: 'int32', shape: [batch], data: labels } };
  }
  const targetShape = [batch, ...output];
  const count = targetShape.reduce((product, length) => product * length, 1);
  const values = Float32Array.from({ length: count }, () => Math.round(random()));
  return { inputs, targets: { dtype: 'float32', shape: targetShape, data: values } };
}

const engine = await ensureEngine({}, ({ text }) => console.error(text));

// TF.js's own layers must be taken for the peer before ours replace them.
loadTensorFlow(engine);
const rows = [];
const peers = [];
for (const workload of workloads) peers.push(await plainStep(workload));
for (const [index, workload] of workloads.entries()) {
  rows.push(await compare(workload, await ourStep(workload), peers[index]));
}
console.log(`TensorFlow ${engine.version}, median of ${windows} windows in turns`);
console.table(rows);
