// What a trace refuses, and what it must leave as it was.
import { CompiledTrainer } from '../../../../../dist/grader/engine/compiled/training/compiled-trainer.js';
import { printProgram } from '../../../../../dist/grader/engine/compiled/program/print-program.js';
import { gradientProgram } from '../../../../../dist/grader/engine/compiled/training/step-programs.js';
import { trace } from '../../../../../dist/grader/engine/compiled/trace/trace.js';
import { makeTrainer } from '../../../../../dist/grader/engine/train/make-trainer.js';
import { dataTypes, nativeOp } from '../../../../../dist/grader/engine/tensorflow/native-ops.js';
import { seedRandomLayers } from '../../../../../dist/grader/engine/tensorflow/randomness.js';
import { tf } from '../../../../../dist/grader/engine/tensorflow/tf.js';
import { applyModel } from '../../../../../dist/grader/engine/model/apply-model.js';
import { variablesOf } from '../../../../../dist/grader/engine/model/model.js';
import { sourcesOf } from '../../../../../dist/grader/engine/train/sources.js';
import { TrainingStep } from '../../../../../dist/grader/engine/train/training-step.js';
import { compiled, dense, isSame, layer, randomRows, rowsUpTo, settingsOf } from './training.js';

const input = { name: 'x', shape: [3], dtype: 'float32' };

function tried(body, variables = []) {
  try {
    trace({ inputs: [input], variables, body });
    return { refused: null };
  } catch (error) {
    return { refused: error.name, message: error.message };
  }
}

const task = {
  inputs: randomRows(8, 4),
  targets: randomRows(8, 1, 2),
  layers: [
    dense(5, { activation: 'tanh' }),
    layer('BatchNormalization'),
    layer('Dropout', { rate: 0.5 }),
    dense(1),
  ],
};

/** TF.js trains a convolution of cubes, and the op has no rule of shapes. */
const unknown = [
  layer('Reshape', { target_shape: [1, 2, 2, 1] }),
  layer('Identity', { name: 'cubes' }),
  layer('Flatten'),
  dense(1),
];

function stateOf() {
  const { random } = Math;
  return { backend: tf.getBackend(), random, assign: tf.Variable.prototype.assign };
}

/** The text of a training step, before and after everything that could leave a trace in it. */
async function textsOfStep(native) {
  const settings = await settingsOf(task);
  const { model, recipe } = settings;
  const step = new TrainingStep(model, recipe.compile);
  const source = { ...sourcesOf(settings).training, isWeighted: false, augmentation: null };
  const text = () => {
    seedRandomLayers(model, 5);
    return printProgram(gradientProgram(step, source, { batch: 8, usesGpu: false }));
  };
  const first = text();
  tried(() => {
    throw new Error('on the way');
  });
  const trainer = await compiled(native, task);
  await trainer.steps([rowsUpTo(8), rowsUpTo(8)]);
  trainer.dispose();
  tf.tidy(() => tf.randomNormal([Math.ceil(9 * Math.random())]));
  applyModel(model, [tf.ones([2, 4])], { training: false })[0].dispose();
  return [first, text()];
}

export const traceTraps = {
  'a tensor from outside': () => {
    const outside = tf.ones([3, 2]);
    const result = tried(([x]) => ({ y: tf.add(tf.reshape(x, [3, 1]), outside) }));
    outside.dispose();
    return result;
  },

  'a variable from outside': () => {
    const outside = tf.variable(tf.ones([3]));
    const result = tried(([x]) => ({ y: tf.add(x, outside) }));
    outside.dispose();
    return result;
  },

  'an assignment to a variable from outside': () => {
    const outside = tf.variable(tf.ones([3]));
    const result = tried(([x]) => {
      outside.assign(x);
      return { y: x };
    });
    const values = Array.from(outside.dataSync());
    outside.dispose();
    return { ...result, values };
  },

  'a tensor made inside': () => tried(([x]) => ({ y: tf.add(x, tf.tensor1d([1, 2, 3])) })),

  'a value read in JavaScript': () => ({
    dataSync: tried(([x]) => ({ y: tf.mul(x, tf.sum(x).dataSync()[0]) })),
    arraySync: tried(([x]) => ({ y: tf.mul(x, x.arraySync()[0]) })),
  }),

  'a shape from a value': () =>
    tried(([x]) => {
      const attributes = { T: { type: dataTypes.float32 }, index_type: { type: dataTypes.int32 } };
      const given = [tf.cast(x, 'int32'), tf.scalar(1)];
      return { y: nativeOp('Fill', given, { attributes, outputs: 1 })[0] };
    }),

  'a random number of JavaScript': () => ({
    random: tried(([x]) => ({ y: tf.mul(x, Math.random()) })),
    normal: tried(([x]) => ({ y: tf.add(x, tf.randomNormal([3])) })),
    dropout: tried(([x]) => ({ y: tf.dropout(x, 0.5) })),
  }),

  'an op without a rule': () => tried(([x]) => ({ y: tf.unique(tf.reshape(x, [-1])).values })),

  'a layer without a rule': async (native) => {
    const settings = await settingsOf({ ...task, layers: unknown });
    const cubes = settings.model.layers.find(({ name }) => name === 'cubes');
    const call = (_options, _weights, { input }) =>
      tf.conv3d(input, tf.ones([1, 1, 1, 1, 1]), 1, 'same');
    cubes.definition = { ...cubes.definition, call };
    const { trainer, execution } = makeTrainer(native, settings, { shards: 1 });
    const values = () =>
      variablesOf(settings.model).map((variable) => Array.from(variable.dataSync()));
    const before = values();
    const batches = [Int32Array.from(rowsUpTo(8))];
    const given = { batches, learningRate: () => 0.1, afterStep: () => false };
    const { steps } = await trainer.trainEpoch(given);
    trainer.updateModel();
    const isMoved = !isSame(before, values());
    trainer.dispose();
    return { execution, steps, isMoved };
  },

  'a layer with a rule': async (native) => {
    const { trainer, execution } = makeTrainer(native, await settingsOf(task), { shards: 1 });
    trainer.dispose();
    return { execution };
  },

  'the same step twice': async (native) => {
    const [first, second] = await textsOfStep(native);
    return { isSame: first === second, lines: first.split('\n').length };
  },

  'real variables': async (native) => {
    const settings = await settingsOf(task);
    const variables = variablesOf(settings.model);
    const ids = variables.map(({ dataId }) => dataId);
    const values = () => variables.map((variable) => Array.from(variable.dataSync()));
    const before = values();
    const trainer = new CompiledTrainer(native, settings, { shards: 1 });
    const areSameIds = variables.every(({ dataId }, at) => dataId === ids[at]);
    const isUntouched = isSame(before, values());
    trainer.dispose();
    variables[0].assign(tf.zerosLike(variables[0]));
    const isAlive = variables[0].dataSync().every((value) => value === 0);
    return { areSameIds, isUntouched, isAlive };
  },

  'a failed trace': async () => {
    const before = stateOf();
    const variable = tf.variable(tf.ones([3]));
    const { dataId } = variable;
    const tensors = tf.memory().numTensors;
    const result = tried(
      ([x]) => {
        variable.assign(tf.add(variable, x));
        throw new Error('on the way');
      },
      [{ name: 'v', variable }],
    );
    const after = stateOf();
    const isAsBefore = Object.keys(before).every((key) => before[key] === after[key]);
    const hasOwnValue = variable.dataId === dataId && variable.dataSync()[0] === 1;
    const left = tf.memory().numTensors - tensors;
    return { ...result, isAsBefore, hasOwnValue, left, sum: tf.sum(variable).dataSync()[0] };
  },
};
