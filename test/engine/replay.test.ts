import { expect, test } from '@jest/globals';
import { runProgram } from './run-program.ts';

interface Replay {
  readonly name: string;
  readonly error?: string;
  /** Largest differences of the two trainers, relative to the largest value of each tensor. */
  readonly weightError: number;
  readonly logError: number;
  /** How far the training took the weights. */
  readonly moved: number;
}

const tolerance = 1e-4;

function isOff({ error, weightError, logError, moved }: Replay): boolean {
  const isClose = weightError <= tolerance && logError <= tolerance;
  return error !== undefined || !isClose || !(moved >= tolerance);
}

test('a training as one graph gives the weights and logs of a training op by op', async () => {
  const replays = await runProgram<Replay>('replay.js');
  expect(replays.length).toBeGreaterThanOrEqual(180);
  expect(replays.filter(isOff)).toEqual([]);
}, 600_000);

test('so does a training whose batches are cut in shards', async () => {
  const replays = await runProgram<Replay>('replay-shards.js');
  expect(replays.length).toBeGreaterThanOrEqual(30);
  expect(replays.filter(({ name }) => name.endsWith('3 shards')).length).toBeGreaterThan(10);
  expect(replays.filter(isOff)).toEqual([]);
}, 300_000);
