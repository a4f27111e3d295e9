import type { KerasObject } from '../../contract.ts';
import { bestOptions, callbackTable } from '../callbacks.ts';
import { isObject } from '../keras-class.ts';
import type { OptionsOf } from '../option.ts';
import { show } from '../../text/show.ts';
import { authoring, guarded, kerasObject } from './authoring.ts';
import { derived, refuse } from './mistakes.ts';
import { recordOptions } from './record.ts';

export interface Bound {
  /** The metric must exceed this. */
  readonly above?: number;
  /** The metric must be less than this. */
  readonly below?: number;
}

/**
 * The learning rate of an epoch. Epochs count from 0; `rate` is the one before, as in Keras. It is
 * called for every epoch when the recipe is read, before training.
 */
export type EpochSchedule = (epoch: number, rate: number) => number;

/** A learning-rate function that waits for the number of epochs. */
export class PendingSchedule {
  readonly schedule: EpochSchedule;

  constructor(schedule: EpochSchedule) {
    this.schedule = schedule;
  }
}

export type Callback = KerasObject | PendingSchedule;

const { EarlyStopping, ModelCheckpoint, ReduceLROnPlateau } = callbackTable;

/** What may act at the end of an epoch. */
export const callbacks = guarded('callbacks', {
  ...authoring('callbacks', { EarlyStopping, ModelCheckpoint, ReduceLROnPlateau }, kerasObject),
  /** Goes back to the weights of the best epoch: a `modelCheckpoint` with `saveBestOnly`. */
  keepBest(options: OptionsOf<typeof bestOptions> = {}): KerasObject {
    const config = recordOptions('callbacks.keepBest', bestOptions, options);
    return kerasObject('ModelCheckpoint', { ...config, save_best_only: true });
  },
  /** Ends training after the first epoch in which every metric passes its bound. */
  stopWhen(bounds: Readonly<Record<string, Bound>>): Callback {
    if (!isObject(bounds))
      refuse(`callbacks.stopWhen takes ${example}, got ${show(bounds)}.`, bounds, first);
    const conditions = Object.entries(bounds).map((entry) => condition(entry, bounds));
    return { class_name: 'StopWhen', config: { conditions } };
  },
  /** Sets the learning rate of each epoch: `(epoch) => 1e-8 * 10 ** (epoch / 20)`. */
  learningRateScheduler(schedule: EpochSchedule): Callback {
    if (typeof schedule !== 'function') {
      const message = `callbacks.learningRateScheduler takes a function, got ${show(schedule)}.`;
      refuse(message, schedule, first);
    }
    return new PendingSchedule(schedule);
  },
});

const example = '{ val_accuracy: { above: 0.9 } }';

const first = { argument: 0 };

function condition([metric, bound]: [string, unknown], of: object): object {
  const keys = isObject(bound) ? Object.keys(bound) : [];
  if (keys.length === 0 || !keys.every((key) => key === 'above' || key === 'below')) {
    const message = `callbacks.stopWhen takes ${example}, got ${show(bound)} for "${metric}".`;
    refuse(message, bound, { of, key: metric, on: 'value' });
  }
  const made = { metric, ...(bound as Bound) };
  derived(made, bound);
  return made;
}
