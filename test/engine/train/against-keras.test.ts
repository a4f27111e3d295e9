import { expect, test } from '@jest/globals';
import { join } from 'node:path';
import { fixtureTest, kerasFixtures } from '../../support/fixtures.ts';
import { runProgram } from '../run-program.ts';

interface TrainingRun {
  readonly id: string;
  readonly run: string;
  readonly trainer: 'eager' | 'compiled';
  readonly weightError: number;
  readonly updateError: number;
  readonly lossError: number;
  readonly tolerance: { weights_rel: number; update_rel: number; loss_rel: number };
}

/** One gradient of these runs is as small as epsilon, where float32 noise decides. */
const noisy = new Set(['reg_huber_regularized adam', 'reg_huber_regularized adamw']);

fixtureTest('training steps equal those of real Keras, op by op and as one graph', async () => {
  const folder = join(kerasFixtures ?? '', 'train');
  const runs = await runProgram<TrainingRun>('train/keras-training.js', folder);
  expect(runs.map(({ trainer }) => trainer).filter((name) => name === 'compiled').length).toBe(96);
  const off = runs.filter(({ id, run, weightError, updateError, lossError, tolerance }) => {
    const weights = noisy.has(`${id} ${run}`) ? 2e-4 : tolerance.weights_rel;
    const isClose = weightError <= weights && updateError <= tolerance.update_rel;
    return !isClose || lossError > tolerance.loss_rel;
  });
  expect(off).toEqual([]);
});

test('training leaves no tensors behind, however long it is', async () => {
  const [counts] = await runProgram<{ few: number; many: number }>('train/tensors.js');
  expect(counts?.many).toBe(counts?.few);
});
