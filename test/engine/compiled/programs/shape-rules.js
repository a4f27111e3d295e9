// node shape-rules.js ADDON -: every op that programs may hold, run by TensorFlow and by its shape
// rule; one JSON line for each case.
import { typeNumbers } from '../../../../dist/grader/engine/compiled/program/attributes.js';
import { inferShapes, knownOps } from '../../../../dist/grader/engine/compiled/shapes/index.js';
import { loadTensorFlow } from '../../../../dist/grader/engine/tensorflow/native.js';
import { int64Scalar } from '../../../../dist/grader/engine/tensorflow/native-ops.js';
import { tf } from '../../../../dist/grader/engine/tensorflow/tf.js';
import { elementwise } from './shape-rules/elementwise.js';
import { movement } from './shape-rules/movement.js';
import { neural } from './shape-rules/neural.js';

const { binding } = loadTensorFlow({ addon: process.argv[2] });
const cases = [...elementwise, ...movement, ...neural];

for (const op of knownOps) {
  const own = cases.filter((each) => each.op === op);
  if (own.length === 0) console.log(JSON.stringify({ op, error: 'no case' }));
  for (const each of own) console.log(JSON.stringify({ op, ...compare(each) }));
}

function compare({ op, attributes, inputs, outputs = 1 }) {
  try {
    const wanted = tf.tidy(() => run({ op, attributes, inputs, outputs }));
    return { wanted, found: inferred({ op, attributes, inputs }).map(show) };
  } catch (error) {
    return { error: error.message };
  }
}

function run({ op, attributes, inputs, outputs }) {
  const given = Object.entries(attributes).map(([name, value]) => ({ name, ...encode(value) }));
  const tensors = inputs.map(tensorOf);
  return tf.backend().executeMultipleOutputs(op, given, tensors, outputs).map(show);
}

function inferred({ op, attributes, inputs }) {
  const constant = (at) => [inputs[at].numbers].flat(Infinity);
  return inferShapes(op, { attributes, inputs, constant });
}

function show({ shape, dtype }) {
  return `${dtype}[${shape.join()}]`;
}

function tensorOf({ shape, dtype, numbers }) {
  if (dtype === 'int64') return int64Scalar(numbers);
  return tf.tensor(numbers, shape, dtype);
}

function encode(value) {
  const [[kind, given]] = Object.entries(value);
  switch (kind) {
    case 'type':
      return { type: binding.TF_ATTR_TYPE, value: typeNumbers[given] };
    case 'int':
    case 'ints':
      return { type: binding.TF_ATTR_INT, value: given };
    case 'float':
      return { type: binding.TF_ATTR_FLOAT, value: given };
    case 'bool':
      return { type: binding.TF_ATTR_BOOL, value: given };
    default:
      return { type: binding.TF_ATTR_STRING, value: given };
  }
}
