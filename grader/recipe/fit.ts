import type { FitOptions, KerasObject } from '../contract.ts';
import { trainingMetricIds, type TrainingMetricName } from '../metrics/training.ts';
import type { Callback } from './describe/callbacks.ts';
import { callbackTable, readCallback } from './callbacks.ts';
import { classSchema, requiredObject } from './keras-class.ts';
import { lossTable } from './losses.ts';
import type { LossName } from './losses.ts';
import type { Option } from './option.ts';
import { boolean, integer, nullable, number, required } from './option.ts';
import { readMetric } from './metrics.ts';
import { optimizerTable } from './optimizers.ts';

type OptimizerName = (typeof optimizerTable)[keyof typeof optimizerTable]['call'];

/** How many of the training rows are learnt from: Keras takes the last share of them, before any shuffle. */
export function rowsBeforeSplit(
  { validation_split: share }: Pick<FitOptions, 'validation_split'>,
  rows: number,
): number {
  return Math.floor(rows * (1 - share));
}

export const compileOptions = {
  /** `train.adam(0.001)`, or a name. */
  optimizer: requiredObject<OptimizerName | KerasObject>(optimizerTable),
  /** `losses.huber({delta: 1})`, or a name. */
  loss: requiredObject<LossName | KerasObject>(lossTable),
  /** What is reported beside the loss, and can be watched by callbacks. */
  metrics: metrics(),
};

export const fitOptions = {
  epochs: required(integer({ min: 1, max: 10_000 })),
  batchSize: integer({ min: 1, max: 65_536, default: 32 }),
  /** Batches in an epoch, where it is not the whole training part. */
  stepsPerEpoch: nullable(integer({ min: 1, max: 1_000_000 })),
  /** Share of the training part, from its end, held back for validation; 0 uses the problem's validation part. */
  validationSplit: number({ min: 0, below: 1, default: 0 }),
  /** Validates after every so many epochs. */
  validationFreq: integer({ min: 1, max: 10_000, default: 1 }),
  /** Draws the rows of each epoch in a new order. */
  shuffle: boolean(true),
  /** Of the start weights, the order of rows, dropout and augmentation. */
  seed: nullable(integer({ min: 0, max: 2 ** 31 - 1 })),
  /** Weight of each class in the loss, by its label: `{0: 1, 1: 2.5}`. */
  classWeight: classWeight(),
  callbacks: callbackList(),
};

function metrics(): Option<readonly TrainingMetricName[]> {
  return {
    required: false,
    schema: { type: 'array', items: { enum: trainingMetricIds }, uniqueItems: true, default: [] },
    read: (value) => (Array.isArray(value) ? value.map(readMetric) : value),
  };
}

function classWeight(): Option<Readonly<Record<number, number>> | null> {
  return {
    required: false,
    schema: {
      type: ['object', 'null'],
      propertyNames: { pattern: '^[0-9]{1,6}$', description: 'class numbers from 0' },
      additionalProperties: { type: 'number', minimum: 0 },
      maxProperties: 1000,
      default: null,
    },
  };
}

function callbackList(): Option<readonly Callback[]> {
  return {
    required: false,
    schema: { type: 'array', items: classSchema(callbackTable), maxItems: 32, default: [] },
    read: (value) => (Array.isArray(value) ? value.map(readCallback) : value),
  };
}
