import { constraint } from '../constraints.ts';
import { initializer } from '../initializers.ts';
import { also, integers, nullable, number } from '../option.ts';
import { regularizer } from '../regularizers.ts';
import { layerClass } from './layer-class.ts';
import { axes } from './options.ts';

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
