// Small models of real Keras: node keras-cases.js ADDON FIXTURE
// Prints one JSON line per case: how far predictions, loss and gradients are from Keras's.
import { readFileSync } from 'node:fs';
import { buildModel } from '../../../../dist/grader/engine/model/build-model.js';
import { loadTensorFlow } from '../../../../dist/grader/engine/tensorflow/native.js';
import {
  seedRandomLayers,
  withStep,
} from '../../../../dist/grader/engine/tensorflow/randomness.js';
import { tf } from '../../../../dist/grader/engine/tensorflow/tf.js';
import { trainedWeights, variableOf } from '../../../../dist/grader/engine/model/model.js';
import { penaltiesOf } from '../../../../dist/grader/engine/model/penalties.js';
import { applied, variablesByLayer } from '../../programs/model-values.js';

const [addon, fixture] = process.argv.slice(2);
loadTensorFlow({ addon });
const { cases } = JSON.parse(readFileSync(fixture, 'utf8'));

for (const one of cases) console.log(JSON.stringify({ name: one.name, ...(await compare(one)) }));

async function compare({ layers, weights, inputs, predictions, targets, loss, gradients }) {
  const [inputShape, inputData] = inputs;
  const model = await buildModel({
    class_name: 'Sequential',
    config: { name: 'case', layers: withInputShape(layers.map(tfjsLayer), inputShape) },
  });
  const variables = variablesByLayer(model);
  weights.forEach(([shape, data], index) => {
    variables[index].assign(tf.tensor(data, shape));
  });
  const x = tf.tensor(inputData, inputShape, 'float32');
  const [shape, wanted] = predictions;
  const output = applied(model, x);
  const trainable = trainedWeights(model).map((weight) => variableOf(model, weight));
  seedRandomLayers(model, 1);
  const { value, grads } = withStep(tf.scalar(0, 'int32'), () =>
    tf.variableGrads(() => {
      const outputs = applied(model, x, { training: true });
      const squares = tf.mean(tf.square(tf.sub(outputs, tf.tensor(targets, shape))));
      return tf.addN([squares, ...penaltiesOf(model)]);
    }, trainable),
  );
  return {
    weights: weights.length === variables.length,
    shape: String(output.shape) === String(shape),
    promisedShape: String(model.outputs[0].shape.slice(1)) === String(shape.slice(1)),
    prediction: largest(output, wanted),
    loss: Math.abs(value.dataSync()[0] - loss),
    gradient: Math.max(
      ...trainable.map(({ name }, index) => largest(grads[name], gradients[index])),
    ),
  };
}

function withInputShape([first, ...rest], shape) {
  const config = { ...first.config, batch_input_shape: [null, ...shape.slice(1)] };
  return [{ ...first, config }, ...rest];
}

/** The one difference of the fixture's lines to a Keras configuration is how regularizers look. */
function tfjsLayer(value) {
  if (Array.isArray(value) || value === null || typeof value !== 'object') return value;
  if (value.l1l2) {
    return { class_name: 'L1L2', config: { l1: value.l1l2[0], l2: value.l1l2[1] } };
  }
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, tfjsLayer(inner)]));
}

function largest(found, wanted) {
  const values = found.dataSync();
  if (values.length !== wanted.length) return Infinity;
  return wanted.reduce((most, value, at) => Math.max(most, Math.abs(value - values[at])), 0);
}
