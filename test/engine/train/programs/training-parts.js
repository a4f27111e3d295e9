// Losses, optimizers and metrics of real Keras: node training-parts.js ADDON FIXTURE
// Prints one JSON line per case: how far our numbers are from Keras's.
import { readFileSync } from 'node:fs';
import { loadTensorFlow } from '../../../../dist/grader/engine/tensorflow/native.js';
import { tf } from '../../../../dist/grader/engine/tensorflow/tf.js';
import { EagerOptimizer } from '../../../../dist/grader/engine/train/eager-optimizer.js';
import { EpochSums } from '../../../../dist/grader/engine/train/epoch-sums.js';
import { lossOf } from '../../../../dist/grader/engine/train/losses/table.js';
import { metricDefinition } from '../../../../dist/grader/engine/train/metrics/table.js';
import { Optimizer } from '../../../../dist/grader/engine/train/optimizer.js';

const [addon, fixture] = process.argv.slice(2);
loadTensorFlow({ addon });
const { losses, start, optimizers, metrics } = JSON.parse(readFileSync(fixture, 'utf8'));

for (const one of losses) print('loss', nameOf(one.loss, one.name), lossErrors(one));
for (const one of optimizers) {
  print('optimizer', nameOf(one.optimizer, ''), { value: optimizerError(one) });
}
for (const one of metrics) {
  for (const id of Object.keys(one.values)) {
    print('metric', `${id}, ${one.name}`, { value: metricError(one, id) });
  }
}

function print(part, name, errors) {
  console.log(JSON.stringify({ part, name, ...errors }));
}

function nameOf({ class_name: name, config }, of) {
  return `${name} ${JSON.stringify(config)} ${of}`;
}

function lossErrors({ loss, targets, predictions, weights, value, gradient }) {
  const { of } = lossOf(loss);
  const given = { weights: weights && tf.tensor1d(weights), mask: null };
  const compute = (values) => of(tensorOf(targets), values, given);
  const found = tf.valueAndGrad(compute)(tensorOf(predictions));
  return {
    value: apart([value], found.value.dataSync()),
    gradient: apart(gradient, found.grad.dataSync()),
  };
}

function optimizerError({ optimizer: document, after }) {
  const optimizer = new Optimizer(document);
  const variables = start.before.map((array) => tf.variable(tensorOf(array)));
  const updates = new EagerOptimizer(optimizer, variables);
  start.gradients.forEach((gradients, step) => {
    const tensors = gradients.map((data, index) => tf.tensor(data, variables[index].shape));
    updates.apply(variables, tensors, optimizer.learningRate(step));
  });
  return Math.max(...variables.map((each, index) => apart(after[index], each.dataSync())));
}

function metricError({ targets, predictions, ends, values }, id) {
  const definition = metricDefinition(id);
  const sums = new EpochSums([{ ...definition, name: id }]);
  const [all, given] = [tensorOf(targets), tensorOf(predictions)];
  const output = { classNumbers: targets.shape.length === 1, fromLogits: false };
  ends.forEach((end, index) => {
    const [from, rows] = [ends[index - 1] ?? 0, end - (ends[index - 1] ?? 0)];
    const part = (tensor) => tensor.slice(from, rows);
    const added = definition.ofBatch(part(all), part(given), output).dataSync();
    sums.add(rows, 0, (at) => added[at]);
  });
  return apart([values[id]], [sums.logs()[id]]);
}

function tensorOf({ dtype, shape, data }) {
  return tf.tensor(data, shape, dtype);
}

/** The largest difference, relative to the largest value where that is above 1. */
function apart(wanted, found) {
  if (wanted.length !== found.length) return Infinity;
  const largest = Math.max(1, ...wanted.map(Math.abs));
  const differences = wanted.map((value, at) => Math.abs(value - found[at]));
  return Math.max(...differences) / largest;
}
