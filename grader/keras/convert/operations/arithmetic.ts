import type { StoredLayerOptions } from '../../../recipe/layers.ts';
import { show } from '../../../text/show.ts';
import { numbersOf, sizesOf } from './constants.ts';
import {
  made,
  named,
  tensors,
  type Expression,
  type Numbers,
  type Operand,
  type Operation,
} from './operation.ts';
import { NotConverted } from './settings.ts';

type Name = StoredLayerOptions<'Arithmetic'>['function'];

/** Operations of two values, by their names as in `table.ts`. */
export const arithmetic: Readonly<Record<string, Operation>> = {
  ...named<Name>(
    (name) =>
      ({ operands }) =>
        ofTwo(name, operands),
    {
      ...{ subtract: 'subtract', multiply: 'multiply', divide: 'divide' },
      ...{ truedivide: 'divide', truediv: 'divide', realdiv: 'divide' },
      ...{ dividenonan: 'divide_no_nan', multiplynonan: 'multiply_no_nan' },
      ...{ power: 'power', pow: 'power', maximum: 'maximum', minimum: 'minimum' },
      ...{ fmax: 'maximum', fmin: 'minimum', scalarmul: 'multiply' },
      ...{ floordivide: 'floor_divide', floordiv: 'floor_divide' },
      ...{ mod: 'mod', floormod: 'mod', atan2: 'atan2', arctan2: 'atan2' },
      squareddifference: 'squared_difference',
      ...{ equal: 'equal', notequal: 'not_equal', eq: 'equal', ne: 'not_equal' },
      ...{ greater: 'greater', greaterequal: 'greater_equal' },
      ...{ less: 'less', lessequal: 'less_equal' },
      ...{ logicaland: 'logical_and', logicalor: 'logical_or', logicalxor: 'logical_xor' },
    },
  ),
  add: ({ operands, generation }) =>
    ofTwo('add', generation === 'keras3' ? withBias(operands) : operands),
  /** Keras 2 has the offset as a setting. */
  biasadd({ operands: [x, ...others], settings }) {
    settings.only('data_format', 'NHWC', 'channels_last');
    const bias = settings.value('bias');
    return ofTwo('add', [x, ...others, ...(bias === null ? [] : [constant(bias)])]);
  },
  addn: (call) => tensors(call).reduce((sum, one) => ofTwo('add', [sum, one])),
  hypot: ({ operands: [x, y] }) =>
    valueBy('sqrt', ofTwo('add', [ofTwo('multiply', [x, x]), ofTwo('multiply', [y, y])])),
  /** log(exp(x) + exp(y)), without large numbers between. */
  logaddexp({ operands: [x, y] }) {
    const distance = valueBy('abs', ofTwo('subtract', [x, y]));
    const rest = valueBy('log1p', valueBy('exp', ofTwo('multiply', [distance, -1])));
    return ofTwo('add', [ofTwo('maximum', [x, y]), rest]);
  },
  where({ operands: [condition, ...branches] }) {
    if (!condition || condition.kind === 'constant' || branches.length !== 2) {
      throw new NotConverted('without a tensor and two values');
    }
    const [first, second] = branches;
    return where(condition, first, second);
  },
  clip: ({ operands, settings }) =>
    between(operands, settings.value('x_min'), settings.value('x_max')),
  clipbyvalue: ({ operands, settings }) =>
    between(operands, settings.value('clip_value_min'), settings.value('clip_value_max')),
};

/**
 * Keras 3 on TensorFlow takes an array with one axis of another size than one for a bias of the last axis
 * where it is as long, on whatever axis it has these numbers (`add` in keras/src/backend/tensorflow/numpy.py).
 */
function withBias(operands: readonly Operand[]): readonly Operand[] {
  const [x, second] = operands;
  if (x?.kind !== 'given' || second?.kind !== 'constant') return operands;
  const numbers = numbersOf(second.value);
  if (numbers === null || typeof numbers === 'number') return operands;
  const values = numbers.flat(6);
  const isBias = sizesOf(numbers).filter((size) => size > 1).length === 1;
  return isBias && x.shape?.at(-1) === values.length ? [x, constant(values)] : operands;
}

function between(operands: readonly Operand[], least: unknown, most: unknown): Expression {
  const bounds = [least, most].filter((bound) => bound !== null).map(constant);
  const [x, low, high, ...others] = [...operands, ...bounds];
  if (others.length > 0) throw new NotConverted(`with ${operands.length} values`);
  return ofTwo('minimum', [ofTwo('maximum', [x, low]), high]);
}

export function valueBy(
  name: StoredLayerOptions<'Elementwise'>['function'],
  x: Expression,
): Expression {
  return made('Elementwise', { function: name }, x);
}

/** One of two values by a condition. */
export function where(
  condition: Expression,
  ...branches: readonly (Operand | number | undefined)[]
): Expression {
  const [then, otherwise] = branches.map(valueOf);
  if (!then || !otherwise) throw new NotConverted('without two values');
  const tensors = [then, otherwise].flatMap(({ tensor }) => tensor ?? []);
  const config = { then: then.numbers, otherwise: otherwise.numbers };
  return made('Where', config, condition, ...tensors);
}

/** Throws where neither is a tensor, or there are not two. */
export function ofTwo(name: Name, operands: readonly (Operand | number | undefined)[]): Expression {
  const [first, second, ...others] = operands.map(valueOf);
  if (!first || !second || others.length > 0) {
    throw new NotConverted(`with ${operands.length} values`);
  }
  if (first.tensor && second.tensor) {
    return made('Arithmetic', { function: name }, first.tensor, second.tensor);
  }
  const isFirst = second.tensor !== null;
  const [x, numbers] = isFirst ? [second.tensor, first.numbers] : [first.tensor, second.numbers];
  if (!x || numbers === null) throw new NotConverted('without a tensor');
  const line = typeof numbers === 'number' ? lineOf(name, numbers, isFirst) : null;
  if (line) return made('Rescaling', { ...line }, x);
  return made('Arithmetic', { function: name, constant: numbers, constant_first: isFirst }, x);
}

type Value =
  | { readonly tensor: Expression; readonly numbers: null }
  | { readonly tensor: null; readonly numbers: Numbers };

function valueOf(operand: Operand | number | undefined): Value {
  if (operand === undefined) throw new NotConverted('without its values');
  if (typeof operand === 'number') return { tensor: null, numbers: operand };
  if (operand.kind !== 'constant') return { tensor: operand, numbers: null };
  const numbers = numbersOf(operand.value);
  if (numbers !== null) return { tensor: null, numbers };
  throw new NotConverted(`with the constant ${show(operand.value)}`);
}

function constant(value: unknown): Operand {
  return { kind: 'constant', value };
}

interface Line {
  readonly scale: number;
  readonly offset: number;
}

/** What an operation with a number is of a tensor, where that is a line. */
function lineOf(name: Name, number: number, isFirst: boolean): Line | null {
  switch (name) {
    case 'add':
      return { scale: 1, offset: number };
    case 'subtract':
      return isFirst ? { scale: -1, offset: number } : { scale: 1, offset: -number };
    case 'multiply':
      return { scale: number, offset: 0 };
    case 'divide':
      return isFirst ? null : { scale: 1 / number, offset: 0 };
    default:
      return null;
  }
}
