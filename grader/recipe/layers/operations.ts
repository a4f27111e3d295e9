import type { Option } from '../option.ts';
import { boolean, integer, integers, nullable, number, oneOf, required, text } from '../option.ts';
import { layerClass } from './layer-class.ts';
import { axis, numbers } from './options.ts';

const axes = required(integers({ min: -7, max: 7 }));

/** Numbers that stand in a file beside the tensors: one, or an array; as many axes as tensors have. */
const array = nullable(numbers(7));

const blocks = { blockSize: required(integer({ min: 2, max: 1024 })) };

/**
 * Operations that model files have between their layers, such as `x[:, -1]` or `keras.ops.mean(x, axis=1)`,
 * as layers of a document. Keras has no layers for them, and recipes do not write them.
 */
export const operationLayers = {
  /** A function of each value; what is true or false is 1 or 0. */
  Elementwise: layerClass('elementwise', {
    function: required(
      oneOf(
        ...(['abs', 'acos', 'acosh', 'asin', 'asinh', 'atan', 'atanh', 'ceil', 'cos'] as const),
        ...(['cosh', 'erf', 'exp', 'expm1', 'floor', 'gelu_tanh', 'is_finite', 'is_inf'] as const),
        ...(['is_nan', 'is_true', 'log', 'log1p', 'logical_not', 'ones_like'] as const),
        ...(['reciprocal', 'round', 'rsqrt', 'sign', 'sin', 'sinh', 'sqrt', 'square'] as const),
        ...(['stop_gradient', 'tan', 'truncate', 'zeros_like'] as const),
      ),
    ),
  }),
  /** Two tensors, or one and constants, value by value; axes of size one are repeated. */
  Arithmetic: layerClass('arithmetic', {
    function: required(
      oneOf(
        ...(['add', 'subtract', 'multiply', 'divide', 'power', 'maximum', 'minimum'] as const),
        ...(['floor_divide', 'mod', 'divide_no_nan', 'multiply_no_nan', 'atan2'] as const),
        ...(['squared_difference', 'equal', 'not_equal', 'greater', 'greater_equal'] as const),
        ...(['less', 'less_equal', 'logical_and', 'logical_or', 'logical_xor'] as const),
      ),
    ),
    /** In the place of a second tensor. */
    constant: array,
    /** Whether the constant is the first of the two. */
    constantFirst: boolean(false),
  }),
  /** Of two tensors or constants the first where a condition, the first input, holds, else the second. */
  Where: layerClass('where', { then: array, otherwise: array }),
  /** One value in the place of all along some axes. */
  Reduce: layerClass('reduce', {
    function: required(
      oneOf(
        ...(['mean', 'sum', 'max', 'min', 'prod', 'var', 'std', 'norm', 'logsumexp'] as const),
        ...(['any', 'all', 'argmax', 'argmin'] as const),
      ),
    ),
    axis: axes,
    keepdims: boolean(false),
  }),
  /** A function of the values along one axis. */
  Along: layerClass('along', {
    function: required(oneOf('cumsum', 'glu', 'log_softmax', 'softmax', 'sparsemax')),
    axis: axis(-1),
  }),
  /** Parts of axes as in Python, or other choices of their places. */
  Slice: layerClass('slice', { parts: required(parts()) }),
  /** Leaves out axes of size one; null for all of them. */
  Squeeze: layerClass('squeeze', { axis: nullable(integers({ min: -7, max: 7 })) }),
  /** Puts axes to other places, the others stay in order. */
  MoveAxis: layerClass('moveAxis', { source: axes, destination: axes }),
  /** A value around what comes in: how often before and behind, for each axis. */
  Pad: layerClass('pad', { paddings: required(pairs()), value: number({ default: 0 }) }),
  /** In the place of each whole number as many values, of which that one is another; as the last axis. */
  OneHot: layerClass('oneHot', {
    depth: required(integer({ min: 1, max: 65_536 })),
    onValue: number({ default: 1 }),
    offValue: number({ default: 0 }),
  }),
  /** The greatest values of the last axis in their order, or their places; all of them where no number is stated. */
  TopK: layerClass('topK', {
    k: nullable(integer({ min: 1, max: 65_536 })),
    gives: oneOf('values', 'places'),
  }),
  /** Products of matrices, which the last two axes are. */
  MatMul: layerClass('matMul', { transposeA: boolean(false), transposeB: boolean(false) }),
  /** Sums of products of one or two tensors, or of one and a constant, by an equation. */
  Einsum: layerClass('einsum', {
    equation: required(text('^[a-zA-Z.]{1,12}(,[a-zA-Z.]{1,12})?(->[a-zA-Z.]{0,12})?$')),
    constant: array,
  }),
  /** Values of each pixel as a square of pixels, row by row. */
  DepthToSpace: layerClass('depthToSpace', blocks),
  /** Squares of pixels as one pixel each, row by row. */
  SpaceToDepth: layerClass('spaceToDepth', blocks),
  /** Values divided by a power of the sum of squares of the channels around each. */
  LocalResponse: layerClass('localResponse', {
    depthRadius: integer({ min: 1, max: 1024, default: 5 }),
    ...{
      bias: number({ default: 1 }),
      alpha: number({ default: 1 }),
      beta: number({ default: 0.5 }),
    },
  }),
};

/** From, up to and by; null where Python has nothing. */
export type Range = readonly [from: number | null, to: number | null, by: number];

/** Another choice of places of an axis. */
export interface Choice {
  /**
   * `places`: these. `repeat`: each so many times. `tile`: all, so many times. `roll`: moved on by so many.
   * `section`: the first number says which, the second of how many as equal as they can be. `reflect` and
   * `symmetric`: mirrored at both ends by so many, without and with the ends themselves.
   */
  readonly take: 'places' | 'repeat' | 'tile' | 'roll' | 'section' | 'reflect' | 'symmetric';
  readonly by: readonly number[];
}

/** What is taken of an axis: a place, which ends the axis, or several; `...` for all axes that are not named. */
export type SlicePart = number | Range | Choice | '...';

function parts(): Option<readonly SlicePart[]> {
  return {
    required: false,
    schema: {
      type: 'array',
      minItems: 1,
      maxItems: 8,
      items: {
        type: ['integer', 'array', 'string', 'object'],
        pattern: '^\\.\\.\\.$',
        items: { type: ['integer', 'null'] },
        minItems: 3,
        maxItems: 3,
        required: ['take', 'by'],
        additionalProperties: false,
        properties: {
          take: { enum: ['places', 'repeat', 'tile', 'roll', 'section', 'reflect', 'symmetric'] },
          by: { type: 'array', items: { type: 'integer' }, maxItems: 65_536 },
        },
      },
    },
  };
}

function pairs(): Option<readonly (readonly [number, number])[]> {
  const pair = { type: 'array', minItems: 2, maxItems: 2 };
  const items = { ...pair, items: { type: 'integer', minimum: 0, maximum: 65_536 } };
  return { required: false, schema: { type: 'array', minItems: 1, maxItems: 8, items } };
}
