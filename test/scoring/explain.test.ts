import { expect, test } from '@jest/globals';
import { effectsOf } from '../../grader/scoring/explain.ts';

const accuracy = { id: 'accuracy', name: 'accuracy', unit: '', better: 'higher' } as const;
const error = { id: 'mae', name: 'MAE', unit: '', better: 'lower' } as const;

test('a part counts by how much of the predicted class is lost without it', () => {
  const changed = { kind: 'left-out-words', rows: [7, 3], parts: [2, 1] } as const;
  const probabilities = [
    [0.9, 0.1],
    [0.6, 0.4],
    [0.95, 0.05],
    [0.2, 0.8],
    [0.7, 0.3],
  ];
  const predicted = [0, 0, 0, 1, 0];
  const effects = effectsOf({ changed, metric: accuracy }, { predicted, probabilities }, []);
  expect(effects).toEqual({
    kind: 'parts',
    rows: [
      { given: 0.9, effects: [expect.closeTo(0.3), expect.closeTo(-0.05)] },
      { given: 0.8, effects: [expect.closeTo(0.5)] },
    ],
  });
});

test('a single output is the probability of class 1', () => {
  const changed = { kind: 'left-out-words', rows: [0], parts: [1] } as const;
  const output = { predicted: [0, 1], probabilities: [[0.25], [0.75]] };
  expect(effectsOf({ changed, metric: accuracy }, output, [])).toEqual({
    kind: 'parts',
    rows: [{ given: 0.75, effects: [0.5] }],
  });
});

test('a feature counts by the metric of the rows with its values shuffled', () => {
  const changed = { kind: 'permuted-features', rows: [2, 0], features: 2 } as const;
  const predicted = [10, 20, 12, 20, 16, 26];
  expect(effectsOf({ changed, metric: error }, { predicted }, [20, 99, 11])).toEqual({
    kind: 'features',
    value: 0.5,
    values: [0.5, 5.5],
  });
});
