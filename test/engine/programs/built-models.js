// node built-models.js ADDON FILE: builds models without data, as measuring does; FILE is a list of them.
// Prints one JSON line per model: what its last layer gives, and the model as it is saved.
import { readFileSync } from 'node:fs';
import { buildModel } from '../../../dist/grader/engine/model/build-model.js';
import { withShapesOnly } from '../../../dist/grader/engine/tensorflow/shape-backend.js';

const models = JSON.parse(readFileSync(process.argv[3], 'utf8'));

await withShapesOnly(async () => {
  for (const config of models) console.log(JSON.stringify(await facts(config)));
});

async function facts(config) {
  try {
    const model = await buildModel(config);
    const { class_name, config: saved } = model.toJSON(null, false);
    return { outputShape: model.outputShape, saved: { class_name, config: saved } };
  } catch (error) {
    return { error: error.message };
  }
}
