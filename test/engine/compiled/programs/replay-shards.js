// node replay-shards.js ADDON -: as replay.js, with batches cut in parts whose gradients are averaged.
import { loadTensorFlow } from '../../../../dist/grader/engine/tensorflow/native.js';
import { lossOf } from '../../../../dist/grader/engine/train/losses/table.js';
import { merges, models } from '../../programs/replay/models.js';
import { fits, losses } from '../../programs/replay/options.js';
import { compareTrainers } from '../../programs/replay/run.js';
import { several } from '../../programs/replay/several.js';

const native = loadTensorFlow({ addon: process.argv[2] });

/** Random layers draw other numbers in each part, and batch statistics need the whole batch. */
const needsWholeBatch = /"(recurrent_)?dropout":0\.|"class_name":"\w*(Dropout|Noise|Random|BatchN)/;

const everyThird = (entries) => entries.filter((_, index) => index % 3 === 0);
const cuttable = (all) =>
  Object.entries(all).filter(([, task]) => !needsWholeBatch.test(JSON.stringify(task)));
/** Losses of which the trainer takes the mean over the parts. */
const ofExamples = (all) =>
  Object.entries(all).filter(([, { loss }]) => !loss || !lossOf(loss).seesTheBatch);

/** A mask of the output weighs by the whole batch. */
const unmasked = { ...models };
delete unmasked['LSTM with a masked output'];

const tasks = [
  ...everyThird(cuttable({ ...unmasked, ...merges })).map(([name, model]) => ({ name, model })),
  ...ofExamples(losses).map(([name, task]) => ({ name: `loss ${name}`, ...task })),
  ...['sample weights', 'class weights', 'validation split', 'augmentation wrap'].map((name) => ({
    ...{ name: `fit ${name}`, model: models['activation tanh'], ...fits[name] },
  })),
  ...cuttable(several).map(([name, task]) => ({ name, ...task })),
];

// Of 21 rows, batches of 8 leave 5, which no two parts share; batches of 9 leave 3, which three do.
const cuts = [
  { shards: 2, batch_size: 8 },
  { shards: 3, batch_size: 9 },
];

for (const [index, task] of tasks.entries()) {
  const { shards, batch_size } = cuts[index % cuts.length];
  const cut = { ...task, shards, fit: { ...task.fit, batch_size } };
  const name = `${task.name}, ${shards} shards`;
  try {
    console.log(JSON.stringify({ name, ...(await compareTrainers(native, cut)) }));
  } catch (error) {
    console.log(JSON.stringify({ name, error: `${error.name}: ${error.message}` }));
  }
}
