import { constraint } from '../constraints.ts';
import { initializer } from '../initializers.ts';
import { boolean, integer, number, only } from '../option.ts';
import { regularizer } from '../regularizers.ts';
import { layerClass } from './layer-class.ts';
import { alone, axes, axis } from './options.ts';

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
  /** Divides by the root of the mean square, and multiplies by a learnt factor. */
  RMSNormalization: layerClass('rmsNormalization', {
    axis: axes(-1),
    epsilon: number({ above: 0, max: 1, default: 0.000001 }),
  }),
  /** Scales each vector to length one. */
  UnitNormalization: layerClass('unitNormalization', { axis: axes(-1) }),
};
