// node own-layers.js ADDON -: facts about layers and initializers that no case of Keras shows.
import { buildModel } from '../../../../dist/grader/engine/model/build-model.js';
import { loadTensorFlow } from '../../../../dist/grader/engine/tensorflow/native.js';
import { tf } from '../../../../dist/grader/engine/tensorflow/tf.js';
import { variablesOf } from '../../../../dist/grader/engine/model/model.js';
import { applied } from '../../programs/model-values.js';

loadTensorFlow({ addon: process.argv[2] });
const row = tf.tensor2d([[1, 5, -3]]);

const own = { name: 'own' };
print('Normalization without statistics', await outputOf('Normalization', own));
const keras2 = { mean: [[1, 2, 3]], variance: [[4, 4, 0]] };
print('Normalization with an axis for the batch', await outputOf('Normalization', keras2));
print('Rescaling of integers', await outputOf('Rescaling', { scale: 0.5 }, tf.cast(row, 'int32')));
const initializer = { class_name: 'Identity', config: { gain: 2 } };
const dense = { units: 3, use_bias: false, kernel_initializer: initializer };
print('Identity as an initializer', await outputOf('Dense', dense));
print('Identity as a layer', await outputOf('Identity', own));

const scaling = { scale: 2, mode: 'fan_avg' };
await printSpread('VarianceScaling', { ...scaling, distribution: 'truncated_normal' });
await printSpread('VarianceScaling', { ...scaling, distribution: 'untruncated_normal' });
await printSpread('VarianceScaling', { ...scaling, distribution: 'uniform' });
for (const name of ['HeNormal', 'LeCunNormal', 'GlorotNormal']) await printSpread(name, {});

async function modelOf(class_name, config, size) {
  const layer = { class_name, config: { ...config, batch_input_shape: [null, size] } };
  return buildModel({ class_name: 'Sequential', config: { name: 'm', layers: [layer] } });
}

async function outputOf(class_name, config, input = row) {
  const model = await modelOf(class_name, config, 3);
  return { values: applied(model, input).arraySync()[0] };
}

/** Of 300 times 200 weights. */
async function printSpread(class_name, config) {
  const kernel_initializer = { class_name, config: { ...config, seed: 3 } };
  const model = await modelOf('Dense', { units: 200, kernel_initializer }, 300);
  const kernel = variablesOf(model)[0];
  const deviation = Math.sqrt(tf.moments(kernel).variance.dataSync()[0]);
  const largest = tf.max(tf.abs(kernel)).dataSync()[0];
  print([class_name, config.distribution].filter(Boolean).join(' '), { deviation, largest });
}

function print(name, facts) {
  console.log(JSON.stringify({ name, ...facts }));
}
