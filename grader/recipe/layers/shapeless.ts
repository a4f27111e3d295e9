import type { Option } from '../option.ts';
import {
  also,
  boolean,
  integer,
  integers,
  nullable,
  number,
  only,
  required,
  shape,
} from '../option.ts';
import { constraint } from '../constraints.ts';
import { initializer } from '../initializers.ts';
import { regularizer } from '../regularizers.ts';
import { rate, seed } from './basic.ts';
import { layerClass } from './layer-class.ts';
import { alone, axes } from './options.ts';

const axis = (byDefault: number) => integer({ min: -7, max: 7, default: byDefault });

export const mergeLayers = {
  Add: layerClass('add', {}),
  Average: layerClass('average', {}),
  Concatenate: layerClass('concatenate', { axis: axis(-1) }),
  Maximum: layerClass('maximum', {}),
  Minimum: layerClass('minimum', {}),
  Multiply: layerClass('multiply', {}),
  /** The first of two inputs without the second. */
  Subtract: layerClass('subtract', {}),
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
  betaConstraint: constraint(),
  gammaConstraint: constraint(),
};

export const normalizationLayers = {
  BatchNormalization: layerClass('batchNormalization', {
    axis: { ...axis(-1), read: alone },
    /** Of the moving averages. */
    momentum: number({ min: 0, max: 1, default: 0.99 }),
    ...normalization,
    movingMeanInitializer: initializer('Zeros'),
    movingVarianceInitializer: initializer('Ones'),
    renorm: only(false),
    synchronized: only(false),
  }),
  LayerNormalization: layerClass('layerNormalization', {
    axis: axes(-1),
    ...normalization,
    /** Divides by the root of the variance alone: the mean stays, and there is no beta. */
    rmsScaling: boolean(false),
  }),
  /** Over groups of channels, example by example. */
  GroupNormalization: layerClass('groupNormalization', {
    /** Channels are cut in so many groups; -1 makes each a group of its own. */
    groups: integer({ min: -1, max: 65_536, default: 32 }),
    axis: { ...axis(-1), read: alone },
    ...normalization,
  }),
  /** Scales each vector to length one. */
  UnitNormalization: layerClass('unitNormalization', { axis: axes(-1) }),
};

export const activationLayers = {
  ReLU: layerClass('reLU', {
    maxValue: nullable(number({ min: 0 })),
    /** Slope below the threshold. */
    negativeSlope: number({ min: 0, default: 0 }),
    /** Values up to it become zero, or follow the slope. */
    threshold: number({ min: 0, default: 0 }),
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
  ELU: layerClass('elu', {
    /** Far below zero the output comes close to -alpha. */
    alpha: number({ default: 1 }),
  }),
  ThresholdedReLU: layerClass('thresholdedReLU', { theta: number({ min: 0, default: 1 }) }),
  Softmax: layerClass('softmax', { axis: axes(-1) }),
};

export const noiseLayers = {
  GaussianNoise: layerClass('gaussianNoise', { stddev: required(number({ min: 0 })), seed }),
  GaussianDropout: layerClass('gaussianDropout', { rate: required(rate), seed }),
  AlphaDropout: layerClass('alphaDropout', {
    rate: required(rate),
    noiseShape: nullable(shape()),
    seed,
  }),
};

function bothAxes(): Option<number | readonly [number, number], false, readonly [number, number]> {
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
