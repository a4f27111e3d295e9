import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Comparison, GradeReport, LayerSummary } from '../../grader/contract.ts';
import { packageRoot } from '../../grader/package-root.ts';

export const goldenNames = [
  'fashion-mnist',
  'image-augmentation',
  'sarcasm',
  'regression',
  'sunspots',
  'invalid',
  'interrupted',
  'model-file',
] as const;

/** A sample report, made by `test/golden/make-golden.js` from real data. */
export function golden(name: (typeof goldenNames)[number]): GradeReport {
  const path = join(packageRoot, 'test', 'golden', `${name}.report.json`);
  return JSON.parse(readFileSync(path, 'utf8')) as GradeReport;
}

/** The report beside itself, as if it were a later attempt with another recipe. */
export function comparisonOf(name: (typeof goldenNames)[number]): Comparison {
  const attempt = golden(name);
  const { score } = attempt;
  if (!score) throw new Error(`${name} has no score`);
  const { value, certainty } = score;
  const low = certainty.low - value;
  return {
    then: { folder: 'results/first', attempt },
    now: { folder: 'results/second', attempt },
    changes: [
      { layer: 2, of: 'layers.dense', option: 'units', then: '64', now: '<b>128</b>' },
      { layer: 3, of: 'layers.dropout', option: null, then: null, now: 'layers.dropout()' },
    ],
    difference: {
      ...{ value: low / 2, low, high: 0, method: 'paired-bootstrap', resamples: 2000, better: 0.9 },
    },
  };
}

/** A sample report as if its model had these layers. */
export function withLayers(layers: readonly LayerSummary[]): GradeReport {
  const report = golden('regression');
  if (!report.training) throw new Error('the golden report has no training');
  const { model } = report.training;
  return { ...report, training: { ...report.training, model: { ...model, layers } } };
}

/** A sample report as if it had been trained by several seeds, one of which failed, and swept. */
export function withSeedsAndSweep(): GradeReport {
  const report = golden('sunspots');
  const { score, environment } = report;
  if (!score) throw new Error('the golden report has no score');
  const run = { points: score.points, epochs: 10, trainSeconds: 2, failure: null };
  const values = [score.value, 1.1 * score.value, 0.9 * score.value];
  const runs = values.map((value, at) => ({ ...run, seed: environment.seed + at, value }));
  const failed = {
    ...run,
    seed: environment.seed + 3,
    value: null,
    points: 0,
    failure: 'limit',
  } as const;
  const losses = [0.21, 0.14, 0.093, 0.091, 0.098, 0.125, 0.25, null, null];
  return {
    ...report,
    seeds: { asked: 4, runs: [...runs, failed] },
    sweep: {
      ...{ own: 0.01, taken: 0.001, verdict: 'too-high' },
      runs: losses.map((loss, at) => ({
        rate: Number((1e-4 * 10 ** (at / 2)).toPrecision(2)),
        loss,
      })),
    },
  };
}
