import { kerasClass } from './keras-class.ts';
import { readMonitor } from './metrics.ts';
import type { Option } from './option.ts';
import { boolean, integer, nullable, number, oneOf, required, text } from './option.ts';

/** `loss`, a metric of the training, or one of them with `val_` before it. */
const monitor: Option<string> = {
  ...text('^[a-z_]+$'),
  schema: { type: 'string', default: 'val_loss' },
  read: readMonitor,
};

const mode = oneOf('auto', 'min', 'max');

export const callbackTable = {
  EarlyStopping: kerasClass('earlyStopping', {
    /** What is watched: `val_loss` where nothing is said. */
    monitor,
    /** A smaller change than this is none. */
    minDelta: number({ min: 0, default: 0 }),
    /** Epochs without improvement before training ends. */
    patience: integer({ min: 0, default: 0 }),
    mode,
    baseline: nullable(number()),
    /** Goes back to the weights of the best epoch. */
    restoreBestWeights: boolean(false),
    startFromEpoch: integer({ min: 0, default: 0 }),
  }),
  ModelCheckpoint: kerasClass('keepBest', {
    /** What is watched: `val_loss` where nothing is said. */
    monitor,
    mode,
  }),
  ReduceLROnPlateau: kerasClass('reduceLROnPlateau', {
    monitor,
    factor: number({ above: 0, below: 1, default: 0.1 }),
    patience: integer({ min: 0, default: 10 }),
    mode,
    minDelta: number({ min: 0, default: 0.0001 }),
    cooldown: integer({ min: 0, default: 0 }),
    minLr: number({ min: 0, default: 0 }),
  }),
  StopWhen: kerasClass('stopWhen', { conditions: required(conditions()) }),
  LearningRateScheduler: kerasClass('learningRateScheduler', { values: required(rates()) }),
};

function conditions(): Option<readonly unknown[]> {
  const bound = { type: ['number', 'null'], default: null };
  return {
    required: false,
    schema: {
      type: 'array',
      items: {
        type: 'object',
        properties: { metric: { type: 'string' }, above: bound, below: bound },
        required: ['metric'],
        additionalProperties: false,
      },
      minItems: 1,
      maxItems: 16,
    },
    read: (value) => (Array.isArray(value) ? value.map(readCondition) : value),
  };
}

function readCondition(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || !('metric' in value)) return value;
  return { ...value, metric: readMonitor(value.metric) };
}

function rates(): Option<readonly number[]> {
  return {
    required: false,
    schema: {
      type: 'array',
      items: { type: 'number', exclusiveMinimum: 0 },
      minItems: 1,
      maxItems: 10_000,
    },
  };
}
