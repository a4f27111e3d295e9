// node several.js ADDON -: what is refused with several inputs or outputs, and what runs op by op.
import { loadTensorFlow } from '../../../../dist/grader/engine/tensorflow/native.js';
import { makeTrainer } from '../../../../dist/grader/engine/train/make-trainer.js';
import { measureModel } from '../../../../dist/grader/engine/model/measure-model.js';
import { predict } from '../../../../dist/grader/engine/predict/predict.js';
import { tf } from '../../../../dist/grader/engine/tensorflow/tf.js';
import { lossOf } from '../../../../dist/grader/engine/train/losses/table.js';
import { maskedOutputs } from '../../../../dist/grader/engine/train/masked-outputs.js';
import { EagerTrainer } from '../../../../dist/grader/engine/train/eager-trainer.js';
import { models } from '../../programs/replay/models.js';
import { fits } from '../../programs/replay/options.js';
import { settingsOf } from '../../programs/replay/run.js';
import { several } from '../../programs/replay/several.js';

const native = loadTensorFlow({ addon: process.argv[2] });
const plan = { shards: 1, interOp: 1 };

/** Reads a value in JavaScript, which no graph can hold. */
const reads = (_options, _weights, { input }) =>
  tf.mul(input, input.dataSync().length / input.size);

/** As many rows as two whole batches of a prediction and a rest. */
const twoOutputs = { ...several['two outputs'], rows: 300 };
const twoInputs = several['two inputs'];
const { augmentation } = fits['augmentation wrap'];

await print('class weights', () => triedBoth({ ...twoOutputs, fit: { class_weight: { 0: 2 } } }));
await print('augmentation', () => triedBoth({ ...twoInputs, augmentation }));
await print('a loss is missing', () =>
  triedBoth({ ...twoOutputs, goals: twoOutputs.goals.slice(1) }),
);
await print('op by op', comparePredictions);
await print('a submission', measured);
await print('nothing counts', lossesOfNothing);
await print('masks', masksOfOutputs);

function lossesOfNothing() {
  const { of } = lossOf({ class_name: 'MeanSquaredError', config: {} });
  const given = [tf.ones([2, 3, 1]), tf.zeros([2, 3, 1])];
  const lossBy = (isKeras2) => {
    const weighing = { weights: null, mask: tf.zeros([2, 3], 'bool'), isKeras2 };
    return of(...given, weighing).dataSync()[0];
  };
  return { keras3: lossBy(false), keras2: String(lossBy(true)), misfit: failureOf(misfit) };
}

/** Losses of three channels, and a mask of four steps. */
function misfit() {
  const { of } = lossOf({ class_name: 'CosineSimilarity', config: { axis: 1 } });
  const [targets, predictions] = [tf.ones([2, 4, 3]), tf.ones([2, 4, 3])];
  of(targets, predictions, { weights: null, mask: tf.ones([2, 4], 'bool') });
}

async function masksOfOutputs() {
  const steps = { model: models['LSTM with a masked output'] };
  return {
    reaches: await maskedBy(steps),
    ends: await maskedBy({ model: models['Embedding and mean, masked'] }),
    tfjs: await maskedBy(steps, 'none'),
  };
}

async function maskedBy(task, outputMasks) {
  const settings = await settingsOf(task);
  const compile = { ...settings.recipe.compile, outputMasks };
  const given = { ...settings, recipe: { ...settings.recipe, compile } };
  const { trainer, execution } = makeTrainer(native, given, { shards: 2 });
  trainer.dispose();
  return { masked: maskedOutputs(given), shards: execution.shards };
}

async function print(name, work) {
  console.log(JSON.stringify({ name, ...(await work()) }));
}

/** What either trainer has against a task. */
async function triedBoth(task) {
  const settings = await settingsOf(task);
  const makers = {
    compiled: () => makeTrainer(native, settings, plan),
    eager: () => new EagerTrainer(settings),
  };
  return Object.fromEntries(Object.entries(makers).map(([name, make]) => [name, failureOf(make)]));
}

function failureOf(make) {
  try {
    make();
    return null;
  } catch (error) {
    return error.failure ?? { message: error.message };
  }
}

/** What a problem has against a model of two inputs. */
async function measured() {
  const model = { class_name: 'Model', config: twoInputs.model.graph };
  const input = { shapes: [[6]], description: 'Six numbers.' };
  const problem = { id: 'numbers', input, outputs: [{ shape: [1] }], limits: {} };
  const use = { kind: 'training', batch: 32 };
  try {
    return measureModel({ model, problem, use });
  } catch (error) {
    return error.failure;
  }
}

/** One model as a graph and, with a layer that cannot be in one, op by op. */
async function comparePredictions() {
  const graph = await predicted(twoOutputs, [false, false]);
  const byOp = await predicted(reading(twoOutputs), [false, false]);
  const shares = await predicted(reading(twoOutputs), [true, false]);
  const sigmoid = graph.values[0].map((logit) => 1 / (1 + Math.exp(-logit)));
  return {
    executions: [graph.execution, byOp.execution],
    shapes: [graph.shapes, byOp.shapes],
    difference: apart(graph.values.flat(), byOp.values.flat()),
    ofShares: apart([...sigmoid, ...graph.values[1]], shares.values.flat()),
  };
}

async function predicted(task, areLogits) {
  const settings = await settingsOf(task);
  const layer = settings.model.layers.find(({ name }) => name === 'reading');
  if (layer) layer.definition = { ...layer.definition, call: reads };
  const { trainer, execution } = makeTrainer(native, settings, plan);
  trainer.dispose();
  const { inputs } = settings.training;
  const predictions = await predict({
    ...{ native, model: settings.model, inputs, areLogits, parallel: 1 },
    ...{ batch: 128, limit: { seconds: 600, deadline: Infinity } },
    onProgress: () => undefined,
  });
  return {
    execution,
    shapes: predictions.map(({ shape }) => shape),
    values: predictions.map(({ data }) => Array.from(data)),
  };
}

/** The same task, whose hidden layer's values go through JavaScript. */
function reading(task) {
  const { graph } = task.model;
  const layers = graph.layers.map((each) => ({
    ...each,
    inbound_nodes: each.inbound_nodes.map((node) =>
      node.map(([name, ...rest]) => [name === 'hidden' ? 'reading' : name, ...rest]),
    ),
  }));
  const added = {
    ...{ class_name: 'Identity', name: 'reading', config: { name: 'reading' } },
    inbound_nodes: [[['hidden', 0, 0, {}]]],
  };
  return { ...task, model: { ...task.model, graph: { ...graph, layers: [...layers, added] } } };
}

function apart(wanted, found) {
  if (wanted.length !== found.length) return Infinity;
  return wanted.reduce((most, value, at) => Math.max(most, Math.abs(value - found[at])), 0);
}
