// Inputs of cases: types, shapes and numbers, drawn from one seed.
import { seededRandom } from '../../../../../dist/grader/random.js';

const random = seededRandom(11);

export const wholeBelow = (limit) => Math.floor(random() * limit);
export const drawnShape = (rank) => Array.from({ length: rank }, () => 1 + wholeBelow(4));

function value(dtype, shape, draw) {
  const length = shape.reduce((product, size) => product * size, 1);
  return { dtype, shape, numbers: Array.from({ length }, draw) };
}

export const floats = (...shape) => value('float32', shape, () => random() + 0.5);
export const wholes = (...shape) => value('int32', shape, () => 1 + wholeBelow(5));
export const bools = (...shape) => value('bool', shape, () => (random() < 0.5 ? 1 : 0));

/** An int32 constant: a number, a list, or a list of rows. */
export function ints(numbers) {
  const shape = [];
  for (let inner = numbers; Array.isArray(inner); [inner] = inner) shape.push(inner.length);
  const flat = [numbers].flat(Infinity);
  return { dtype: 'int32', shape, numbers: shape.length === 0 ? numbers : flat };
}

export const number = (of) => ({ dtype: 'float32', shape: [], numbers: of });

export const type = (dtype) => ({ type: dtype });
export const T = (dtype = 'float32') => ({ T: type(dtype) });
export const int = type('int32');

export const one = (op, attributes, inputs, outputs) => ({ op, attributes, inputs, outputs });
