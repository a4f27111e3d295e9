import type { KerasObject } from '../contract.ts';
import { classSchema, kerasClass, readObject } from './keras-class.ts';
import type { Option, OptionTable } from './option.ts';
import {
  also,
  boolean,
  integer,
  integers,
  keyed,
  nullable,
  number,
  only,
  required,
} from './option.ts';

const steps = required(integer({ min: 1 }));
const positive = number({ above: 0 });

/** Learning rates that change with the step, exactly as Keras 3 computes them. */
export const scheduleTable = {
  ExponentialDecay: kerasClass('exponentialDecay', {
    initialLearningRate: required(positive),
    decaySteps: steps,
    decayRate: required(positive),
    /** Whole decays only, at the end of each `decaySteps`. */
    staircase: boolean(false),
  }),
  InverseTimeDecay: kerasClass('inverseTimeDecay', {
    initialLearningRate: required(positive),
    decaySteps: steps,
    decayRate: required(number({ min: 0 })),
    staircase: boolean(false),
  }),
  PolynomialDecay: kerasClass('polynomialDecay', {
    initialLearningRate: required(positive),
    decaySteps: steps,
    endLearningRate: number({ min: 0, default: 0.0001 }),
    power: number({ above: 0, default: 1 }),
    cycle: boolean(false),
  }),
  CosineDecay: kerasClass('cosineDecay', {
    initialLearningRate: required(number({ min: 0 })),
    decaySteps: steps,
    /** The lowest rate, as a share of the initial one. */
    alpha: number({ min: 0, max: 1, default: 0 }),
    warmupTarget: nullable(positive),
    warmupSteps: integer({ min: 0, default: 0 }),
  }),
  PiecewiseConstantDecay: kerasClass('piecewiseConstantDecay', {
    /** Steps after which the next value holds, ascending. */
    boundaries: required(integers({ min: 0 })),
    /** One more than there are boundaries. */
    values: required(rates()),
  }),
};

const learningRate = (byDefault: number): Option<number | KerasObject> =>
  also(['lr'], {
    required: false,
    schema: {
      default: byDefault,
      if: { type: 'object' },
      then: classSchema(scheduleTable),
      else: { type: 'number', exclusiveMinimum: 0 },
    },
    read: (value) => (typeof value === 'object' ? readObject(scheduleTable, value) : value),
  });

const beta = { min: 0, below: 1 };
const moments = {
  beta1: keyed('beta_1', number({ ...beta, default: 0.9 })),
  beta2: keyed('beta_2', number({ ...beta, default: 0.999 })),
};
const epsilon = number({ above: 0, max: 1, default: 1e-7 });

const common = {
  /** Weight decay, scaled by the learning rate. */
  weightDecay: nullable(number({ min: 0 })),
  /** Clips each weight's gradient to this norm. */
  clipnorm: nullable(positive),
  /** Clips each gradient to plus or minus this value. */
  clipvalue: nullable(positive),
  /** Clips all gradients together to this norm. */
  globalClipnorm: nullable(positive),
  /** Keras's averages of the weights, which the grader has not. */
  useEma: only(false),
  /** Gradients of several steps together, which the grader has not. */
  gradientAccumulationSteps: only(null),
};

const nonNegative = number({ min: 0, default: 0 });

export const optimizerTable = {
  SGD: optimizer('sgd', 0.01, {
    momentum: number({ min: 0, max: 1, default: 0 }),
    nesterov: boolean(false),
    ...common,
  }),
  Adam: optimizer('adam', 0.001, { ...moments, epsilon, amsgrad: boolean(false), ...common }),
  AdamW: optimizer('adamw', 0.001, {
    ...moments,
    epsilon,
    amsgrad: boolean(false),
    ...common,
    weightDecay: number({ min: 0, default: 0.004 }),
  }),
  Adamax: optimizer('adamax', 0.001, { ...moments, epsilon, ...common }),
  Nadam: optimizer('nadam', 0.001, { ...moments, epsilon, ...common }),
  RMSprop: optimizer('rmsprop', 0.001, {
    rho: number({ ...beta, default: 0.9 }),
    momentum: number({ min: 0, max: 1, default: 0 }),
    epsilon,
    centered: boolean(false),
    ...common,
  }),
  Adagrad: optimizer('adagrad', 0.001, {
    initialAccumulatorValue: number({ min: 0, default: 0.1 }),
    epsilon,
    ...common,
  }),
  Adadelta: optimizer('adadelta', 0.001, {
    rho: number({ ...beta, default: 0.95 }),
    epsilon,
    ...common,
  }),
  Lion: optimizer('lion', 0.001, {
    beta1: keyed('beta_1', number({ above: 0, max: 1, default: 0.9 })),
    beta2: keyed('beta_2', number({ min: 0, max: 1, default: 0.99 })),
    ...common,
  }),
  Ftrl: optimizer('ftrl', 0.001, {
    learningRatePower: number({ max: 0, default: -0.5 }),
    initialAccumulatorValue: number({ min: 0, default: 0.1 }),
    l1RegularizationStrength: nonNegative,
    l2RegularizationStrength: nonNegative,
    l2ShrinkageRegularizationStrength: nonNegative,
    beta: nonNegative,
    ...common,
  }),
  Adafactor: optimizer('adafactor', 0.001, {
    beta2Decay: keyed('beta_2_decay', number({ max: 0, default: -0.8 })),
    epsilon1: keyed('epsilon_1', number({ above: 0, default: 1e-30 })),
    epsilon2: keyed('epsilon_2', number({ min: 0, default: 0.001 })),
    clipThreshold: number({ above: 0, default: 1 }),
    relativeStep: boolean(true),
    ...common,
  }),
};

export type OptimizerClassName = keyof typeof optimizerTable;

export function isOptimizer(className: string): className is OptimizerClassName {
  return Object.hasOwn(optimizerTable, className);
}

export function isSchedule(className: string): className is keyof typeof scheduleTable {
  return Object.hasOwn(scheduleTable, className);
}

function optimizer<const Call extends string, Options extends OptionTable>(
  call: Call,
  rate: number,
  options: Options,
) {
  return kerasClass(call, {
    /** A number, or a schedule such as `train.exponentialDecay({…})`. */
    learningRate: learningRate(rate),
    ...options,
  });
}

function rates(): Option<readonly number[]> {
  return {
    required: false,
    schema: {
      type: 'array',
      items: { type: 'number', exclusiveMinimum: 0 },
      minItems: 1,
      maxItems: 1000,
    },
  };
}
