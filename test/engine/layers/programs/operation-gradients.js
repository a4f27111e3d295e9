// node operation-gradients.js ADDON -: gradients of operations beside numeric ones, as JSON lines.
import { loadTensorFlow } from '../../../../dist/grader/engine/tensorflow/native.js';
import { registerGradients } from '../../../../dist/grader/engine/tensorflow/gradients.js';
import { tf } from '../../../../dist/grader/engine/tensorflow/tf.js';
import { definitionOf } from '../../../../dist/grader/engine/layers/table.js';
import { layerTable } from '../../../../dist/grader/recipe/layers.js';
import { storedOptions } from '../../../../dist/grader/recipe/stored-options.js';
import { seededRandom } from '../../../../dist/grader/random.js';
import { operations } from '../../programs/replay/operations.js';

loadTensorFlow({ addon: process.argv[2] });
registerGradients();
const step = 2e-3;

for (const [name, { graph }] of Object.entries(operations)) {
  const { class_name, config, inbound_nodes } = graph.layers.find(
    (one) => one.name === 'operation',
  );
  const options = storedOptions(layerTable[class_name].options, config);
  const random = seededRandom(11);
  const drawn = (from, to) => () => from + (to - from) * random();
  const tensors = inbound_nodes[0].map(([branch]) => {
    const made = values(branch === 'right' ? drawn(0.15, 0.9) : drawn(-0.9, 0.9));
    if (branch === 'truth') return tf.cast(tf.greater(made, 0), 'float32');
    return branch === 'picture' ? tf.reshape(made, [2, 2, 2, 4]) : made;
  });
  const call = (...inputs) =>
    definitionOf(class_name).call(options, {}, { inputs, input: inputs[0], masks: [], mask: null });
  const factors = tf.tensor(
    Array.from({ length: call(...tensors).size }, random),
    call(...tensors).shape,
  );
  const of = (...inputs) => tf.sum(tf.mul(call(...inputs), factors));
  const gradients = tf.grads(of)(tensors);
  const differences = tensors.map((tensor, at) =>
    apart(gradients[at], tensor, (moved) => of(...tensors.with(at, moved))),
  );
  const largest = Math.max(...differences);
  console.log(
    JSON.stringify({ name, largest, sum: gradients.reduce((sum, one) => sum + size(one), 0) }),
  );
}

function values(of) {
  return tf.tensor(Array.from({ length: 32 }, of), [2, 4, 4]);
}

function size(tensor) {
  return tf.sum(tf.abs(tensor)).dataSync()[0];
}

/** The largest difference of a gradient to the numeric one, beside one and that. */
function apart(gradient, tensor, of) {
  const found = gradient.dataSync();
  const at = tensor.dataSync();
  const moved = (index, by) =>
    of(tf.tensor(at.with(index, at[index] + by), tensor.shape)).dataSync()[0];
  return found.reduce((most, value, index) => {
    const numeric = (moved(index, step) - moved(index, -step)) / (2 * step);
    return Math.max(most, Math.abs(value - numeric) / (1 + Math.abs(numeric)));
  }, 0);
}
