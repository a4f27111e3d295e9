// node save-probe.js ADDON FOLDER: saves the models that Keras saved in FOLDER as a grading saves them, in
// FOLDER/saved; prints a JSON line for each that is not refused.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildUnsetModel } from '../../../../dist/grader/engine/model/build-model.js';
import { loadWeights } from '../../../../dist/grader/engine/model/load-weights.js';
import { disposeModel } from '../../../../dist/grader/engine/model/model.js';
import { saveModel } from '../../../../dist/grader/engine/model/save-model.js';
import { loadTensorFlow } from '../../../../dist/grader/engine/tensorflow/native.js';
import { openContainer } from '../../../../dist/grader/keras/containers/open-container.js';
import { readContainer } from '../../../../dist/grader/keras/read-model.js';
import { normaliseModel } from '../../../../dist/grader/recipe/normalise.js';

const [addon, folder] = process.argv.slice(2);
loadTensorFlow({ addon });
const scratch = mkdtempSync(join(tmpdir(), 'save-probe-'));

for (const { file } of JSON.parse(readFileSync(join(folder, 'models.json'), 'utf8'))) {
  try {
    await save(file);
    console.log(JSON.stringify({ file }));
  } catch (error) {
    if (!error.failure) throw error;
  }
}
rmSync(scratch, { recursive: true });

async function save(file) {
  const container = await openContainer(join(folder, file), 'keras-zip', { scratch });
  const { model: document, weights } = readContainer(container, scratch);
  container.close();
  const model = buildUnsetModel(normaliseModel(document).model);
  await loadWeights(model, weights);
  await saveModel(model, join(folder, 'saved', file));
  disposeModel(model);
}
