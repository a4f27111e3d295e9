// node gradient-norms.js ADDON: twelve steps, of which two are measured, and again all of them; a JSON line
// for each model and trainer.
import { Buffer } from 'node:buffer';
import { CompiledTrainer } from '../../../../dist/grader/engine/compiled/training/compiled-trainer.js';
import { loadTensorFlow } from '../../../../dist/grader/engine/tensorflow/native.js';
import { EagerTrainer } from '../../../../dist/grader/engine/train/eager-trainer.js';
import { models } from '../../programs/replay/models.js';
import { optimizers } from '../../programs/replay/options.js';
import { train } from '../../programs/replay/run.js';

const native = loadTensorFlow({ addon: process.argv[2] });
const tasks = {
  plain: { model: models['activation tanh'] },
  clipped: { model: models['activation tanh'], optimizer: optimizers['Adam global_clipnorm'] },
  constrained: {
    model: models['regularized and constrained'],
    optimizer: optimizers['SGD Nesterov'],
  },
  'drawing at random': { model: models.Dropout },
  'moving statistics': { model: models.BatchNormalization },
  words: { model: models['Embedding and mean, masked'] },
  recurrent: { model: models['LSTM stacked, sequences, backwards'] },
  'in shards': { model: models['activation tanh'], shards: 2 },
};
const steps = 12;

for (const [name, task] of Object.entries(tasks)) {
  const makers = {
    eager: (settings) => new EagerTrainer(settings),
    compiled: (settings) => new CompiledTrainer(native, settings, { shards: task.shards ?? 1 }),
  };
  for (const [kind, make] of Object.entries(makers)) {
    const fitted = (epochs) => {
      const fit = { ...task.fit, epochs, steps_per_epoch: steps / epochs };
      return train({ ...task, fit }, make);
    };
    const [some, all] = [await fitted(1), await fitted(steps)];
    const isEqual = some.weights.every((weight, at) =>
      bytes(weight).equals(bytes(all.weights[at])),
    );
    console.log(JSON.stringify({ name, kind, isEqual, some: some.norms, all: all.norms }));
  }
}

function bytes({ buffer, byteOffset, byteLength }) {
  return Buffer.from(buffer, byteOffset, byteLength);
}
