import { expect, test } from '@jest/globals';
import { rankRows } from '../../grader/scoring/rank-rows.ts';

test('labels are ranked by the probability of the true class, the least first', () => {
  const ranked = rankRows(
    {
      actual: [0, 1, 2, 1],
      predicted: [0, 0, 2, 1],
      probabilities: [
        [0.5, 0.25, 0.25],
        [0.75, 0.125, 0.125],
        [0, 0, 1],
        [0.25, 0.5, 0.25],
      ],
    },
    'multiclass',
  );
  expect(ranked).toEqual({
    rows: [1, 0, 3, 2],
    actual: [1, 0, 1, 2],
    predicted: [0, 0, 1, 2],
    confidence: [0.75, 0.5, 0.5, 1],
    ofActual: [0.125, 0.5, 0.5, 1],
  });
});

test('one output is the probability of class 1', () => {
  const ranked = rankRows(
    { actual: [1, 0], predicted: [1, 1], probabilities: [[0.75], [0.875]] },
    'binary',
  );
  expect(ranked).toMatchObject({
    rows: [1, 0],
    confidence: [0.875, 0.75],
    ofActual: [0.125, 0.75],
  });
});

test('scores that are no probabilities have an order and no confidence', () => {
  const ranked = rankRows(
    {
      actual: [0, 0, 1],
      predicted: [1, 1, 1],
      probabilities: [
        [2, 3],
        [-4, 9],
        [0, 1],
      ],
    },
    'multiclass',
  );
  expect(ranked).toMatchObject({ rows: [1, 0, 2], confidence: null, ofActual: null });
});

test('values are ranked by how far they are off, to either side', () => {
  const ranked = rankRows({ actual: [1, 2, 3], predicted: [1, 5, -1] }, 'regression');
  expect(ranked).toMatchObject({ rows: [2, 1, 0], predicted: [-1, 5, 1], confidence: null });
});
