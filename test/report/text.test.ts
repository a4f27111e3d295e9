import { expect, test } from '@jest/globals';
import { renderText } from '../../grader/report/text.ts';
import { golden, goldenNames } from './golden.ts';

const plain = { style: (_: string, text: string) => text };

test('a passed report reads as points, bars, verdict and notes', () => {
  expect(renderText(golden('sunspots'), plain).join('\n')).toMatchInlineSnapshot(`
   "Score 5/5  MAE 0.0373 ± 0.0024 (strict profile, pass mark 3)
   Bars  5: ≤ 0.0400 ✓   4: ≤ 0.0450 ✓   3: ≤ 0.0700 ✓   2: ≤ 0.0950 ✓   1: ≤ 0.1200 ✓
   Train 40 epochs; all that the recipe asks for. The weights of epoch 38 were graded.
   Passed
   note: 234 of 235 held-out targets are also inputs of later windows, as in any one-step forecast."
  `);
});

test('a report below the pass mark says how far the next point is', () => {
  expect(renderText(golden('fashion-mnist'), plain).join('\n')).toMatchInlineSnapshot(`
   "Score 2/5  Accuracy 0.8399 ± 0.0037 (strict profile, pass mark 3)
   Bars  5: ≥ 0.8900 ✗   4: ≥ 0.8800 ✗   3: ≥ 0.8600 ✗   2: ≥ 0.8300 ✓   1: ≥ 0.7500 ✓
   Train 9 epochs; all that the recipe asks for. The weights of epoch 7 were graded.
   Next  3 points need ≥ 0.8600: 0.0201 away, 5.5 standard errors.
   Below the pass mark
   note: The learning rate of 9 epochs was read from the schedule when the recipe was described."
  `);
});

test('an invalid submission reads as whose fault, what and what to do', () => {
  expect(renderText(golden('invalid'), plain).join('\n')).toMatchInlineSnapshot(`
   "Invalid submission. The submission is at fault.
   sunspots.ts: the model gives [batch, 15, 1], the problem takes [batch, 30, 1] or [batch, 1].
     The second Conv1D has strides 2, which halves the steps. Use strides 1, or end with a layer that gives one value.
   note: The recipe states no seed: the default, 7, is used."
  `);
});

test('a model file reads as what was handed in, with hints before notes', () => {
  expect(renderText(golden('model-file'), plain).join('\n')).toMatchInlineSnapshot(`
   "Score 5/5  MAE 0.0373 ± 0.0024 (strict profile, pass mark 3)
   Bars  5: ≤ 0.0400 ✓   4: ≤ 0.0450 ✓   3: ≤ 0.0700 ✓   2: ≤ 0.0950 ✓   1: ≤ 0.1200 ✓
   Model As handed in: Keras 2.9.0, 31 parameters; nothing was trained.
   Passed
   hint: The forecasts are nearer to the mean of the window's thirty targets (mean absolute error 0.031 on the validation part) than to the next month (0.0822).
   note: The model gives outputs of shape [1]: the next month after the window.
   note: 234 of 235 held-out targets are also inputs of later windows, as in any one-step forecast."
  `);
});

test('sample data comes first', () => {
  const data = { dataset: 'auto-mpg', variant: 'sample', sample: true };
  expect(renderText({ ...golden('regression'), data }, plain)[0]).toContain('Sample data');
});

test.each(goldenNames)('colours of the %s report come from the given style alone', (name) => {
  const lines = renderText(golden(name), plain).join('\n');
  expect(lines).not.toContain('\x1b');
  const marked = renderText(golden(name), { style: (style, text) => `<${style}>${text}</>` });
  expect(marked.join('\n').replace(/<\w*>|<\/>/g, '')).toBe(lines);
});
