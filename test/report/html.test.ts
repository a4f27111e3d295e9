import { expect, test } from '@jest/globals';
import { createHash } from 'node:crypto';
import type { GradeReport } from '../../grader/contract.ts';
import { renderHtml } from '../../grader/report/html.ts';
import { golden, goldenNames, withSeedsAndSweep } from './golden.ts';

const always = ['Grade report', 'Data and run'];
const sections: Record<(typeof goldenNames)[number], readonly string[]> = {
  'fashion-mnist': [
    'Below the pass mark',
    'Result against the thresholds',
    'Training',
    'Classes',
    'Most frequent errors',
    'Each class',
    ...['Model', 'Recipe'],
  ],
  'image-augmentation': [
    'Sample data',
    'Training',
    'What augmentation made',
    'Classes',
    'Most frequent errors',
    'Recipe',
  ],
  sarcasm: ['Sample data', 'Passed', 'Borderline', 'Training', 'Classes', 'Recipe'],
  regression: [
    ...['Passed', 'Result against the thresholds', 'Training', 'Predictions', 'Model', 'Recipe'],
  ],
  sunspots: [
    ...['Passed', 'Forecast over time', 'Predicted against actual', 'Residuals', 'Model', 'Recipe'],
  ],
  invalid: ['Invalid submission', 'What went wrong', 'Recipe'],
  interrupted: ['Interrupted: the score does not count', 'Notes', 'Training', 'Model', 'Recipe'],
  'model-file': [
    'Below the pass mark',
    'What to do next',
    'Notes',
    'Model file',
    'Optimizer state',
    'Predictions',
  ],
};

test.each(goldenNames)('the page of the %s report has its sections, in order', (name) => {
  const text = visibleText(renderHtml(golden(name)));
  const places = sections[name].map((title) => text.indexOf(title));
  expect(places).not.toContain(-1);
  expect(places).toEqual([...places].sort((a, b) => a - b));
  for (const title of always) expect(text).toContain(title);
});

test.each(goldenNames)('the page of the %s report needs nothing from outside', (name) => {
  const html = renderHtml(golden(name));
  expect(html).not.toMatch(/<(link|iframe|object|embed|form|base)\b/i);
  expect(html).not.toMatch(/\son\w+\s*=/i);
  expect(html).not.toMatch(/https?:|\burl\((?!#)|@import/i);
  expect(html).not.toContain('{{');
  expect(html).not.toMatch(/\b(undefined|NaN|\[object Object\])\b/);
});

test.each(goldenNames)('the page of the %s report runs its own script and no other', (name) => {
  const html = renderHtml(golden(name));
  const [, script = '', ...more] = html.split(/<script>|<\/script>/);
  expect(more).toHaveLength(1);
  const digest = createHash('sha256').update(script).digest('base64');
  expect(html).toContain(
    `content="default-src 'none'; style-src 'unsafe-inline'; img-src data:; script-src 'sha256-${digest}'"`,
  );
  expect(script).not.toMatch(/innerHTML|insertAdjacentHTML|outerHTML|eval|document\.write/);
});

test.each(goldenNames)('the page of the %s report closes what it opens', (name) => {
  const html = withoutScript(renderHtml(golden(name)));
  const open: string[] = [];
  for (const [, slash, tag = '', rest = ''] of html.matchAll(
    /<(\/?)([a-z][\w]*)((?:"[^"]*"|'[^']*'|[^'">])*)>/gi,
  )) {
    if (['meta', 'img'].includes(tag) || rest.endsWith('/')) continue;
    if (slash) expect(open.pop()).toBe(tag);
    else open.push(tag);
  }
  expect(open).toEqual([]);
});

test.each(goldenNames)('the %s report gives the same bytes twice', (name) => {
  expect(renderHtml(golden(name))).toBe(renderHtml(golden(name)));
});

test('ids are unique in the page', () => {
  const ids = [...renderHtml(golden('sunspots')).matchAll(/ id="([^"]+)"/g)].map(([, id]) => id);
  expect(ids.length).toBeGreaterThan(3);
  expect(new Set(ids).size).toBe(ids.length);
});

test('the verdict, the metric with its error, and the way to the next point come first', () => {
  const text = visibleText(renderHtml(golden('fashion-mnist')));
  expect(text).toContain('accuracy 0.8404 on 10,000 held-out rows, 95% interval 0.8331 to 0.8474.');
  expect(text).toContain('3 points need ≥ 0.8600: 0.0196 away, 5.4 standard errors.');
});

test('points that other held-out rows might not have earned are said', () => {
  const said = (name: (typeof goldenNames)[number]) =>
    /Borderline: [^:]*? of all cases\./.exec(visibleText(renderHtml(golden(name))))?.[0];
  expect(said('sunspots')).toBe(
    'Borderline: other held-out rows of the same kind would give 5 points in 63%, 4 or more in 95% of all cases.',
  );
  expect(said('regression')).toContain('4 or more in 23%, 3 or more in 66%');
  expect(said('fashion-mnist')).toBeUndefined();
});

test('a grade on sample data says so loudly, one on real data does not', () => {
  const report = golden('regression');
  const data = { dataset: 'auto-mpg', variant: 'sample', sample: true, sampleSeed: 3 };
  expect(visibleText(renderHtml({ ...report, data }))).toContain('it is no grade');
  expect(visibleText(renderHtml(report))).not.toContain('it is no grade');
});

test('a failure says whose fault it is and what to do', () => {
  const text = visibleText(renderHtml(golden('invalid')));
  expect(text).toContain('The submission is at fault.');
  expect(text).toContain('compile.loss is CategoricalCrossentropy, which is for classes');
  expect(text).toContain('Take one of meanSquaredError');
  expect(text).toContain('loss-for-classes');
});

test.each([
  [12, 12],
  [100, 40],
])('of %i mistakes of a file, each with its lines, the page shows %i', (mistakes, shown) => {
  const told = Array.from(
    { length: mistakes },
    (_, at) =>
      `mistake ${at + 1}: ${'what is allowed, '.repeat(30)}\n  3 | layers.dens()\n    |        ^`,
  );
  const failure = {
    fault: 'candidate',
    code: 'invalid-recipe',
    message: told.join('\n\n'),
  } as const;
  const text = visibleText(renderHtml({ ...golden('invalid'), failure }));
  expect(text.match(/mistake \d+:/g)).toHaveLength(shown);
  expect(text.match(/layers\.dens\(\)/g)).toHaveLength(shown);
});

test('a run that was stopped blames nobody and grades nothing', () => {
  const message = 'Interrupted after epoch 14 of 60.';
  const failure = { fault: 'interrupted', code: 'interrupted', message } as const;
  const report = { ...golden('interrupted'), failure, score: null, notes: [] };
  const text = visibleText(renderHtml(report));
  expect(text).toContain('Not graded: interrupted');
  expect(text).toContain('Nobody is at fault');
  expect(text).toContain('The weights of epoch 12 were kept.');
  expect(text).not.toContain('were graded');
});

test('pictures show every confusion of the worst six, the worst rows and what was explained', () => {
  const html = renderHtml(golden('fashion-mnist'));
  expect(html.match(/<img src="?'?data:image\/png;base64,/g)).toHaveLength(24 + 50 + 6);
  expect(html).toContain('Coat taken for Shirt');
});

test('a picture whose address is no PNG of ours is left out', () => {
  const report = golden('fashion-mnist');
  const images = [{ row: 1, actual: 4, predicted: 6, dataUrl: 'data:text/html;base64,AAAA' }];
  expect(renderHtml({ ...report, images })).not.toContain('text/html;base64');
});

test('seeds are dots on the scale of the thresholds, the graded one filled; a failed one is none', () => {
  const html = renderHtml(withSeedsAndSweep());
  const [scale = ''] = /<div class='scale of-seeds'[^]*?<table/.exec(html) ?? [];
  const places = [...scale.matchAll(/class='marker (other)?' style='left: ([\d.]+)%'/g)];
  expect(places.map(([, other]) => other)).toEqual([undefined, 'other', 'other']);
  const [graded = NaN, worse = NaN, better = NaN] = places.map(([, , place]) => Number(place));
  expect([worse, graded, better]).toEqual([worse, graded, better].toSorted((a, b) => a - b));
  expect(renderHtml(golden('sunspots'))).not.toContain("class='scale of-seeds'");
});

test('a sweep is a curve of what is a number; fewer than two losses are only told', () => {
  const report = withSeedsAndSweep();
  const html = renderHtml(report);
  expect(html.match(/<title>Learning rate [\d.e-]+: [\d.]+<\/title>/g)).toHaveLength(7);
  expect(html).toContain('Chart of the loss by learning rate: the lowest, 0.091, at 0.0032.');
  const runs = report.sweep?.runs.slice(6) ?? [];
  const sweep = report.sweep && { ...report.sweep, runs };
  expect(renderHtml({ ...report, ...(sweep ? { sweep } : {}) })).not.toContain('Chart of the loss');
});

test('training pictures are shown as they are and augmented, and only those that are ours', () => {
  const report = golden('image-augmentation');
  const [first] = report.augmented ?? [];
  if (!first) throw new Error('the golden report has no augmented pictures');
  const html = renderHtml(report);
  expect(html.match(/training row \d+ as it is/g)).toHaveLength(4);
  expect(html.match(/training row \d+, augmented, number \d/g)).toHaveLength(16);
  const foreign = { ...first, after: ['data:text/html;base64,AAAA'] };
  const without = renderHtml({ ...report, augmented: [foreign] });
  expect(without).not.toContain('text/html;base64');
  expect(without).not.toContain('What augmentation made');
});

test('a history of no epoch is said, without a chart', () => {
  const html = renderHtml(withHistory([]));
  expect(visibleText(html)).toContain('No whole epoch was finished.');
  expect(html).not.toContain('Loss by epoch');
});

test('a value that is not finite is a gap in the chart and a word in the table', () => {
  const html = renderHtml(
    withHistory([
      { epoch: 1, seconds: 1, learningRate: 0.1, logs: { loss: 3, val_loss: 4 } },
      { epoch: 2, seconds: 1, learningRate: 0.1, logs: { loss: NaN, val_loss: Infinity } },
    ]),
  );
  expect(html).toContain('1 epoch without a finite value');
  expect(visibleText(html)).toContain('NaN');
  expect(svgs(html).join('')).not.toMatch(/NaN|Infinity|null/);
});

test('the best epoch by validation is marked beside the graded one, each curve by its own', () => {
  // The loss was best in the epoch that was graded.
  const text = visibleText(renderHtml(golden('regression')));
  expect(text.match(/best by validation: epoch \d+/g)).toEqual(['best by validation: epoch 58']);
});

test('the norm of the gradients is shown where it was measured', () => {
  const epoch = { seconds: 1, learningRate: 0.1, logs: { loss: 1 } };
  const one = { ...epoch, epoch: 1, gradientNorm: { mean: 2, largest: 3 } };
  const beyond = { ...epoch, epoch: 2, gradientNorm: { mean: Infinity, largest: Infinity } };
  const html = renderHtml(withHistory([one, beyond]));
  expect(html).toContain('norm of the gradients, logarithmic by epoch.');
  expect(html).toContain(
    'Largest: from 3 to 3, lowest 3, highest 3; 1 epoch without a finite value.',
  );
  expect(renderHtml(withHistory([{ ...epoch, epoch: 1 }]))).not.toContain('norm of the gradients');
});

test('a report read back from JSON, where NaN is null, renders as well', () => {
  const report = withHistory([{ epoch: 1, seconds: 1, learningRate: 0.1, logs: { loss: NaN } }]);
  const read = JSON.parse(JSON.stringify(report)) as GradeReport;
  expect(renderHtml(read)).toContain('Training: no finite value.');
});

function withHistory(history: NonNullable<GradeReport['training']>['history']): GradeReport {
  const report = golden('regression');
  if (!report.training) throw new Error('the golden report has no training');
  return { ...report, training: { ...report.training, history, gradedEpoch: history.length } };
}

function visibleText(html: string): string {
  return withoutScript(html)
    .replace(/<style>[^]*?<\/style>/g, '')
    .replace(/<title>[^]*?<\/title>/g, '')
    .replace(/<[^>]*>/g, ' ')
    .replace(/&#x27;/g, "'")
    .replace(/\s+/g, ' ')
    .replace(/ ([.:;,])/g, '$1');
}

function svgs(html: string): string[] {
  return html.match(/<svg [^]*?<\/svg>/g) ?? [];
}

function withoutScript(html: string): string {
  return html.replace(/<script>[^]*<\/script>/, '');
}
