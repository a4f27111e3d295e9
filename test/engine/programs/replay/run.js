// One task trained by both trainers from the same weights on the same data.
import { buildModel } from '../../../../dist/grader/engine/model/build-model.js';
import { disposeModel, variableOf, weightsOf } from '../../../../dist/grader/engine/model/model.js';
import { variablesByLayer } from '../model-values.js';
import { CompiledTrainer } from '../../../../dist/grader/engine/compiled/training/compiled-trainer.js';
import { tf } from '../../../../dist/grader/engine/tensorflow/tf.js';
import { inputReader } from '../../../../dist/grader/engine/rows/batches.js';
import { EagerTrainer } from '../../../../dist/grader/engine/train/eager-trainer.js';
import { fit } from '../../../../dist/grader/engine/train/fit.js';
import { splitRows } from '../../../../dist/grader/engine/train/split-rows.js';
import { seededRandom } from '../../../../dist/grader/random.js';
import { defaults } from './options.js';

/** How far the two trainers are apart after the same training, relative to the largest value. */
export async function compareTrainers(native, task) {
  const eager = await train(task, (settings) => new EagerTrainer(settings));
  const make = (settings) => new CompiledTrainer(native, settings, { shards: task.shards ?? 1 });
  const compiled = await train(task, make);
  return {
    weightError: Math.max(
      ...eager.weights.map((weight, at) => apart(weight, compiled.weights[at])),
    ),
    logError: Math.max(...eager.logs.map((logs, at) => apart(logs, compiled.logs[at]))),
    logNames: compiled.names,
    moved: Math.max(...eager.weights.map((weight, at) => apart(weight, eager.before[at]))),
    epochs: compiled.logs.length,
    rates: compiled.logs.map((logs) => logs.at(-1)),
  };
}

/** A task's model with its first weights, data and recipe, as a trainer takes them. */
export async function settingsOf(task) {
  const model = await buildModel(configOf(task.model));
  const random = seededRandom(task.seed ?? 3);
  setWeights(model, random);
  const counts = { training: task.rows ?? 21, validation: 10 };
  const training = part(task, counts.training, random);
  const validation = part(task, counts.validation, random);
  const recipe = recipeOf(task);
  const rows = splitRows(recipe.fit, counts);
  return { model, recipe, training, validation, rows, seed: 5 };
}

/** Weights by layer before and after a training, and of each epoch the logs and the gradients' norm. */
export async function train(task, make) {
  const settings = await settingsOf(task);
  const { model, recipe, rows } = settings;
  const before = valuesOf(model);
  const trainer = await make(settings);
  const logs = [];
  const norms = [];
  let names = [];
  await fit({
    ...{ trainer, fit: recipe.fit, rows, seed: 9, deadline: Infinity },
    isInterrupted: () => false,
    onBatch: () => undefined,
    onValidation: () => undefined,
    onEpoch: (record) => {
      names = Object.keys(record.logs);
      const { mean, largest } = record.gradientNorm;
      norms.push({ mean, largest });
      logs.push([...Object.values(record.logs), mean, largest, record.learningRate]);
    },
  });
  trainer.dispose();
  const weights = valuesOf(model);
  disposeModel(model);
  return { logs, norms, names, weights, before };
}

function configOf({ graph, input, layers }) {
  if (graph) return { class_name: 'Model', config: graph };
  const [first, ...rest] = layers;
  const config = { ...first.config, batch_input_shape: [null, ...input] };
  return {
    class_name: 'Sequential',
    config: { name: 'model', layers: [{ ...first, config }, ...rest] },
  };
}

function recipeOf(task) {
  const { optimizer, augmentation } = { ...defaults, ...task };
  return {
    compile: { optimizer, outputs: goalsOf(task) },
    fit: { ...defaults.fit, ...task.fit },
    augmentation,
  };
}

/** A task of one output has its loss, metrics and kind of targets itself. */
function goalsOf(task) {
  return task.goals ?? [{ ...defaults, ...task, output: task.model.output }];
}

/** A model of one input has its shape and vocabulary itself. */
function inputsOf({ inputs, input, vocabulary }) {
  return inputs ?? [{ input, vocabulary }];
}

/** Random weights everywhere, so that no layer starts at a fixed point; variances stay positive. */
function setWeights(model, random) {
  for (const weight of model.layers.flatMap(weightsOf)) {
    const variable = variableOf(model, weight);
    const { shape, size } = variable;
    const values = Float32Array.from({ length: size }, () =>
      weight.name.includes('variance') ? 0.5 + random() : random() - 0.5,
    );
    variable.assign(tf.tensor(values, shape));
  }
}

function part(task, rows, random) {
  const inputs = inputsOf(task.model).map(({ input, vocabulary }) => {
    const dtype = vocabulary ? 'int32' : 'float32';
    const draw = vocabulary ? () => Math.floor(random() * vocabulary) : () => random() - 0.3;
    const reader = { decoding: {}, modelShape: input, dtype, vocabulary: null };
    return inputReader(array(dtype, [rows, ...input], draw), reader);
  });
  const targets = goalsOf(task).map(({ targets, classes, output }) =>
    targets === 'labels'
      ? array('int32', [rows], () => Math.floor(random() * classes))
      : array('float32', [rows, ...output], random),
  );
  const sampleWeights = Float32Array.from({ length: rows }, () => 2 * random());
  return { inputs, targets, ...(task.sampleWeights ? { sampleWeights } : {}) };
}

function array(dtype, shape, draw) {
  const length = shape.reduce((product, size) => product * size, 1);
  const Values = dtype === 'int32' ? Int32Array : Float32Array;
  return { dtype, shape, data: Values.from({ length }, draw) };
}

function valuesOf(model) {
  return variablesByLayer(model).map((variable) => variable.dataSync());
}

function apart(wanted, found) {
  if (wanted.length !== found.length) return Infinity;
  let [difference, largest] = [0, 1e-2];
  for (let index = 0; index < wanted.length; index++) {
    difference = Math.max(difference, Math.abs(wanted[index] - found[index]));
    largest = Math.max(largest, Math.abs(wanted[index]));
  }
  return difference / largest;
}
