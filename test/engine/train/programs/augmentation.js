// node augmentation.js ADDON FIXTURE: how far pictures and draws are from Keras's, as JSON lines.
import { readFileSync } from 'node:fs';
import { loadTensorFlow } from '../../../../dist/grader/engine/tensorflow/native.js';
import { tf } from '../../../../dist/grader/engine/tensorflow/tf.js';
import {
  augmentImages,
  drawTransform,
  projection,
} from '../../../../dist/grader/engine/train/augment.js';
import { seededRandom } from '../../../../dist/grader/random.js';
import { normaliseRecipe } from '../../../../dist/grader/recipe/normalise.js';

const [addon, fixture] = process.argv.slice(2);
loadTensorFlow({ addon });
const { shape, image, cval, cases, draws } = JSON.parse(readFileSync(fixture, 'utf8'));
const [height, width] = shape;
const pixels = tf.div(tf.tensor(image, [1, ...shape], 'float32'), 255);

for (const { name, fill, parameters, expected, options = {}, cval: own = cval } of cases) {
  const { channel_shift_intensity: shift = 0, brightness = 1 } = parameters;
  const settled = settledOf({
    ...{ fill_mode: fill, cval: own, ...options },
    channel_shift_range: Math.abs(shift),
    ...(brightness === 1 ? {} : { brightness_range: [brightness, brightness] }),
  });
  const numbers = [...motionOf(parameters), shift / 255, brightness];
  const used = shift === 0 && brightness === 1 ? numbers.slice(0, 8) : numbers;
  const found = augmentImages(pixels, tf.tensor2d([used]), settled).dataSync();
  const differences = expected.map((value, index) => Math.abs(value - found[index]));
  console.log(JSON.stringify({ name, fill, largest: Math.max(...differences) }));
}

for (const { options, drawn } of draws) {
  const settled = settledOf(options);
  const random = seededRandom(7);
  const all = Array.from({ length: 4000 }, () =>
    named(drawTransform(settled, { height, width }, random)),
  );
  const varied = Object.keys(all[0]).filter((key) => new Set(all.map((one) => one[key])).size > 1);
  const found = varied.map((key) => [
    key,
    summary(
      all.map((one) => one[key]),
      drawn[key],
    ),
  ]);
  console.log(JSON.stringify({ options, drawn, found: Object.fromEntries(found) }));
}

/** For pixels up to 255, as Keras has them. */
function settledOf(augmentation) {
  const model = { class_name: 'Dense', config: { units: 1, input_shape: [2] } };
  return normaliseRecipe({
    model: { class_name: 'Sequential', config: { layers: [model] } },
    compile: { optimizer: 'sgd', loss: 'mse' },
    fit: { epochs: 1 },
    augmentation: { ...augmentation, rescale: 1 / 255 },
  }).recipe.augmentation;
}

function motionOf(parameters) {
  const { theta = 0, tx = 0, ty = 0, shear = 0, zx = 1, zy = 1 } = parameters;
  const flips = {
    flipHorizontal: parameters.flip_horizontal ?? false,
    flipVertical: parameters.flip_vertical ?? false,
  };
  return [...projection({ theta, tx, ty, shear, zx, zy, ...flips }, { height, width }), 0, 0];
}

/** By Keras's names, in its units. */
function named({ flipHorizontal, flipVertical, channelShift, ...others }) {
  return {
    ...others,
    ...{ flip_horizontal: Number(flipHorizontal), flip_vertical: Number(flipVertical) },
    channel_shift_intensity: channelShift * 255,
  };
}

function summary(values, wanted) {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  const kinds = [...new Set(values.map((value) => Math.round(value * 1e4) / 1e4 + 0))];
  return {
    ...{ least: Math.min(...values), largest: Math.max(...values) },
    ...{ mean, deviation: Math.sqrt(squares / values.length) },
    ...(wanted?.values ? { values: kinds.sort((a, b) => a - b) } : {}),
  };
}
