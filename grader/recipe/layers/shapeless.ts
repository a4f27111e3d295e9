import type { Option } from '../option.ts';
import { also, boolean, integer, integers, nullable, number, only, required } from '../option.ts';
import { constraint } from '../constraints.ts';
import { initializer } from '../initializers.ts';
import { regularizer } from '../regularizers.ts';
import { rate } from './basic.ts';
import { layerClass } from './layer-class.ts';

const axis = (byDefault: number) => integer({ min: -7, max: 7, default: byDefault });

export const mergeLayers = {
  Add: layerClass('add', {}),
  Average: layerClass('average', {}),
  Concatenate: layerClass('concatenate', { axis: axis(-1) }),
  Maximum: layerClass('maximum', {}),
  Minimum: layerClass('minimum', {}),
  Multiply: layerClass('multiply', {}),
  Dot: layerClass('dot', {
    /** The axis of each input over which products are summed; axis 0 is the batch. */
    axes: required(bothAxes()),
    /** Scales to unit length first, which gives the cosine. */
    normalize: boolean(false),
  }),
};

const normalization = {
  epsilon: number({ above: 0, max: 1, default: 0.001 }),
  /** Adds a learnt offset, beta. */
  center: boolean(true),
  /** Multiplies by a learnt factor, gamma. */
  scale: boolean(true),
  betaInitializer: initializer('Zeros'),
  gammaInitializer: initializer('Ones'),
  betaRegularizer: regularizer(),
  gammaRegularizer: regularizer(),
};

export const normalizationLayers = {
  BatchNormalization: layerClass('batchNormalization', {
    axis: axis(-1),
    /** Of the moving averages. */
    momentum: number({ min: 0, max: 1, default: 0.99 }),
    ...normalization,
    movingMeanInitializer: initializer('Zeros'),
    movingVarianceInitializer: initializer('Ones'),
    betaConstraint: constraint(),
    gammaConstraint: constraint(),
  }),
  LayerNormalization: layerClass('layerNormalization', {
    axis: { ...axis(-1), read: alone },
    ...normalization,
  }),
};

export const activationLayers = {
  ReLU: layerClass('reLU', {
    maxValue: nullable(number({ min: 0 })),
    negativeSlope: only(0),
    threshold: only(0),
  }),
  LeakyReLU: layerClass('leakyReLU', {
    /** Slope below zero. */
    alpha: also(['negative_slope'], number({ min: 0, default: 0.3 })),
  }),
  /** Leaky ReLU whose slopes are learnt. */
  PReLU: layerClass('prelu', {
    alphaInitializer: initializer('Zeros'),
    alphaRegularizer: regularizer(),
    alphaConstraint: constraint(),
    sharedAxes: nullable(integers({ min: 1, max: 7 })),
  }),
  ELU: layerClass('elu', { alpha: only(1) }),
  ThresholdedReLU: layerClass('thresholdedReLU', { theta: number({ min: 0, default: 1 }) }),
  Softmax: layerClass('softmax', { axis: axis(-1) }),
};

export const noiseLayers = {
  GaussianNoise: layerClass('gaussianNoise', { stddev: required(number({ min: 0 })) }),
  GaussianDropout: layerClass('gaussianDropout', { rate: required(rate) }),
  AlphaDropout: layerClass('alphaDropout', { rate: required(rate) }),
};

function bothAxes(): Option<number | readonly [number, number]> {
  return {
    required: false,
    schema: {
      type: 'array',
      items: { type: 'integer', minimum: -3, maximum: 3 },
      minItems: 2,
      maxItems: 2,
    },
    read: (value) => (typeof value === 'number' ? [value, value] : value),
  };
}

/** Keras writes a single axis as a list of one. */
function alone(value: unknown): unknown {
  return Array.isArray(value) && value.length === 1 ? value[0] : value;
}
