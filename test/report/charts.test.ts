import { expect, test } from '@jest/globals';
import { forecastChart } from '../../grader/report/charts/forecast.ts';
import { learningCurves } from '../../grader/report/charts/learning-curves.ts';
import { palette } from '../../grader/report/charts/palette.ts';
import { predictedActual } from '../../grader/report/charts/predicted-actual.ts';
import { residualBins, residualHistogram } from '../../grader/report/charts/residuals.ts';

test('a learning curve has a point for each epoch and a line at the graded one', () => {
  const svg = curves([0.9, 0.5, 0.4, 0.45]);
  expect(marks(svg, palette.blue)).toBe(4);
  expect(svg).toContain('stroke-dasharray="3,3"');
  expect(labels(svg)).toEqual(expect.arrayContaining(['1', '2', '3', '4', 'epoch']));
});

test('a value that is missing breaks the line, it does not pull it to zero', () => {
  const svg = curves([0.9, null, 0.4, 0.45]);
  expect(marks(svg, palette.blue)).toBe(3);
  expect(labels(svg)).not.toContain('0');
});

test('one epoch alone is a point with its number', () => {
  const svg = curves([0.7]);
  expect(marks(svg, palette.blue)).toBe(1);
  expect(labels(svg)).toContain('1');
  expect(labels(svg)).not.toContain('2');
});

test('only missing values leave an empty frame', () => {
  const svg = curves([null, null]);
  expect(marks(svg, palette.blue)).toBe(0);
  expect(svg).not.toMatch(/NaN|Infinity/);
});

test('a loss that falls a hundredfold gets a logarithmic axis', () => {
  expect(labels(curves([500, 50, 5, 5]))).toEqual(expect.arrayContaining(['10', '100']));
});

test.each([
  [[0.8812, 0.8845, 0.8851, 0.8849]],
  [[0.98, 0.9801, 0.97999]],
  [[3.0001e-5, 3.0002e-5, 3.0004e-5]],
  [[12_345_678, 12_345_690, 12_345_701]],
  [[-0.0003, 0, 0.0004]],
  [[0.5, 0.5, 0.5]],
  [[0, 0]],
  [[9.99e8, 1.01e9]],
])('no two labels of an axis are alike: %j', (values) => {
  const epochs = values.map((_, at) => String(at + 1));
  const shown = labels(curves(values)).filter((label) => !epochs.includes(label));
  expect(shown.length).toBeGreaterThanOrEqual(2);
  expect(new Set(shown).size).toBe(shown.length);
  expect(shown.join()).not.toMatch(/NaN|∞/);
});

test('a scatter has one dot for each row, named axes and equal limits', () => {
  const svg = predictedActual({
    id: 's',
    actual: [10, 20, 30],
    predicted: [12, 18, 55],
    names: ['actual (mpg)', 'predicted (mpg)'],
  });
  expect(marks(svg, palette.blue)).toBe(3);
  const shown = labels(svg);
  expect(shown).toEqual(expect.arrayContaining(['actual (mpg)', 'predicted (mpg)']));
  expect(shown.filter((label) => label === '60')).toHaveLength(2);
});

test('a scatter of one row, or of equal rows, still has axes', () => {
  for (const actual of [[3], [0], [5, 5]]) {
    const svg = predictedActual({
      id: 's',
      actual,
      predicted: actual,
      names: ['actual', 'predicted'],
    });
    expect(marks(svg, palette.blue)).toBe(actual.length);
    expect(svg).not.toMatch(/NaN|Infinity/);
  }
});

test('residual bins hold every row, one of them around zero', () => {
  const actual = [0, 0, 0, 0, 0, 0];
  const predicted = [-7, -1, 0, 0.4, 1, 7.4];
  const bins = residualBins(actual, predicted);
  expect(bins.reduce((sum, bin) => sum + bin.count, 0)).toBe(6);
  expect(bins.map((bin) => bin.centre)).toEqual(
    [-7, -6, -5, -4, -3, -2, -1, 0, 1, 2, 3, 4, 5, 6, 7].map((place) => place),
  );
  expect(bins.find((bin) => bin.centre === 0)?.count).toBe(2);
  expect(marks(residualHistogram('h', bins, { error: 'error', rows: 'rows' }), palette.blue)).toBe(
    bins.length,
  );
});

test('residuals that are all zero are one bin', () => {
  expect(residualBins([1, 2], [1, 2])).toEqual([{ centre: 0, count: 2 }]);
});

test('a forecast draws both lines and dates', () => {
  const svg = forecastChart({
    id: 'f',
    width: 940,
    labels: ['1999-01', '1999-02', '1999-03'],
    actual: [1, 2, 3],
    predicted: [1, 2, 2.5],
  });
  expect(svg).toContain(`stroke="${palette.grey}"`);
  expect(svg).toContain(`stroke="${palette.blue}"`);
  expect(labels(svg)).toEqual(expect.arrayContaining(['1999-01', '1999-03']));
});

test('equal input gives equal pictures, whatever was drawn before', () => {
  const first = curves([0.9, 0.5]);
  predictedActual({ id: 's', actual: [1], predicted: [2], names: ['actual', 'predicted'] });
  expect(curves([0.9, 0.5])).toBe(first);
});

test('a picture has no style sheet, event, address or fixed size', () => {
  const svg = curves([0.9, 0.5]);
  expect(svg).not.toMatch(/<style|class=|https?:|pointer-events|ecmeta/);
  expect(svg).toMatch(/^<svg aria-hidden="true" focusable="false" viewBox="0 0 460 270">/);
});

test('the values of a curve are read by resting on its points; of many, some', () => {
  const titles = (svg: string) => [...svg.matchAll(/<title>([^<]*)</g)].map(([, text]) => text);
  const svg = curves([0.9, null, 0.4]);
  expect(titles(svg)).toEqual(['epoch 1: 0.9', 'epoch 3: 0.4']);
  const [first = NaN, last = NaN] = [...svg.matchAll(/<circle cx="([\d.]+)"/g)].map(([, x]) =>
    Number(x),
  );
  expect(first).toBeLessThan(last);
  expect(titles(curves(Array.from({ length: 1000 }, (_, at) => at))).length).toBeLessThanOrEqual(
    300,
  );
});

test('text in a chart is escaped', () => {
  const svg = predictedActual({
    id: 's',
    actual: [1],
    predicted: [2],
    names: ['<b>&', 'predicted'],
  });
  expect(svg).not.toContain('<b>');
  expect(svg).toContain('&lt;b&gt;&amp;');
});

function curves(values: readonly (number | null)[]): string {
  return learningCurves({
    id: 'c',
    epochName: 'epoch',
    epochs: values.map((_, index) => index + 1),
    curves: [{ colour: palette.blue, values }],
    gradedEpoch: 1,
  });
}

/** Filled or outlined shapes of a colour, lines left out. */
function marks(svg: string, colour: string): number {
  const paths = svg.match(/<path [^>]*>/g) ?? [];
  return paths.filter(
    (path) =>
      path.includes(`fill="${colour}"`) ||
      (path.includes('fill="#fff"') && path.includes(`stroke="${colour}"`)),
  ).length;
}

function labels(svg: string): string[] {
  return [...svg.matchAll(/<text[^>]*>([^<]*)<\/text>/g)].map(([, text = '']) => text);
}
