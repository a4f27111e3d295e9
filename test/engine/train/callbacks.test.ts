import { expect, test } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Callback } from '../../../grader/contract.ts';
import {
  activate,
  activateAll,
  type EpochControls,
} from '../../../grader/engine/train/callbacks.ts';
import { packageRoot } from '../../../grader/package-root.ts';

/** Runs a callback over the values of one log; answers what it asked for, epoch by epoch. */
function follow(callback: Callback, name: string, values: readonly number[]): string[] {
  const active = activate(callback);
  return values.map((value, index) => {
    const asked: string[] = [];
    const controls: EpochControls = {
      stop: (reason) => asked.push(reason),
      keep: () => asked.push('keep'),
      multiplyLearningRate: (factor) => asked.push(`x${factor}`),
    };
    active.onEpochEnd(index + 1, { [name]: value }, controls);
    return asked.join(' ');
  });
}

function checkpoint(
  options: Partial<Extract<Callback, { class_name: 'ModelCheckpoint' }>['config']>,
): Callback {
  const best = { save_best_only: true, initial_value_threshold: null } as const;
  const config = { monitor: 'val_loss', mode: 'auto', ...best, ...options } as const;
  return { class_name: 'ModelCheckpoint', config };
}

const earlyStopping = {
  monitor: 'val_loss',
  min_delta: 0,
  patience: 2,
  mode: 'auto',
  baseline: null,
  restore_best_weights: true,
  start_from_epoch: 0,
} as const;

test('early stopping keeps each best epoch and stops after its patience', () => {
  const callback: Callback = { class_name: 'EarlyStopping', config: earlyStopping };
  expect(follow(callback, 'val_loss', [3, 2, 2.5, 2.4])).toEqual([
    'keep',
    'keep',
    '',
    'early-stopping',
  ]);
});

test('early stopping takes no change below min_delta for an improvement', () => {
  const config = { ...earlyStopping, min_delta: 0.5, restore_best_weights: false };
  const asked = follow({ class_name: 'EarlyStopping', config }, 'val_loss', [3, 2.6, 2.55]);
  expect(asked).toEqual(['', '', 'early-stopping']);
});

test.each([
  ...['val_accuracy', 'accuracy', 'val_auc', 'precision', 'val_cosine_similarity'],
  ...['kind_accuracy_1', 'val_out_binary_accuracy'],
])('%s is watched for its maximum', (monitor) => {
  const asked = follow(checkpoint({ monitor }), monitor, [0.5, 0.7, 0.6]);
  expect(asked).toEqual(['keep', 'keep', '']);
});

test.each(['val_mse', 'rmse', 'val_mape'])('%s is watched for its minimum', (monitor) => {
  const asked = follow(checkpoint({ monitor }), monitor, [0.7, 0.5, 0.6]);
  expect(asked).toEqual(['keep', 'keep', '']);
});

test("an output's loss is watched for its minimum, whatever the output is called", () => {
  const callback = checkpoint({ monitor: 'val_accent_loss' });
  expect(follow(callback, 'val_accent_loss', [0.7, 0.5, 0.6])).toEqual(['keep', 'keep', '']);
});

test('a value that is not a number never counts as the best', () => {
  expect(follow(checkpoint({}), 'val_loss', [NaN, 1, NaN])).toEqual(['', 'keep', '']);
});

test('a first best value must be beaten, and without save_best_only every epoch is kept', () => {
  const beaten = checkpoint({ initial_value_threshold: 2 });
  expect(follow(beaten, 'val_loss', [3, 1.5, 1.8])).toEqual(['', 'keep', '']);
  const every = checkpoint({ save_best_only: false });
  expect(follow(every, 'val_loss', [3, 5, NaN])).toEqual(['keep', 'keep', 'keep']);
});

test('stop-when ends the training when every condition holds', () => {
  const config = { conditions: [{ metric: 'accuracy', above: 0.9, below: null }] };
  const asked = follow({ class_name: 'StopWhen', config }, 'accuracy', [0.9, 0.91]);
  expect(asked).toEqual(['', 'stop-when']);
});

test('stop-when does nothing while a metric is not there', () => {
  const config = { conditions: [{ metric: 'val_accuracy', above: 0, below: null }] };
  expect(follow({ class_name: 'StopWhen', config }, 'accuracy', [1])).toEqual(['']);
});

test('the learning rate falls after a plateau and rests during the cooldown', () => {
  const config = {
    monitor: 'val_loss',
    factor: 0.5,
    patience: 2,
    mode: 'auto',
    min_delta: 0,
    cooldown: 1,
    min_lr: 0,
  } as const;
  const callback: Callback = { class_name: 'ReduceLROnPlateau', config };
  expect(follow(callback, 'val_loss', [1, 1, 1, 1, 1, 1])).toEqual([
    '',
    '',
    'x0.5',
    '',
    'x0.5',
    '',
  ]);
});

interface StoppingCase {
  readonly callbacks: readonly Callback[];
  readonly epochs: number;
  readonly kept: number;
}

interface StoppingFixture {
  readonly logs: Readonly<Record<string, readonly number[]>>;
  readonly cases: readonly StoppingCase[];
}

/** Trains in name only; answers how many epochs ran and whose weights are left. */
function lastKept({ callbacks }: StoppingCase, logs: StoppingFixture['logs']) {
  const active = activateAll(callbacks);
  const state = { epochs: 0, kept: 0, isStopped: false };
  const all = Object.entries(logs);
  while (!state.isStopped && state.epochs < (all[0]?.[1].length ?? 0)) {
    const epoch = (state.epochs += 1);
    const values = all.map(([name, each]) => [name, each[epoch - 1] ?? NaN] as const);
    active.onEpochEnd(epoch, Object.fromEntries(values), {
      stop: () => (state.isStopped = true),
      keep: () => (state.kept = epoch),
      multiplyLearningRate: () => undefined,
    });
  }
  return { epochs: state.epochs, kept: state.kept === 0 ? state.epochs : state.kept };
}

test('of several callbacks that keep weights those win that win in Keras', () => {
  const file = join(packageRoot, 'test/fixtures/early-stopping.json');
  const { logs, cases } = JSON.parse(readFileSync(file, 'utf8')) as StoppingFixture;
  expect(cases.length).toBeGreaterThan(80);
  for (const each of cases) {
    const { callbacks, epochs, kept } = each;
    expect({ callbacks, ...lastKept(each, logs) }).toEqual({ callbacks, epochs, kept });
  }
});
