import { showShape } from '../../../text/shape.ts';
import type { StoredLayerOptions } from '../../../recipe/layers.ts';
import { tf, type Tensor } from '../../tensorflow/tf.ts';
import { layer } from '../definition.ts';
import { type Shape, type Shapes } from '../shapes.ts';

type Options = StoredLayerOptions<'Arithmetic'>;
type Operand = Tensor | number;

const functions: Readonly<Record<Options['function'], (a: Operand, b: Operand) => Tensor>> = {
  add: (a, b) => tf.add(a, b),
  subtract: (a, b) => tf.sub(a, b),
  multiply: (a, b) => tf.mul(a, b),
  divide: (a, b) => tf.div(a, b),
  divide_no_nan: (a, b) => tf.divNoNan(a, b),
  power: (a, b) => tf.pow(a, b),
  maximum: (a, b) => tf.maximum(a, b),
  minimum: (a, b) => tf.minimum(a, b),
  floor_divide: (a, b) => tf.floor(tf.div(a, b)),
  mod: (a, b) => tf.mod(a, b),
};

export const arithmetic = layer('Arithmetic', {
  check({ constant }, inputs) {
    const wanted = constant === null ? 2 : 1;
    if (inputs.length !== wanted) {
      throw new Error(`an operation of two values got ${inputs.length} tensors, not ${wanted}`);
    }
  },
  shape: ({ constant }, inputs) =>
    constant === null ? broadcast(inputs) : withConstant(inputs[0], constant),
  call({ function: name, constant, constantFirst }, _weights, { inputs, input }) {
    const [, other] = inputs;
    const second = constant === null ? other : operandOf(constant);
    if (second === undefined) throw new Error('an operation of two values got one');
    return constantFirst ? functions[name](second, input) : functions[name](input, second);
  },
});

function operandOf(constant: NonNullable<Options['constant']>): Operand {
  return typeof constant === 'number' ? constant : tf.tensor1d(constant.map(Number));
}

function withConstant(input: Shape, constant: NonNullable<Options['constant']>): Shape {
  if (typeof constant === 'number' || constant.length === 1) return input;
  const size = input.at(-1) ?? constant.length;
  if (input.length > 1 && (size === constant.length || size === 1)) {
    return input.with(-1, constant.length);
  }
  throw new Error(
    `a list of ${constant.length} numbers does not fit values of shape ${showShape(input)}`,
  );
}

/** Batches stand beside each other only where both have as many axes. */
function broadcast([first, second = first]: Shapes): Shape {
  const fits =
    first.length === second.length && first.every((size, axis) => isFit(size, second[axis]));
  if (!fits) {
    throw new Error(
      `Operands could not be broadcast together with shapes ${showShape(first)} ${showShape(second)}`,
    );
  }
  return first.map((size, axis) => (size === 1 ? (second[axis] ?? null) : size));
}

function isFit(size: number | null, other: number | null | undefined): boolean {
  return size === null || other === null || size === other || size === 1 || other === 1;
}
