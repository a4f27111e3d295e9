// node program-text.js ADDON -: small training steps as the text of their programs, a JSON line each.
import { buildModel } from '../../../../dist/grader/engine/model/build-model.js';
import { printProgram } from '../../../../dist/grader/engine/compiled/program/print-program.js';
import {
  gradientProgram,
  updateProgram,
} from '../../../../dist/grader/engine/compiled/training/step-programs.js';
import { loadTensorFlow } from '../../../../dist/grader/engine/tensorflow/native.js';
import { seedRandomLayers } from '../../../../dist/grader/engine/tensorflow/randomness.js';
import { Optimizer } from '../../../../dist/grader/engine/train/optimizer.js';
import { TrainingStep } from '../../../../dist/grader/engine/train/training-step.js';

loadTensorFlow({ addon: process.argv[2] });

const layer = (class_name, name, config = {}) => ({ class_name, config: { name, ...config } });
const loss = (class_name) => ({ class_name, config: {} });
const sigmoid = { recurrent_activation: 'sigmoid' };
const words = layer('Embedding', 'words', { input_dim: 9, output_dim: 3 });
const maskedWords = layer('Embedding', 'words', { ...words.config, mask_zero: true });

const tasks = [
  {
    name: 'dense',
    input: [3],
    layers: [
      layer('Dense', 'hidden', { units: 4, activation: 'relu' }),
      layer('Dense', 'out', { units: 1 }),
    ],
    metrics: ['mae'],
  },
  {
    name: 'embedding and mean',
    ...{ input: [5], dtype: 'int32' },
    layers: [words, layer('GlobalAveragePooling1D', 'mean'), layer('Dense', 'out', { units: 1 })],
  },
  {
    name: 'convolution, batch normalization, dropout',
    input: [6, 6, 1],
    layers: [
      layer('Conv2D', 'conv', { filters: 2, kernel_size: [3, 3], activation: 'relu' }),
      layer('BatchNormalization', 'norm'),
      layer('Flatten', 'flat'),
      layer('Dropout', 'drop', { rate: 0.5 }),
      layer('Dense', 'out', { units: 3, activation: 'softmax' }),
    ],
    ...{ loss: loss('SparseCategoricalCrossentropy'), metrics: ['accuracy'], labels: true },
  },
  {
    name: 'LSTM',
    input: [7, 2],
    layers: [layer('LSTM', 'lstm', { units: 3, ...sigmoid }), layer('Dense', 'out', { units: 1 })],
  },
  {
    name: 'masked GRU',
    ...{ input: [7], dtype: 'int32' },
    layers: [
      maskedWords,
      layer('GRU', 'gru', { units: 3, ...sigmoid, reset_after: true }),
      layer('Dense', 'out', { units: 1 }),
    ],
  },
];

for (const { name, ...task } of tasks) {
  const step = await stepOf(task);
  print(name, gradientProgram(step, sourceOf(task), { batch: 4, usesGpu: false }));
}

const embedding = tasks.find(({ name }) => name === 'embedding and mean');
print(
  'embedding and mean, on a GPU',
  gradientProgram(await stepOf(embedding), sourceOf(embedding), { batch: 4, usesGpu: true }),
);

const dense = await stepOf(tasks[0]);
const adam = { learning_rate: 0.01, beta_1: 0.9, beta_2: 0.999, epsilon: 1e-7 };
print('update by Adam', updateProgram(dense, new Optimizer(layerless('Adam', adam))));
const clipped = layerless('Nadam', { ...adam, global_clipnorm: 1 });
print('update by Nadam, clipped', updateProgram(dense, new Optimizer(clipped)));

function layerless(class_name, config) {
  return { class_name, config };
}

async function stepOf({ input, layers, metrics = [], loss: own }) {
  const [first, ...rest] = layers;
  const config = { ...first.config, batch_input_shape: [null, ...input] };
  const model = await buildModel({
    class_name: 'Sequential',
    config: { name: 'model', layers: [{ ...first, config }, ...rest] },
  });
  seedRandomLayers(model, 1);
  return new TrainingStep(model, {
    outputs: [{ loss: own ?? loss('MeanSquaredError'), metrics }],
  });
}

function sourceOf({ input, dtype = 'float32', labels }) {
  const form = (stored) => stored;
  const reader = (shape, type) => ({ array: { shape: [4, ...shape] }, rows: 4, dtype: type, form });
  const targets = labels ? reader([], 'int32') : reader([1], 'float32');
  const inputs = [reader(input, dtype)];
  return { inputs, targets: [targets], isWeighted: false, augmentation: null };
}

function print(name, program) {
  console.log(JSON.stringify({ name, text: printProgram(program) }));
}
