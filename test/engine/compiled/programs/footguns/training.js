// Small trainings whose every step can be looked at.
import { buildModel } from '../../../../../dist/grader/engine/model/build-model.js';
import {
  disposeModel,
  variableOf,
  variablesOf,
} from '../../../../../dist/grader/engine/model/model.js';
import { CompiledTrainer } from '../../../../../dist/grader/engine/compiled/training/compiled-trainer.js';
import { tf } from '../../../../../dist/grader/engine/tensorflow/tf.js';
import { inputReader } from '../../../../../dist/grader/engine/rows/batches.js';
import { EagerTrainer } from '../../../../../dist/grader/engine/train/eager-trainer.js';
import { splitRows } from '../../../../../dist/grader/engine/train/split-rows.js';
import { seededRandom } from '../../../../../dist/grader/random.js';

export const layer = (class_name, config = {}) => ({ class_name, config });
export const dense = (units, config = {}) => layer('Dense', { units, ...config });
export const sgd = (config = {}) => layer('SGD', { learning_rate: 1, ...config });
export const adam = layer('Adam', {
  ...{ learning_rate: 0.01, beta_1: 0.9, beta_2: 0.999, epsilon: 1e-3 },
});

/**
 * A task with its own model: `layers`, `inputs` and `targets` as nested arrays, `start` to fill the
 * weights with; everything else has a default.
 */
export async function settingsOf(task) {
  const inputs = arrayOf(task.inputs, task.words ? 'int32' : 'float32');
  const [first, ...rest] = task.layers;
  const batch_input_shape = [null, ...inputs.shape.slice(1)];
  const layers = [{ ...first, config: { ...first.config, batch_input_shape } }, ...rest];
  const model = await buildModel(layer('Sequential', { name: 'model', layers }));
  fill(model, task.start ?? seededRandom(3));
  return { ...settingsFor(model, { ...task, inputs }), model };
}

function settingsFor(model, task) {
  const { inputs, loss = layer('MeanSquaredError'), metrics = ['mae'], optimizer = sgd() } = task;
  const modelShape = inputs.shape.slice(1);
  const reader = { decoding: {}, modelShape, dtype: inputs.dtype, vocabulary: null };
  const targets = arrayOf(task.targets, task.labels ? 'int32' : 'float32');
  const part = { inputs: [inputReader(inputs, reader)], targets: [targets] };
  const count = inputs.shape[0];
  const sampleWeights = task.sampleWeights && Float32Array.from(task.sampleWeights);
  return {
    recipe: {
      compile: { optimizer, outputs: [{ loss, metrics }] },
      fit: { batch_size: task.batch ?? count, class_weight: task.classWeights ?? null },
      augmentation: null,
    },
    training: { ...part, ...(sampleWeights ? { sampleWeights } : {}) },
    validation: part,
    rows: splitRows({ validation_split: 0 }, { training: count, validation: count }),
    seed: task.seed ?? 5,
  };
}

function arrayOf(nested, dtype) {
  const { shape } = tf.tidy(() => tf.tensor(nested));
  const Values = dtype === 'int32' ? Int32Array : Float32Array;
  return { dtype, shape, data: Values.from(nested.flat(Infinity)) };
}

/** Numbers from -0.5 to 0.5, or what `next` gives. */
function fill(model, next) {
  for (const weight of model.weights) {
    const variable = variableOf(model, weight);
    const { shape, size } = variable;
    const isVariance = weight.name.includes('variance');
    const draw = () =>
      next() - (typeof next.isExact === 'boolean' ? 0 : 0.5) + (isVariance ? 1 : 0);
    variable.assign(tf.tensor(Float32Array.from({ length: size }, draw), shape));
  }
}

/** Every weight starts with this number. */
export const allAt = (number) => Object.assign(() => number, { isExact: true });

export const eager = async (task) => new Watched(await settingsOf(task), EagerTrainer);

/** `stepsPerCall` fixes what otherwise depends on the machine's speed. */
export async function compiled(native, task, { shards = 1, stepsPerCall } = {}) {
  const make = class extends CompiledTrainer {
    constructor(settings) {
      super(native, settings, { shards });
      if (!stepsPerCall) return;
      if (!('stepsPerCall' in this)) throw new Error('the trainer chooses its calls otherwise');
      Object.defineProperty(this, 'stepsPerCall', {
        get: () => stepsPerCall,
        set: ignore,
      });
    }
  };
  return new Watched(await settingsOf(task), make);
}

function ignore() {}

class Watched {
  constructor(settings, Trainer) {
    this.settings = settings;
    this.model = settings.model;
    this.trainer = new Trainer(settings);
  }

  /** Trains on batches of row numbers; `calls` counts how often the trainer came back. */
  async steps(batches, learningRate = (own) => own) {
    let calls = 0;
    const afterStep = () => {
      calls += 1;
      return false;
    };
    const given = batches.map((rows) => Int32Array.from(rows));
    const outcome = await this.trainer.trainEpoch({ batches: given, learningRate, afterStep });
    return { ...outcome, calls };
  }

  evaluate(rows, shouldStop) {
    return this.trainer.evaluate('validation', Int32Array.from(rows), shouldStop);
  }

  /** Every weight of the model as an array of numbers. */
  weights() {
    this.trainer.updateModel();
    return variablesOf(this.model).map((variable) => Array.from(variable.dataSync()));
  }

  dispose() {
    this.trainer.dispose();
    disposeModel(this.model);
  }
}

export const rowsUpTo = (count) => Array.from({ length: count }, (_, row) => row);
export const times = (count, value) => Array.from({ length: count }, () => value);
export const isSame = (a, b) => JSON.stringify(a) === JSON.stringify(b);

/** Largest difference relative to the largest number. */
export function apart(a, b) {
  const [left, right] = [[a].flat(Infinity), [b].flat(Infinity)];
  if (left.length !== right.length) return Infinity;
  const difference = Math.max(...left.map((value, at) => Math.abs(value - right[at])));
  return difference / Math.max(1e-2, ...left.map(Math.abs));
}

export function randomRows(count, width, seed = 1) {
  const random = seededRandom(seed);
  return Array.from({ length: count }, () => Array.from({ length: width }, () => random() - 0.5));
}
