import { expect, test } from '@jest/globals';
import { renderText } from '../../grader/report/text.ts';
import { english } from '../../grader/words/en.ts';
import { golden, goldenNames } from './golden.ts';

const plain = { style: (_: string, text: string) => text };

test('a passed report reads as points, bars, verdict and notes', () => {
  expect(renderText(golden('sunspots'), plain, english).join('\n')).toMatchInlineSnapshot(`
   "Score 5/5  mean absolute error 0.0389 ± 0.0024 (strict profile, pass mark 3)
   Bars  5: ≤ 0.0400 ✓   4: ≤ 0.0450 ✓   3: ≤ 0.0700 ✓   2: ≤ 0.0950 ✓   1: ≤ 0.1200 ✓
   Train 40 epochs; all that the recipe asks for. The weights of the last epoch were graded.
   Sure  Borderline: other held-out rows of the same kind would give 5 points in 63%, 4 or more in 95% of all cases.
   Passed
   note: Scaled to (value - 0) / 398.2, the range of the training part.
   note: The first held-out windows reach back before the split for their inputs, and each held-out target but the last is an input of later windows, as in forecasting month by month."
  `);
});

test('a report below the pass mark says how far the next point is', () => {
  expect(renderText(golden('fashion-mnist'), plain, english).join('\n')).toMatchInlineSnapshot(`
   "Score 2/5  accuracy 0.8404 ± 0.0037 (strict profile, pass mark 3)
   Bars  5: ≥ 0.8900 ✗   4: ≥ 0.8800 ✗   3: ≥ 0.8600 ✗   2: ≥ 0.8300 ✓   1: ≥ 0.7500 ✓
   Train 6 epochs; all that the recipe asks for. The weights of the last epoch were graded.
   Next  3 points need ≥ 0.8600: 0.0196 away, 5.4 standard errors.
         That is 196 more right answers of 10,000. The most frequent error, 156 times "Pullover" was taken for "Coat", is 80% of that.
   Below the pass mark
   hint: When the 6 epochs were over, the model was still learning: over the last 3 of them the error, 1 − val_accuracy, fell by 3.7% an epoch. Train longer, for instance 12 epochs, with callbacks.keepBest. (not-converged)"
  `);
});

test('an invalid submission reads as whose fault, what and what to do', () => {
  expect(renderText(golden('invalid'), plain, english).join('\n')).toMatchInlineSnapshot(`
   "Invalid submission. The submission is at fault.
   classes.ts, line 6, column 39: compile.loss is CategoricalCrossentropy, which is for classes; the target of sunspots is a number. Take one of meanSquaredError, meanAbsoluteError, meanAbsolutePercentageError, meanSquaredLogarithmicError, cosineSimilarity, huber, logCosh, poisson.
     6 |   compile: { optimizer: 'adam', loss: 'categoricalCrossentropy' },
       |                                       ^^^^^^^^^^^^^^^^^^^^^^^^^"
  `);
});

test('a model file reads as what was handed in, with hints before notes', () => {
  expect(renderText(golden('model-file'), plain, english).join('\n')).toMatchInlineSnapshot(`
   "Score 2/5  mean absolute error 0.0780 ± 0.0040 (strict profile, pass mark 3)
   Bars  5: ≤ 0.0400 ✗   4: ≤ 0.0450 ✗   3: ≤ 0.0700 ✗   2: ≤ 0.0950 ✓   1: ≤ 0.1200 ✓
   Model As handed in: Keras 3.15.1, 329 parameters; nothing was trained.
   Next  3 points need ≤ 0.0700: 0.0080 away, 2.0 standard errors.
         25% of the rows, those with true values from 0.284 up, make 33% of the error. Were they predicted as well as the others, the mean absolute error would be 0.0702: 2 points.
   Sure  Borderline: other held-out rows of the same kind would give 3 or more in 16% of all cases.
   Below the pass mark
   hint: The forecasts are nearer to the mean of the window's thirty targets (mean absolute error 0.0115 on the validation part) than to the next month (0.114). Keras compares an output of shape [batch, 1] with each of the thirty targets of [batch, 30, 1] without a word. Take \`return_sequences=True\` in the last recurrent layer, or train on the last target only. (mean-of-the-window)
   note: The model gives outputs of shape [1]: the next month after the window.
   note: Scaled to (value - 0) / 398.2, the range of the training part.
   note: The first held-out windows reach back before the split for their inputs, and each held-out target but the last is an input of later windows, as in forecasting month by month."
  `);
});

test('sample data comes first', () => {
  const data = { dataset: 'auto-mpg', variant: 'sample', sample: true };
  expect(renderText({ ...golden('regression'), data }, plain, english)[0]).toContain('Sample data');
});

test.each(goldenNames)('colours of the %s report come from the given style alone', (name) => {
  const lines = renderText(golden(name), plain, english).join('\n');
  expect(lines).not.toContain('\x1b');
  const marked = renderText(
    golden(name),
    { style: (style, text) => `<${style}>${text}</>` },
    english,
  );
  expect(marked.join('\n').replace(/<\w*>|<\/>/g, '')).toBe(lines);
});
