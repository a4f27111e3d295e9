import type { Callback, Mode } from '../../contract.ts';
import { trainingMetric, trainingMetricIds } from '../../metrics/training.ts';
import type { Logs } from './trainer.ts';

/** What a callback may ask for at the end of an epoch. */
export interface EpochControls {
  stop(reason: 'early-stopping' | 'stop-when'): void;
  /** Remembers this epoch's weights as the best so far. */
  keep(): void;
  multiplyLearningRate(factor: number, minimum: number): void;
}

interface ActiveCallback {
  /** Epochs count from 1. */
  onEpochEnd(epoch: number, logs: Logs, controls: EpochControls): void;
}

/**
 * A recipe's callbacks as one, in their order. Of several that keep weights the last has its way, as in
 * Keras, where each EarlyStopping puts its own back in `on_train_end` (callbacks/early_stopping.py). Those
 * of a ModelCheckpoint are loaded after the training, and so after theirs.
 */
export function activateAll(callbacks: readonly Callback[]): ActiveCallback {
  const isLoaded = ({ class_name: name }: Callback) => name === 'ModelCheckpoint';
  const ordered = [
    ...callbacks.filter((callback) => !isLoaded(callback)),
    ...callbacks.filter(isLoaded),
  ].map(activate);
  let keeper = 0;
  return {
    onEpochEnd(epoch, logs, controls) {
      for (const [place, callback] of ordered.entries()) {
        const keep = () => {
          if (place < keeper) return;
          keeper = place;
          controls.keep();
        };
        callback.onEpochEnd(epoch, logs, { ...controls, keep });
      }
    },
  };
}

/** A recipe's callback with its state, as Keras 3 defines it (keras/src/callbacks). */
export function activate(callback: Callback): ActiveCallback {
  switch (callback.class_name) {
    case 'EarlyStopping':
      return earlyStopping(callback.config);
    case 'ModelCheckpoint':
      return modelCheckpoint(callback.config);
    case 'StopWhen':
      return stopWhen(callback.config);
    case 'ReduceLROnPlateau':
      return reduceOnPlateau(callback.config);
    case 'LearningRateScheduler':
      return { onEpochEnd: () => undefined };
  }
}

/** Whether a monitored value beats the best: `auto` is `max` for metrics that are better when higher. */
export function isImprovement(
  value: number,
  best: number | null,
  rule: { monitor: string; mode: Mode; min_delta?: number },
): boolean {
  if (best === null) return !Number.isNaN(value);
  const isMax = rule.mode === 'max' || (rule.mode === 'auto' && isBetterHigher(rule.monitor));
  const delta = Math.abs(rule.min_delta ?? 0);
  return isMax ? value - delta > best : value + delta < best;
}

/** A metric of one of several outputs has the output's name before it, and may have a number behind it. */
function isBetterHigher(monitor: string): boolean {
  const name = `_${monitor.replace(/_\d+$/, '')}`;
  return trainingMetricIds.some(
    (id) => trainingMetric(id).better === 'higher' && name.endsWith(`_${id}`),
  );
}

type ConfigOf<Name extends Callback['class_name']> = Extract<
  Callback,
  { class_name: Name }
>['config'];

function earlyStopping(config: ConfigOf<'EarlyStopping'>): ActiveCallback {
  let best: number | null = null;
  let wait = 0;
  return {
    onEpochEnd(epoch, logs, controls) {
      const value = logs[config.monitor];
      if (value === undefined || epoch - 1 < config.start_from_epoch) return;
      wait += 1;
      if (isImprovement(value, best, config)) {
        best = value;
        if (config.restore_best_weights) controls.keep();
        if (config.baseline === null || isImprovement(value, config.baseline, config)) wait = 0;
        return;
      }
      if (wait >= config.patience && epoch > 1) controls.stop('early-stopping');
    },
  };
}

function modelCheckpoint(config: ConfigOf<'ModelCheckpoint'>): ActiveCallback {
  if (!config.save_best_only) return { onEpochEnd: (_, _logs, controls) => controls.keep() };
  let best = config.initial_value_threshold;
  return {
    onEpochEnd(_, logs, controls) {
      const value = logs[config.monitor];
      if (value === undefined || !isImprovement(value, best, config)) return;
      best = value;
      controls.keep();
    },
  };
}

function stopWhen(config: ConfigOf<'StopWhen'>): ActiveCallback {
  const holds = (logs: Logs) =>
    config.conditions.every(({ metric, above, below }) => {
      const value = logs[metric];
      if (value === undefined) return false;
      return (above === null || value > above) && (below === null || value < below);
    });
  return {
    onEpochEnd(_, logs, controls) {
      if (holds(logs)) controls.stop('stop-when');
    },
  };
}

function reduceOnPlateau(config: ConfigOf<'ReduceLROnPlateau'>): ActiveCallback {
  let best: number | null = null;
  let wait = 0;
  let cooldown = 0;
  return {
    onEpochEnd(_, logs, controls) {
      const value = logs[config.monitor];
      if (value === undefined) return;
      if (cooldown > 0) {
        cooldown -= 1;
        wait = 0;
      }
      if (isImprovement(value, best, config)) {
        best = value;
        wait = 0;
        return;
      }
      if (cooldown > 0) return;
      wait += 1;
      if (wait < config.patience) return;
      controls.multiplyLearningRate(config.factor, config.min_lr);
      cooldown = config.cooldown;
      wait = 0;
    },
  };
}
