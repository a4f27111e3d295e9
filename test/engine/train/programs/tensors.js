// node tensors.js ADDON -: tensors alive after few and after many epochs of training, as JSON.
import { buildModel } from '../../../../dist/grader/engine/model/build-model.js';
import { disposeModel } from '../../../../dist/grader/engine/model/model.js';
import { loadTensorFlow } from '../../../../dist/grader/engine/tensorflow/native.js';
import { tf } from '../../../../dist/grader/engine/tensorflow/tf.js';
import { inputReader } from '../../../../dist/grader/engine/rows/batches.js';
import { CompiledTrainer } from '../../../../dist/grader/engine/compiled/training/compiled-trainer.js';
import { EagerTrainer } from '../../../../dist/grader/engine/train/eager-trainer.js';
import { fit } from '../../../../dist/grader/engine/train/fit.js';
import { splitRows } from '../../../../dist/grader/engine/train/split-rows.js';

const native = loadTensorFlow({ addon: process.argv[2] });
const trainers = [
  (settings) => new EagerTrainer(settings),
  (settings) => new CompiledTrainer(native, settings, { shards: 1 }),
];

const layer = (class_name, config = {}) => ({ class_name, config });
const recurrent = { units: 3, return_sequences: true, dropout: 0.2, recurrent_dropout: 0.2 };
const sequence = [
  layer('Conv1D', {
    filters: 3,
    kernel_size: 3,
    padding: 'causal',
    batch_input_shape: [null, 8, 1],
  }),
  layer('BatchNormalization'),
  layer('LSTM', { units: 3, recurrent_activation: 'sigmoid', return_sequences: true }),
  layer('GRU', { ...recurrent, reset_after: true }),
  layer('Dropout', { rate: 0.5 }),
  layer('Dense', { units: 1, kernel_regularizer: layer('L1L2', { l1: 0.01, l2: 0.01 }) }),
];
const picture = [
  layer('Conv2D', { filters: 2, kernel_size: [3, 3], batch_input_shape: [null, 8, 8, 3] }),
  layer('Flatten'),
  layer('Dense', { units: 1 }),
];
const augmentation = {
  ...{ rotation_range: 20, width_shift_range: 0.1, height_shift_range: 0.1, shear_range: 5 },
  ...{ zoom_range: [0.8, 1.2], horizontal_flip: true, vertical_flip: false },
  ...{ fill_mode: 'nearest', cval: 0, channel_shift_range: 0.1, brightness_range: [0.5, 1.5] },
  ...{ samplewise_center: true, samplewise_std_normalization: true },
};

const few = await tensorsAfter(2);
const many = await tensorsAfter(12);
console.log(JSON.stringify({ few, many }));

async function tensorsAfter(epochs) {
  const before = tf.memory().numTensors;
  for (const make of trainers) {
    const task = { make, epochs };
    await train(sequence, { ...task, shape: [20, 8, 1], target: [20, 8, 1], augmentation: null });
    await train(picture, { ...task, shape: [20, 8, 8, 3], target: [20, 1], augmentation });
  }
  return tf.memory().numTensors - before;
}

async function train(layers, { make, shape, target, epochs, augmentation }) {
  const model = await buildModel(layer('Sequential', { name: 'm', layers }));
  const filled = (size) => Float32Array.from({ length: size.reduce((a, b) => a * b) }, Math.random);
  const inputs = { dtype: 'float32', shape, data: filled(shape) };
  const settings = { decoding: {}, modelShape: shape.slice(1), dtype: 'float32', vocabulary: null };
  const part = {
    inputs: [inputReader(inputs, settings)],
    targets: [{ dtype: 'float32', shape: target, data: filled(target) }],
  };
  const adam = { learning_rate: 0.01, beta_1: 0.9, beta_2: 0.999, epsilon: 1e-7 };
  const recipe = {
    compile: {
      optimizer: layer('Adam', adam),
      outputs: [{ loss: layer('MeanSquaredError'), metrics: ['mae'] }],
    },
    fit: {
      ...{
        epochs,
        batch_size: 8,
        steps_per_epoch: null,
        validation_split: 0.2,
        validation_freq: 1,
      },
      ...{ shuffle: true, seed: null, class_weight: null },
      callbacks: [
        layer('ModelCheckpoint', { monitor: 'val_loss', mode: 'auto', save_best_only: true }),
      ],
    },
    augmentation,
  };
  const rows = splitRows(recipe.fit, { training: 20, validation: 20 });
  const trainer = make({ model, recipe, training: part, validation: part, rows, seed: 1 });
  await fit({
    ...{ trainer, fit: recipe.fit, rows, seed: 1 },
    deadline: Infinity,
    isInterrupted: () => false,
    onBatch: () => undefined,
    onValidation: () => undefined,
    onEpoch: () => undefined,
  });
  trainer.dispose();
  disposeModel(model);
}
