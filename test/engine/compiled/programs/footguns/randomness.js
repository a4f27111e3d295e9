// Numbers drawn inside of a step: with a loss that grows by 1 with each output, the change of a
// kernel shows what came into it, so that a mask can be read from the weights.
import { allAt, apart, compiled, dense, eager, isSame, layer, sgd, times } from './training.js';

const width = 2000;
const target = -1e6;

/** Row by row of ones through random layers into one output; MAE's slope is 1 below the target. */
const throughOnes = (layers, shape = [width], rows = 1) => ({
  inputs: times(
    rows,
    shape.reduceRight((inner, length) => times(length, inner), 1),
  ),
  targets: times(rows, [target]),
  layers: [...layers, dense(1, { use_bias: false })],
  start: allAt(0),
  loss: layer('MeanAbsoluteError'),
  optimizer: sgd(),
});

const dropout = [layer('Dropout', { rate: 0.4 })];
const noise = [layer('GaussianNoise', { stddev: 0.5 })];
const spatial = [layer('SpatialDropout1D', { rate: 0.4 }), layer('Flatten')];

/** What each step let through, one array of numbers for each. */
async function seen(trainer, { steps, batch = [0] }) {
  const found = [];
  let [before] = trainer.weights();
  for (let step = 0; step < steps; step++) {
    await trainer.steps([batch]);
    const [after] = trainer.weights();
    found.push(after.map((value, at) => before[at] - value));
    before = after;
  }
  return found;
}

const rounded = (values) => [...new Set(values.map((value) => Number(value.toFixed(3))))].sort();

function spread(values) {
  const mean = values.reduce((sum, value) => sum + value) / values.length;
  const square = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length;
  return { mean, deviation: Math.sqrt(square) };
}

async function stepsOf(native, task, options) {
  const trainer = await compiled(native, task, options);
  const found = await seen(trainer, { steps: 4, batch: options.batch });
  trainer.dispose();
  return found;
}

async function drawn(native, task, options = {}) {
  const first = await stepsOf(native, { ...task, seed: 5 }, options);
  const again = await stepsOf(native, { ...task, seed: 5 }, options);
  const other = await stepsOf(native, { ...task, seed: 6 }, options);
  return {
    differFromStepToStep: new Set(first.map((values) => values.join())).size === first.length,
    repeatWithSeed: isSame(first, again),
    repeatWithOtherSeed: isSame(first, other),
    values: rounded(first.flat()).slice(0, 4),
    ...spread(first.flat()),
  };
}

/** In one call of several steps, the sum of what each step alone let through. */
async function inOneCall(native, task) {
  const one = await compiled(native, task, { stepsPerCall: 6 });
  const { calls } = await one.steps(times(6, [0]));
  const [together] = one.weights();
  const each = await compiled(native, task);
  await seen(each, { steps: 6 });
  const [alone] = each.weights();
  one.dispose();
  each.dispose();
  return { calls, difference: apart(alone, together), values: rounded(together).length };
}

/** Losses of six steps on the same rows with weights that do not change. */
async function losses(trainer) {
  const found = [];
  for (let step = 0; step < 6; step++) {
    const { logs } = await trainer.steps([[0, 1, 2, 3]], () => 0);
    found.push(logs.loss);
  }
  trainer.dispose();
  return found;
}

async function recurrent(native, className) {
  const config = { units: 4, dropout: 0.3, recurrent_dropout: 0.3 };
  const task = {
    inputs: times(4, times(6, [0.5, -0.3, 1])),
    targets: times(4, [1]),
    layers: [layer(className, { ...config, recurrent_activation: 'sigmoid' }), dense(1)],
  };
  const first = await losses(await compiled(native, task));
  return {
    name: className,
    different: new Set(first).size,
    repeatWithSeed: isSame(first, await losses(await compiled(native, task))),
    repeatWithOtherSeed: isSame(first, await losses(await compiled(native, { ...task, seed: 6 }))),
    fromEager: apart(await losses(await eager(task)), first),
  };
}

export const randomTraps = {
  dropout: (native) => drawn(native, throughOnes(dropout)),
  'dropout in one call': (native) => inOneCall(native, throughOnes(dropout)),
  'dropout in shards': (native) =>
    drawn(native, throughOnes(dropout, [width], 2), { shards: 2, batch: [0, 1] }),
  'Gaussian noise': (native) => drawn(native, throughOnes(noise)),
  'Gaussian noise in one call': (native) => inOneCall(native, throughOnes(noise)),
  'spatial dropout': async (native) => {
    const task = throughOnes(spatial, [5, 400]);
    const steps = await stepsOf(native, task, {});
    const isOneChannel = steps.every((values) =>
      values.every((value, at) => value === values[at % 400]),
    );
    return { ...(await drawn(native, task)), isOneChannel };
  },
  'recurrent dropout': async (native) => ({
    layers: [
      await recurrent(native, 'LSTM'),
      await recurrent(native, 'GRU'),
      await recurrent(native, 'SimpleRNN'),
    ],
  }),
};
