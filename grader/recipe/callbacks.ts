import { isKerasObject, kerasClass, readObject } from './keras-class.ts';
import { sameName } from './names.ts';
import type { Callback } from '../contract.ts';
import { readMonitor } from './metrics.ts';
import type { Option } from './option.ts';
import {
  boolean,
  integer,
  nullable,
  number,
  oneOf,
  only,
  optional,
  required,
  text,
} from './option.ts';

/** `loss`, a metric of the training, or one of them with `val_` before it. */
const monitor: Option<string> = {
  ...text('^[a-z_]+$'),
  schema: { type: 'string', default: 'val_loss' },
  read: readMonitor,
};

const mode = oneOf('auto', 'min', 'max');

/** What is watched for the best epoch, `val_loss` where nothing is said, and which way. */
export const bestOptions = { monitor, mode };

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
  ModelCheckpoint: kerasClass('modelCheckpoint', {
    ...bestOptions,
    /** Keeps the weights of the best epoch; left out, as in Keras, those of the last. */
    saveBestOnly: boolean(false),
    /** A value that the first epoch to be kept must beat. */
    initialValueThreshold: nullable(number()),
    /** Of no effect: weights are kept in memory, after each epoch. */
    filepath: optional(text('')),
    verbose: optional(integer({ min: 0, max: 2 })),
    saveWeightsOnly: optional(boolean(false)),
    saveFreq: optional(only('epoch')),
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

/** A callback as the document has it; `keepBest` is a ModelCheckpoint of the best epoch. */
export function readCallback(value: unknown): unknown {
  if (!isKerasObject(value) || !sameName(value.class_name, 'keepBest')) {
    return readObject(callbackTable, value);
  }
  const config = { ...value.config, save_best_only: true };
  return readObject(callbackTable, { ...value, class_name: 'ModelCheckpoint', config });
}

/** Options that have no effect here, taken out of a checked list of callbacks; `notes` names them. */
export function withoutFiles(callbacks: readonly Callback[], notes: string[]): readonly Callback[] {
  return callbacks.map((callback) => {
    if (callback.class_name !== 'ModelCheckpoint') return callback;
    const entries = Object.entries(callback.config);
    const { config } = callback;
    const idle = entries.map(([key]) => key).filter((key) => ofFile.includes(key));
    if (idle.length > 0) {
      notes.push(
        `${idle.join(', ')} of ModelCheckpoint: no effect, the weights of the epoch are kept in memory.`,
      );
    }
    if (!config.save_best_only) {
      notes.push(
        `ModelCheckpoint keeps the last epoch, as in Keras; with save_best_only, the best by ${config.monitor}.`,
      );
    }
    const { monitor, mode, save_best_only, initial_value_threshold } = config;
    return { ...callback, config: { monitor, mode, save_best_only, initial_value_threshold } };
  });
}

const ofFile = ['filepath', 'verbose', 'save_weights_only', 'save_freq'];

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
