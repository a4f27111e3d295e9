// node plain-tfjs.js ADDON FOLDER: what TF.js Layers from npm makes of the models saved in FOLDER, whose folders
// and inputs are in FOLDER/models.json; a JSON line each.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';

const tf = createRequire(import.meta.url)('@tensorflow/tfjs');
// Keeps TF.js from advertising its Node backend.
tf.env().set('PROD', true);
await tf.setBackend('cpu');

const folder = process.argv[3];
for (const { name, saved = name, inputs } of JSON.parse(
  readFileSync(join(folder, 'models.json'), 'utf8'),
)) {
  console.log(JSON.stringify({ name, ...(await predicted(join(folder, saved), inputs)) }));
}

async function predicted(path, given) {
  try {
    const model = await tf.loadLayersModel(tf.io.fromMemory(artifacts(path)));
    const inputs = given.map(({ shape, dtype, values }) => tf.tensor(values, shape, dtype));
    const outputs = [model.predict(inputs)].flat();
    return { values: outputs.map((one) => Array.from(one.dataSync())) };
  } catch (error) {
    return { error: error.message.split('\n')[0] };
  }
}

function artifacts(path) {
  const { modelTopology, weightsManifest } = JSON.parse(
    readFileSync(join(path, 'model.json'), 'utf8'),
  );
  const bytes = readFileSync(join(path, 'weights.bin'));
  const weightData = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length);
  return { modelTopology, weightSpecs: weightsManifest[0].weights, weightData };
}
