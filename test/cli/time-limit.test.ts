import { expect, test } from '@jest/globals';
import { gradeAsJson } from '../support/run-grader.ts';
import { writeRecipe } from '../support/simple-recipe.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

/** A recurrence of many thousand steps, whose validation and predictions take far longer than a step. */
function longSequences(sizes: readonly number[], units: number): string {
  const stretched = sizes.map(
    (size) => `layers.upSampling1d({ size: ${size}, inputShape: [30, 1] })`,
  );
  return `${stretched.join(', ')}, layers.lstm({ units: ${units} }), layers.dense({ units: 1 })`;
}

async function graded(layers: string, fit: string, limit: number) {
  const cwd = temporaryFolder();
  const recipe = writeRecipe(cwd, { layers, fit });
  const words = ['sunspots', recipe, '--threads', '2', '--time-limit', String(limit)];
  const { report } = await gradeAsJson(words, { cwd });
  return report;
}

const stepByStep = 'epochs: 10000, batchSize: 1, stepsPerEpoch: 1';

test('the best epoch is predicted with in the time that was kept for it', async () => {
  const fit = `${stepByStep}, validationFreq: 10000`;
  const report = await graded(longSequences([50], 28), fit, 5);
  expect(report.training?.stoppedBy).toBe('time-limit');
  expect(report.training?.gradedEpoch).toBeGreaterThan(0);
  // What is kept is not trained in, however busy the machine is.
  expect(report.training?.trainSeconds).toBeLessThan(5);
  expect(report.points).not.toBeNull();
});

test('an epoch whose validation is cut short does not count', async () => {
  const report = await graded(longSequences([400], 28), stepByStep, 5);
  expect(report).toMatchObject({ verdict: 'limit-exceeded', points: 0, training: null });
  expect(report.failure).toMatchObject({ fault: 'limit', code: 'time-limit' });
  // On a slow machine the predictions alone would take too long.
  expect(report.failure?.message).toMatch(
    /^Time limit: 5 s were over in the validation after the first epoch|^Predicting takes too long/,
  );
});

test('predictions that are forecast to take too long are refused before the training', async () => {
  const report = await graded(longSequences([2000], 28), stepByStep, 4);
  expect(report).toMatchObject({ verdict: 'limit-exceeded', points: 0, training: null });
  expect(report.failure?.message).toMatch(
    /^Predicting takes too long: \d+\.\d\d s for \d+ of 235 held-out inputs, so \d+\.\d s for all|^Time limit: 4 s were over in the middle of one step/,
  );
});

test('a step that does not end is ended', async () => {
  const report = await graded(longSequences([20_000, 20], 1), stepByStep, 1);
  expect(report).toMatchObject({ verdict: 'limit-exceeded', points: 0, training: null });
  expect(report.failure).toMatchObject({
    ...{ fault: 'limit', code: 'time-limit' },
    message:
      'Time limit: 1 s were over in the middle of one step, which cannot be cut short; it was ended 2 s later.',
  });
});
