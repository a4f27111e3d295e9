import type { Option } from '../option.ts';
import { boolean, integers, nullable, oneOf, required } from '../option.ts';
import { layerClass } from './layer-class.ts';
import { numbers } from './options.ts';

/**
 * Operations that model files have between their layers, such as `x[:, -1]` or `keras.ops.mean(x, axis=1)`,
 * as layers of a document. Keras has no layers for them, and recipes do not write them.
 */
export const operationLayers = {
  /** A function of each value. */
  Elementwise: layerClass('elementwise', {
    function: required(
      oneOf(
        ...([
          'abs',
          'ceil',
          'cos',
          'erf',
          'exp',
          'expm1',
          'floor',
          'gelu_tanh',
          'log',
          'log1p',
        ] as const),
        ...(['reciprocal', 'round', 'rsqrt', 'sign', 'sin', 'sqrt', 'square', 'truncate'] as const),
      ),
    ),
  }),
  /** Two tensors, or one and a constant, value by value; axes of size one are repeated. */
  Arithmetic: layerClass('arithmetic', {
    function: required(
      oneOf(
        ...(['add', 'subtract', 'multiply', 'divide', 'power', 'maximum', 'minimum'] as const),
        ...(['floor_divide', 'mod', 'divide_no_nan'] as const),
      ),
    ),
    /** In the place of a second tensor: a number, or one for each place of the last axis. */
    constant: nullable(numbers(1)),
    /** Whether the constant is the first of the two. */
    constantFirst: boolean(false),
  }),
  /** One value in the place of all along some axes. */
  Reduce: layerClass('reduce', {
    function: required(
      oneOf('mean', 'sum', 'max', 'min', 'prod', 'var', 'std', 'norm', 'logsumexp'),
    ),
    axis: required(integers({ min: -7, max: 7 })),
    keepdims: boolean(false),
  }),
  /** Parts of axes, as in Python. */
  Slice: layerClass('slice', { parts: required(parts()) }),
  /** Leaves out axes of size one; null for all of them. */
  Squeeze: layerClass('squeeze', { axis: nullable(integers({ min: -7, max: 7 })) }),
  /** Products of matrices, which the last two axes are. */
  MatMul: layerClass('matMul', { transposeA: boolean(false), transposeB: boolean(false) }),
};

/** From, up to and by; null where Python has nothing. */
export type Range = readonly [from: number | null, to: number | null, by: number];

/** What is taken of an axis: a place, which ends the axis, or a range; `...` for all axes that are not named. */
export type SlicePart = number | Range | '...';

function parts(): Option<readonly SlicePart[]> {
  return {
    required: false,
    schema: {
      type: 'array',
      minItems: 1,
      maxItems: 8,
      items: {
        type: ['integer', 'array', 'string'],
        pattern: '^\\.\\.\\.$',
        items: { type: ['integer', 'null'] },
        minItems: 3,
        maxItems: 3,
      },
    },
  };
}
