import { expect, test } from '@jest/globals';
import { isFull } from '../../support/full.ts';
import { runProgram } from '../run-program.ts';

interface Replay {
  readonly name: string;
  readonly error?: string;
  readonly logNames: readonly string[];
  /** Largest differences of the two trainers, relative to the largest value of each tensor. */
  readonly weightError: number;
  readonly logError: number;
  /** How far the training took the weights. */
  readonly moved: number;
  /** The learning rate of each epoch. */
  readonly rates: readonly number[];
}

const tolerance = 1e-4;
/** A loss near its least value has fewer digits than the weights: 1.5e-4 was seen, by processor. */
const logTolerance = 5e-4;

function isOff({ error, weightError, logError, moved }: Replay): boolean {
  const isClose = weightError <= tolerance && logError <= logTolerance;
  return error !== undefined || !isClose || !(moved >= tolerance);
}

/** Without those of the validation. */
function logsOf(replays: readonly Replay[], name: string): readonly string[] {
  const names = replays.find((replay) => replay.name === name)?.logNames ?? [];
  return names.filter((log) => !log.startsWith('val_'));
}

test('a training as one graph gives the weights and logs of a training op by op', async () => {
  const replays = await runProgram<Replay>('compiled/replay.js', '-', [isFull ? 'full' : 'some']);
  expect(replays.length).toBeGreaterThanOrEqual(isFull ? 336 : 283);
  expect(replays.filter(isOff)).toEqual([]);
  // Keras's scheduler sets the rate of every epoch, whatever a plateau has made of it.
  const scheduled = replays.find(({ name }) => name === 'fit rate scheduled over a plateau');
  expect(scheduled?.rates).toEqual([0.03, 0.02, 0.01]);
  expect(logsOf(replays, 'two inputs')).toEqual(['loss', 'mae']);
  expect(logsOf(replays, 'two outputs')).toEqual([
    ...['loss', 'value_loss', 'kind_loss', 'value_mae', 'kind_accuracy'],
  ]);
  expect(logsOf(replays, 'one layer for both outputs')).toEqual([
    ...['loss', 'out_loss', 'out_mae', 'out_mse', 'out_mae_1'],
  ]);
});

test('so does a training whose batches are cut in shards', async () => {
  const replays = await runProgram<Replay>('compiled/replay-shards.js');
  expect(replays.length).toBeGreaterThanOrEqual(42);
  expect(replays.filter(({ name }) => name.endsWith('3 shards')).length).toBeGreaterThan(10);
  expect(replays.filter(isOff)).toEqual([]);
});
