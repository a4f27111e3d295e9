// node replay.js ADDON - full|some: trains many tasks op by op and as one graph; one JSON line for each.
import { loadTensorFlow } from '../../../../dist/grader/engine/tensorflow/native.js';
import { seededRandom } from '../../../../dist/grader/random.js';
import { merges, models } from '../../programs/replay/models.js';
import { operations } from '../../programs/replay/operations.js';
import { fits, losses, optimizers } from '../../programs/replay/options.js';
import { compareTrainers } from '../../programs/replay/run.js';
import { several } from '../../programs/replay/several.js';

const native = loadTensorFlow({ addon: process.argv[2] });
const isFull = process.argv[4] === 'full';
const plain = models['activation tanh'];

const tasks = [
  ...Object.entries({ ...models, ...merges, ...operations }).map(([name, model]) => ({
    name,
    model,
  })),
  ...Object.entries(optimizers).map(([name, optimizer]) => ({
    ...{ name: `optimizer ${name}`, model: models['regularized and constrained'], optimizer },
  })),
  ...Object.entries(isFull ? optimizers : {}).map(([name, optimizer]) => ({
    ...{ name: `optimizer ${name}, plain`, model: plain, optimizer },
  })),
  ...Object.entries(losses).map(([name, task]) => ({ name: `loss ${name}`, ...task })),
  ...Object.entries(fits).map(([name, task]) => ({ name: `fit ${name}`, model: plain, ...task })),
  ...Object.entries(several).map(([name, task]) => ({ name, ...task })),
  ...drawnTasks(isFull ? 40 : 6),
];

for (const task of tasks) {
  try {
    console.log(JSON.stringify({ name: task.name, ...(await compareTrainers(native, task)) }));
  } catch (error) {
    console.log(JSON.stringify({ name: task.name, error: `${error.name}: ${error.message}` }));
  }
}

/** Layers, optimizers, batch sizes and lengths thrown together from one seed. */
function drawnTasks(count) {
  const random = seededRandom(17);
  const pick = (list) => list[Math.floor(random() * list.length)];
  return Array.from({ length: count }, (_, index) => {
    const [modelName, model] = pick(Object.entries(models));
    const [optimizerName, optimizer] = pick(Object.entries(optimizers));
    const [fitName, option] = pick(Object.entries(fits).filter(([, { model }]) => !model));
    const batch_size = 1 + Math.floor(random() * 12);
    const fit = { ...option.fit, batch_size };
    const name = `drawn ${index}: ${modelName}, ${optimizerName}, ${fitName}, batch ${batch_size}`;
    return { ...option, name, model, optimizer, fit, seed: index };
  });
}
