// node loaded-packages.js ADDON FOLDER: builds, trains, saves and predicts with what a trainer loads; prints
// the TF.js packages that are in memory afterwards, and what the saved models of FOLDER/models.json predict.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { applyModel } from '../../../../dist/grader/engine/model/apply-model.js';
import { buildModel } from '../../../../dist/grader/engine/model/build-model.js';
import { saveModel } from '../../../../dist/grader/engine/model/save-model.js';
import { loadTensorFlow } from '../../../../dist/grader/engine/tensorflow/native.js';
import { tf } from '../../../../dist/grader/engine/tensorflow/tf.js';
import '../../../../dist/grader/engine/train.js';
import '../../../../dist/grader/engine/evaluate.js';

const [addon, folder] = process.argv.slice(2);
loadTensorFlow({ addon });

for (const { name, config, inputs: given } of JSON.parse(
  readFileSync(join(folder, 'models.json'), 'utf8'),
)) {
  const model = buildModel(config);
  const inputs = given.map(({ shape, values }) => tf.tensor(values, shape));
  const outputs = applyModel(model, inputs, { training: false });
  await saveModel(model, join(folder, name));
  console.log(JSON.stringify({ name, values: outputs.map((one) => Array.from(one.dataSync())) }));
}

const require = createRequire(import.meta.url);
const packages = Object.values(require.cache)
  .filter((module) =>
    /@tensorflow.tfjs-(layers|converter|data|backend)/.test(module.filename ?? ''),
  )
  .filter(({ exports }) => Object.keys(exports).length > 0);
console.log(JSON.stringify({ name: 'loaded', packages: packages.map(({ filename }) => filename) }));
