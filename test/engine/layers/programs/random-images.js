// node random-images.js ADDON FIXTURE: Keras's random layers for pictures; one JSON line per case.
import { readFileSync } from 'node:fs';
import { buildModel } from '../../../../dist/grader/engine/model/build-model.js';
import { loadTensorFlow } from '../../../../dist/grader/engine/tensorflow/native.js';
import {
  seedRandomLayers,
  withStep,
} from '../../../../dist/grader/engine/tensorflow/randomness.js';
import { tf } from '../../../../dist/grader/engine/tensorflow/tf.js';
import { applied } from '../../programs/model-values.js';

const [addon, fixture] = process.argv.slice(2);
loadTensorFlow({ addon });
const { cases, shape, step, ...arrays } = JSON.parse(readFileSync(fixture, 'utf8'));
const pictures = tf.tensor(arrays.pictures, shape);
const factors = tf.tensor(arrays.factors, shape);

for (const one of cases) print(one, await compare(one));
for (const class_name of ['RandomRotation', 'RandomZoom', 'RandomTranslation']) {
  const nothing = { factor: 0, height_factor: 0, width_factor: 0 };
  const config = Object.fromEntries(
    Object.entries(cases.find((one) => one.class_name === class_name).config).map(
      ([key, value]) => [key, nothing[key] ?? value],
    ),
  );
  const model = await modelOf({ class_name, config });
  const still = output(model, { seed: 1, step });
  print({ class_name: `${class_name} by nothing` }, { moved: largest(still, pictures) });
}
print({ class_name: 'flips' }, await flips());

async function modelOf({ class_name, config }) {
  const layer = { class_name, config: { ...config, batch_input_shape: [null, ...shape.slice(1)] } };
  return buildModel({ class_name: 'Sequential', config: { name: 'm', layers: [layer] } });
}

async function compare(one) {
  const model = await modelOf(one);
  const trained = { seed: 1, step };
  return {
    output: largest(output(model, trained), tf.tensor(one.outputs, shape)),
    gradient: largest(gradient(model, trained), tf.tensor(one.gradient, shape)),
    moved: largest(output(model, { ...trained, step: step + 1 }), output(model, trained)),
    predicted: largest(output(model, { ...trained, isTraining: false }), pictures),
  };
}

function output(model, { seed, step, isTraining = true }) {
  seedRandomLayers(model, seed);
  return withStep(tf.scalar(step, 'int32'), () =>
    applied(model, pictures, { training: isTraining }),
  );
}

function gradient(model, { seed, step }) {
  seedRandomLayers(model, seed);
  const loss = (x) => tf.sum(tf.mul(applied(model, x, { training: true }), factors));
  return withStep(tf.scalar(step, 'int32'), () => tf.grad(loss)(pictures));
}

/** Of 300 pictures: how many are mirrored, and how many are neither mirrored nor the same. */
async function flips() {
  const model = await modelOf({ class_name: 'RandomFlip', config: { mode: 'horizontal' } });
  const many = tf.tile(tf.slice(pictures, 0, 1), [300, 1, 1, 1]);
  seedRandomLayers(model, 1);
  const flipped = withStep(tf.scalar(0, 'int32'), () => applied(model, many, { training: true }));
  const distance = (other) => tf.max(tf.abs(tf.sub(flipped, other)), [1, 2, 3]).arraySync();
  const [same, mirrored] = [distance(many), distance(tf.reverse(many, 2))];
  return {
    mirrored: mirrored.filter((far) => far === 0).length,
    others: mirrored.filter((far, at) => far > 0 && same[at] > 0).length,
  };
}

function largest(first, second) {
  return tf.max(tf.abs(tf.sub(first, second))).dataSync()[0];
}

function print({ class_name, config }, facts) {
  console.log(JSON.stringify({ class_name, config, ...facts }));
}
