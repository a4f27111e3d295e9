import type { StoredActivation } from '../../../recipe/activations.ts';
import type { StoredLayerOptions } from '../../../recipe/layers.ts';
import { one, type Operation, type Step } from './operation.ts';
import { flipped, slices } from './slices.ts';
import { twoValues } from './two-values.ts';

/**
 * Operations by their names in lower case without underscores and without the module: Keras 3's classes
 * (`keras.ops.leaky_relu` is LeakyRelu) and TensorFlow's functions (`tf.nn.leaky_relu`).
 */
export const operations: Readonly<Record<string, Operation>> = {
  getitem: slices,
  flip: flipped,
  reverse: flipped,
  ...mapped(twoValues, {
    add: 'add',
    subtract: 'subtract',
    multiply: 'multiply',
    divide: 'divide',
    truedivide: 'divide',
    truediv: 'divide',
    dividenonan: 'divide_no_nan',
    power: 'power',
    pow: 'power',
    maximum: 'maximum',
    minimum: 'minimum',
    floordivide: 'floor_divide',
    floordiv: 'floor_divide',
    mod: 'mod',
    floormod: 'mod',
  }),
  ...mapped(activation, {
    relu6: 'relu6',
    selu: 'selu',
    sigmoid: 'sigmoid',
    tanh: 'tanh',
    softplus: 'softplus',
    softsign: 'softsign',
    silu: 'swish',
    swish: 'swish',
    mish: 'mish',
    hardsigmoid: 'hard_sigmoid',
    hardsilu: 'hard_silu',
    hardswish: 'hard_silu',
    hardtanh: 'hard_tanh',
    logsigmoid: 'log_sigmoid',
    tanhshrink: 'tanh_shrink',
    squareplus: 'squareplus',
    sparseplus: 'sparse_plus',
    sparsesigmoid: 'sparse_sigmoid',
  }),
  ...mapped(elementwise, {
    abs: 'abs',
    absolute: 'abs',
    ceil: 'ceil',
    cos: 'cos',
    erf: 'erf',
    exp: 'exp',
    expm1: 'expm1',
    floor: 'floor',
    log: 'log',
    log1p: 'log1p',
    reciprocal: 'reciprocal',
    rsqrt: 'rsqrt',
    sign: 'sign',
    sin: 'sin',
    sqrt: 'sqrt',
    square: 'square',
  }),
  ...mapped(reduction, {
    mean: 'mean',
    average: 'mean',
    reducemean: 'mean',
    sum: 'sum',
    reducesum: 'sum',
    max: 'max',
    amax: 'max',
    reducemax: 'max',
    min: 'min',
    amin: 'min',
    reducemin: 'min',
    prod: 'prod',
    reduceprod: 'prod',
    var: 'var',
    reducevariance: 'var',
    std: 'std',
    reducestd: 'std',
    logsumexp: 'logsumexp',
    reducelogsumexp: 'logsumexp',
  }),
  norm({ settings }) {
    settings.only('ord', 2, 'euclidean', 'fro');
    const axis = settings.integers('axis');
    return axis && one('Reduce', { function: 'norm', axis, keepdims: settings.isSet('keepdims') });
  },
  normalize: unitLength,
  l2normalize: unitLength,
  negative: () => one('Rescaling', { scale: -1, offset: 0 }),
  round({ settings }) {
    settings.only('decimals', 0);
    return one('Elementwise', { function: 'round' });
  },
  identity: () => one('Identity'),
  cast({ settings }) {
    const dtype = settings.value('dtype');
    if (dtype === 'float32' || dtype === 'float64') return { then: [] };
    if (dtype === 'int32' || dtype === 'int64') return one('Elementwise', { function: 'truncate' });
    return settings.refuse(['dtype'], dtype);
  },
  relu({ settings }) {
    const maximum = settings.value('max_value');
    const slope = settings.number(0, 'negative_slope', 'alpha');
    const threshold = settings.number(0, 'threshold');
    if (maximum === null && slope === 0 && threshold === 0) {
      return one('Activation', { activation: 'relu' });
    }
    return one('ReLU', { max_value: maximum, negative_slope: slope, threshold });
  },
  leakyrelu: ({ settings }) =>
    one('LeakyReLU', { alpha: settings.number(0.2, 'negative_slope', 'alpha') }),
  elu: ({ settings }) => one('ELU', { alpha: settings.number(1, 'alpha') }),
  celu({ settings }) {
    settings.only('alpha', 1);
    return one('Activation', { activation: 'celu' });
  },
  gelu: ({ settings }) =>
    settings.isSet('approximate')
      ? one('Elementwise', { function: 'gelu_tanh' })
      : one('Activation', { activation: 'gelu' }),
  softshrink({ settings }) {
    settings.only('threshold', 0.5);
    return one('Activation', { activation: 'soft_shrink' });
  },
  hardshrink({ settings }) {
    settings.only('threshold', 0.5);
    return one('Activation', { activation: 'hard_shrink' });
  },
  softmax: ({ settings }) => one('Softmax', { axis: settings.value('axis') ?? -1 }),
  logsoftmax({ settings }) {
    settings.only('axis', -1);
    return one('Activation', { activation: 'log_softmax' });
  },
  clip: between,
  clipbyvalue: between,
  expanddims({ settings }) {
    const axes = settings.integers('axis');
    return axes && { then: [...axes].sort((a, b) => a - b).map(newAxis) };
  },
  squeeze: ({ settings }) => one('Squeeze', { axis: settings.integers('axis') }),
  reshape({ settings }) {
    const shape = settings.value('newshape', 'shape');
    const [batch, ...sizes] = Array.isArray(shape) ? (shape as unknown[]) : [];
    const keepsBatch = batch === -1 || batch === null;
    return keepsBatch ? one('Reshape', { target_shape: sizes }) : settings.refuse(['shape'], shape);
  },
  transpose({ settings }) {
    settings.only('conjugate', false);
    const [batch, ...dims] = settings.integers('axes', 'perm') ?? [];
    return batch === 0 ? one('Permute', { dims }) : null;
  },
  concatenate: joined,
  concat: joined,
  stack({ settings }) {
    const axis = settings.number(0, 'axis');
    return { each: [newAxis(axis)], then: [{ className: 'Concatenate', config: { axis } }] };
  },
  matmul({ settings }) {
    const transposed = {
      transpose_a: settings.isSet('transpose_a'),
      transpose_b: settings.isSet('transpose_b'),
    };
    return one('MatMul', transposed);
  },
};

type Functions = StoredLayerOptions<'Elementwise'>['function'];
type Reductions = StoredLayerOptions<'Reduce'>['function'];

function mapped<Name extends string>(
  operation: (name: Name) => Operation,
  names: Readonly<Record<string, Name>>,
): Record<string, Operation> {
  return Object.fromEntries(Object.entries(names).map(([key, name]) => [key, operation(name)]));
}

function activation(name: StoredActivation): Operation {
  return () => one('Activation', { activation: name });
}

function elementwise(name: Functions): Operation {
  return () => one('Elementwise', { function: name });
}

function reduction(name: Reductions): Operation {
  return ({ settings }) => {
    const axis = settings.integers('axis');
    const keepdims = settings.isSet('keepdims');
    return axis ? one('Reduce', { function: name, axis, keepdims }) : null;
  };
}

function unitLength({ settings }: Parameters<Operation>[0]) {
  settings.only('order', 2);
  settings.only('epsilon', 1e-12);
  return one('UnitNormalization', { axis: settings.value('axis') ?? -1 });
}

function between({ settings }: Parameters<Operation>[0]) {
  const limit = (name: string, ...names: readonly string[]): Step => {
    const value = settings.value(...names);
    const constant = typeof value === 'number' ? value : settings.refuse(names, value);
    return { className: 'Arithmetic', config: { function: name, constant } };
  };
  return {
    then: [
      limit('maximum', 'x_min', 'clip_value_min'),
      limit('minimum', 'x_max', 'clip_value_max'),
    ],
  };
}

function joined({ settings }: Parameters<Operation>[0]) {
  return one('Concatenate', { axis: settings.number(-1, 'axis') });
}

function newAxis(axis: number): Step {
  return { className: 'ExpandDims', config: { axis } };
}
