// node built-models.js ADDON FILE: builds models without data, as measuring does; FILE is a list of them.
// Prints one JSON line per model: what its last layer gives, and the model as it is saved.
import { readFileSync } from 'node:fs';
import { planCandidate } from '../../../../dist/grader/engine/model/build-model.js';
import { savedModel } from '../../../../dist/grader/engine/model/saved-model.js';

const models = JSON.parse(readFileSync(process.argv[3], 'utf8'));

for (const config of models) console.log(JSON.stringify(facts(config)));

function facts(config) {
  try {
    const plan = planCandidate(config);
    return { outputShape: plan.outputs[0].shape, saved: savedModel(plan) };
  } catch (error) {
    return { error: error.message };
  }
}
