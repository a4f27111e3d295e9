// node randomness.js ADDON -: what layers with random numbers give, as one JSON line per layer.
import { buildModel } from '../../../../dist/grader/engine/model/build-model.js';
import { loadTensorFlow } from '../../../../dist/grader/engine/tensorflow/native.js';
import {
  seedRandomLayers,
  uniform,
  withStep,
} from '../../../../dist/grader/engine/tensorflow/randomness.js';
import { tf } from '../../../../dist/grader/engine/tensorflow/tf.js';
import { variablesOf } from '../../../../dist/grader/engine/model/model.js';
import { applied } from '../../programs/model-values.js';

loadTensorFlow({ addon: process.argv[2] });

const layer = (class_name, config) => ({ class_name, config });
const own = { seed: 5 };
const wide = [400, 20, 10];
const steps = { units: 6, activation: 'linear', use_bias: false, return_sequences: true };
const gates = { units: 6, recurrent_activation: 'sigmoid', dropout: 0.5, recurrent_dropout: 0.5 };

await print('Dropout', layer('Dropout', { rate: 0.3 }), tf.ones(wide));
await print('Dropout of nothing', layer('Dropout', { rate: 0 }), tf.ones(wide));
const shared = { rate: 0.3, noise_shape: [null, 1, 10] };
await print('Dropout of a noise shape', layer('Dropout', shared), tf.ones(wide));
await print('Dropout with a seed', layer('Dropout', { rate: 0.3, ...own }), tf.ones(wide));
await print('SpatialDropout1D', layer('SpatialDropout1D', { rate: 0.3 }), tf.ones(wide));
const timed = layer('TimeDistributed', { layer: layer('Dropout', { rate: 0.3 }) });
await print('TimeDistributed Dropout', timed, tf.ones(wide));
await print('GaussianNoise', layer('GaussianNoise', { stddev: 0.5 }), tf.ones(wide));
await print('GaussianDropout', layer('GaussianDropout', { rate: 0.2 }), tf.ones(wide));
const standard = tf.randomNormal(wide, 0, 1, 'float32', 3);
await print('AlphaDropout', layer('AlphaDropout', { rate: 0.2 }), standard);
const input = tf.ones([300, 5, 6]);
const unit = tf.eye(6);
const dropped = layer('SimpleRNN', { ...steps, dropout: 0.4 });
await print('SimpleRNN inputs', dropped, input, [unit, tf.zeros([6, 6])]);
const first = tf.concat([tf.ones([300, 1, 6]), tf.zeros([300, 4, 6])], 1);
const recurrent = layer('SimpleRNN', { ...steps, recurrent_dropout: 0.4 });
await print('SimpleRNN states', recurrent, first, [unit, unit]);
for (const kind of ['GRU', 'LSTM']) {
  await print(kind, layer(kind, gates), input);
  const inner = layer(kind, { ...gates, recurrent_dropout: 0, return_sequences: true });
  await print(`${kind} of inputs`, inner, input);
  await print(`Bidirectional ${kind}`, layer('Bidirectional', { layer: inner }), input);
}
await print('GRU reset before', layer('GRU', { ...gates, reset_after: false }), input);
console.log(JSON.stringify({ name: 'streams', ...(await streams()) }));
console.log(JSON.stringify({ name: 'errors', ...(await errors()) }));

async function modelOf(random, shape) {
  const config = { ...random.config, batch_input_shape: [null, ...shape.slice(1)] };
  const layers = [{ ...random, config }];
  return buildModel({ class_name: 'Sequential', config: { name: 'm', layers } });
}

async function print(name, random, x, weights = null) {
  const model = await modelOf(random, x.shape);
  weights?.forEach((value, index) => variablesOf(model)[index].assign(value));
  const at = (seed, step, isTraining = true) => {
    seedRandomLayers(model, seed);
    return withStep(tf.scalar(step, 'int32'), () => applied(model, x, { training: isTraining }));
  };
  const output = at(1, 0);
  const same = (other) => tf.max(tf.abs(tf.sub(output, other))).dataSync()[0] === 0;
  const { mean, variance } = tf.moments(output);
  console.log(
    JSON.stringify({
      name,
      repeats: same(at(1, 0)),
      repeatsAtNextStep: same(at(1, 1)),
      repeatsWithOtherSeed: same(at(2, 0)),
      isStillInPrediction: same(at(1, 0, false)),
      // Without a training step there are no random numbers: none may be asked for.
      predicts: applied(model, x).shape.length > 0,
      mean: mean.dataSync()[0],
      deviation: Math.sqrt(variance.dataSync()[0]),
      values: values(output),
      ...overTime(output),
    }),
  );
}

/** The different values where they are few. */
function values(output) {
  const rounded = new Set(Array.from(output.dataSync(), (value) => Number(value.toFixed(4))));
  return rounded.size > 8 ? null : [...rounded].sort((a, b) => a - b);
}

function overTime(output) {
  if (output.rank !== 3) return {};
  const first = tf.slice(output, [0, 0, 0], [-1, 1, -1]);
  const kept = tf.cast(tf.notEqual(output, 0), 'float32');
  return {
    isSameAtEveryStep: tf.max(tf.abs(tf.sub(output, first))).dataSync()[0] === 0,
    keptAtEachStep: Array.from(tf.mean(kept, [0, 2]).dataSync()).slice(0, 5),
  };
}

async function streams() {
  const layers = [0, 1].map((index) => ({
    ...layer('Dropout', { rate: 0.5, name: `d${index}`, batch_input_shape: [null, 1000] }),
  }));
  const model = await buildModel({ class_name: 'Sequential', config: { name: 'm', layers } });
  seedRandomLayers(model, 3);
  const [one, two] = model.layers;
  const draws = withStep(tf.scalar(0, 'int32'), () => [
    uniform(one, [1000]),
    uniform(two, [1000]),
    uniform(one, [1000], 1),
    uniform(one, [1000]),
  ]);
  const centred = tf.sub(tf.stack(draws), 0.5);
  const correlations = tf.mul(tf.matMul(centred, centred, false, true), 12 / 1000).arraySync();
  const between = correlations.flatMap((row, index) => row.slice(index + 1));
  return { largestCorrelation: Math.max(...between.map(Math.abs)) };
}

async function errors() {
  const message = (work) => {
    try {
      work();
      return null;
    } catch (error) {
      return error.message;
    }
  };
  const model = await modelOf(layer('Dropout', { rate: 0.5 }), [1, 4]);
  const train = () => applied(model, tf.ones([1, 4]), { training: true });
  const withoutSeed = message(() => withStep(tf.scalar(0, 'int32'), train));
  seedRandomLayers(model, 1);
  return { withoutSeed, withoutStep: message(train) };
}
