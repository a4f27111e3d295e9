// What lives on from step to step: weights, optimizer state, statistics; and what must not.
import {
  adam,
  apart,
  compiled,
  dense,
  eager,
  isSame,
  layer,
  randomRows,
  rowsUpTo,
  sgd,
  times,
} from './training.js';

const momentum = sgd({ learning_rate: 0.05, momentum: 0.9, nesterov: true });
const nadam = layer('Nadam', adam.config);

const task = {
  inputs: randomRows(24, 5),
  targets: randomRows(24, 1, 2),
  batch: 4,
  layers: [dense(6, { activation: 'tanh' }), dense(1)],
  optimizer: adam,
};
const batches = Array.from({ length: 12 }, (_, step) =>
  rowsUpTo(4).map((row) => (4 * step + row) % 24),
);

async function trained(trainer, runs, rate) {
  const logs = [];
  for (const run of runs) logs.push((await trainer.steps(run, rate)).logs);
  const weights = trainer.weights();
  trainer.dispose();
  return { weights, logs };
}

/** Steps in one call, and one call for each. */
async function joinedAndApart(native, optimizer) {
  const own = { ...task, optimizer };
  const joined = await trained(await compiled(native, own, { stepsPerCall: 12 }), [batches]);
  const single = await trained(
    await compiled(native, own),
    batches.map((batch) => [batch]),
  );
  const byOp = await trained(await eager(own), [batches]);
  return {
    name: optimizer.class_name,
    areSame: isSame(joined.weights, single.weights),
    fromEager: apart(byOp.weights, joined.weights),
  };
}

async function unmoved(native, optimizer) {
  const trainer = await compiled(native, { ...task, optimizer }, { stepsPerCall: 12 });
  const before = trainer.weights();
  const { steps } = await trainer.steps(batches, () => 0);
  const isUnmoved = isSame(before, trainer.weights());
  trainer.dispose();
  return { name: optimizer.class_name, steps, isUnmoved };
}

/** A rate that is not zero at one step alone; the rates come in the order of the steps. */
function onlyAt(step, rate) {
  let asked = 0;
  return () => (asked++ === step ? rate : 0);
}

async function chunked(native, stepsPerCall) {
  const trainer = await compiled(native, { ...task, metrics: ['mae', 'mse'] }, { stepsPerCall });
  const { calls, logs } = await trainer.steps(batches);
  const weights = trainer.weights();
  trainer.dispose();
  return { calls, text: JSON.stringify([logs, weights]) };
}

export const stateTraps = {
  'optimizer state': async (native) => ({
    optimizers: [
      await joinedAndApart(native, adam),
      await joinedAndApart(native, momentum),
      await joinedAndApart(native, nadam),
    ],
  }),

  'learning rate of zero': async (native) => ({
    optimizers: [
      await unmoved(native, adam),
      await unmoved(native, momentum),
      await unmoved(native, nadam),
    ],
  }),

  'learning rate of each step': async (native) => {
    const own = { ...task, optimizer: sgd() };
    const options = { stepsPerCall: 12 };
    const run = await trained(await compiled(native, own, options), [batches], onlyAt(7, 0.5));
    const [seventh] = [batches[7]];
    const single = await trained(await compiled(native, own), [[seventh]], () => 0.5);
    return { difference: apart(single.weights, run.weights) };
  },

  'reads before writes': async (native) => {
    const deep = {
      ...task,
      layers: [...times(20, dense(6, { activation: 'tanh' })), dense(1)],
      optimizer: sgd({ learning_rate: 0.1 }),
    };
    const run = async () => trained(await compiled(native, deep, { stepsPerCall: 12 }), [batches]);
    const [first, second, third] = [await run(), await run(), await run()];
    const byOp = await trained(await eager(deep), [batches]);
    return {
      variables: first.weights.length,
      repeats: isSame(first, second) && isSame(first, third),
      fromEager: apart(byOp.weights, first.weights),
    };
  },

  'calls of any length': async (native) => {
    const runs = [];
    for (const length of [1, 2, 3, 5, 12, 100]) runs.push(await chunked(native, length));
    return {
      calls: runs.map(({ calls }) => calls),
      results: new Set(runs.map(({ text }) => text)).size,
    };
  },

  'batch statistics': async (native) => {
    const layers = [dense(6), layer('BatchNormalization', { momentum: 0.8 }), dense(1)];
    const own = { ...task, layers, optimizer: sgd({ learning_rate: 0.1 }) };
    const run = async (trainer) => {
      await trainer.steps(batches);
      const logs = Object.values(await trainer.evaluate(rowsUpTo(24)));
      const weights = trainer.weights();
      const statistics = trainer.model.weights.flatMap(({ name }, at) =>
        name.includes('moving') ? weights[at] : [],
      );
      trainer.dispose();
      return { logs, statistics };
    };
    const byOp = await run(await eager(own));
    const graph = await run(await compiled(native, own, { stepsPerCall: 12 }));
    return {
      count: graph.statistics.length,
      areMoved: graph.statistics.every((value) => Math.abs(value) > 1e-4),
      statistics: apart(byOp.statistics, graph.statistics),
      evaluation: apart(byOp.logs, graph.logs),
    };
  },

  'two trainers': async (native) => {
    const other = { ...task, inputs: randomRows(24, 5, 9), optimizer: momentum };
    const alone = await trained(await compiled(native, task), [batches]);
    const [one, two] = [await compiled(native, task), await compiled(native, other)];
    for (const batch of batches) {
      await one.steps([batch]);
      await two.steps([batch]);
    }
    const weights = one.weights();
    const areApart = !isSame(weights, two.weights());
    two.dispose();
    await one.steps([batches[0]], () => 0);
    const isAlive = isSame(weights, one.weights());
    one.dispose();
    return { isAsAlone: isSame(alone.weights, weights), areApart, isAlive };
  },

  snapshots: async (native) => {
    const trainer = await compiled(native, task, { stepsPerCall: 4 });
    await trainer.steps(batches.slice(0, 4));
    const before = trainer.weights();
    const snapshot = trainer.trainer.snapshot();
    await trainer.steps(batches.slice(4));
    const isMoved = !isSame(before, trainer.weights());
    trainer.trainer.restore(snapshot);
    snapshot.dispose();
    const isRestored = isSame(before, trainer.weights());
    trainer.dispose();
    return { isMoved, isRestored };
  },

  'interrupted evaluation': async (native) => {
    const ends = [];
    for (const trainer of [await eager(task), await compiled(native, task)]) {
      let asked = 0;
      const logs = await trainer.evaluate(rowsUpTo(24), () => (asked += 1) > 1);
      ends.push({ logs, asked });
      trainer.dispose();
    }
    return { ends };
  },
};
