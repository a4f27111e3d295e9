import type { GradeReport, RegressionDetails } from '../../contract.ts';
import { valueTitles } from '../../metrics/figures.ts';
import { forecastChart } from '../charts/forecast.ts';
import { predictedActual } from '../charts/predicted-actual.ts';
import { residualBins, residualHistogram } from '../charts/residuals.ts';
import { count, significant } from '../../text/numbers.ts';
import { shortened } from '../../text/printable.ts';
import type { Words } from '../../words/en.ts';
import type { Figure } from './figure.ts';
import { valueUnit } from './value-unit.ts';

interface RegressionView {
  readonly facts: readonly { readonly name: string; readonly value: string }[];
  readonly forecast: Figure | null;
  readonly figures: readonly Figure[];
  readonly thinned: string;
}

const pointsShown = 2000;

/** Forecast plot where the rows have dates or are steps of a series, scatter and residuals. */
export function regressionView(
  details: RegressionDetails,
  problem: GradeReport['problem'],
  words: Words,
): RegressionView {
  const rows = thin(details);
  const isForecast = problem.task === 'forecast';
  const facts = valueTitles.map(([key, name]) => {
    const value = details[key];
    return { name, value: value === null ? 'undefined: one row' : significant(value) };
  });
  if (details.actual.length === 0) {
    return { facts, forecast: null, figures: [], thinned: words.evidence.totals };
  }
  return {
    facts,
    forecast: isForecast ? forecastFigure(rows) : null,
    figures: [scatterFigure(rows, valueUnit(problem.metric)), residualFigure(details)],
    thinned:
      rows.actual.length < details.actual.length
        ? `Of ${count(details.actual.length)} rows the plots show ${count(rows.actual.length)}, evenly spaced; the histogram counts all.`
        : '',
  };
}

interface Rows {
  readonly labels: readonly string[];
  readonly actual: readonly number[];
  readonly predicted: readonly number[];
}

function thin({ actual, predicted, labels }: RegressionDetails): Rows {
  const every = Math.ceil(actual.length / pointsShown);
  const kept = actual.map((_, row) => row).filter((row) => row % every === 0);
  return {
    labels: kept.map((row) => shortened(labels?.[row] ?? String(row), 24)),
    actual: kept.map((row) => actual[row] ?? NaN),
    predicted: kept.map((row) => predicted[row] ?? NaN),
  };
}

function forecastFigure(rows: Rows): Figure {
  const first = rows.labels[0] ?? '';
  const last = rows.labels.at(-1) ?? '';
  return {
    title: 'Forecast over time',
    legend: [
      { mark: 'grey', text: 'actual' },
      { mark: 'blue', text: 'predicted' },
    ],
    label: `Actual and predicted values of ${count(rows.actual.length)} steps from ${first} to ${last}; actual between ${extent(rows.actual)}, predicted between ${extent(rows.predicted)}.`,
    svg: forecastChart({ ...rows, id: 'forecast', width: 940 }),
    narrowSvg: forecastChart({ ...rows, id: 'forecast-narrow', width: 440 }),
  };
}

function scatterFigure(rows: Rows, unit: string): Figure {
  return {
    title: 'Predicted against actual',
    legend: [
      { mark: 'dot', text: 'a held-out row' },
      { mark: 'dashed', text: 'predicted = actual' },
    ],
    label: `Scatter of ${count(rows.actual.length)} held-out rows: actual between ${extent(rows.actual)}, predicted between ${extent(rows.predicted)}.`,
    svg: predictedActual({ ...rows, id: 'scatter', unit }),
    narrowSvg: '',
  };
}

function residualFigure(details: RegressionDetails): Figure {
  const bins = residualBins(details.actual, details.predicted);
  const fullest = bins.reduce((most, bin) => (bin.count > most.count ? bin : most));
  const low = details.actual.filter((value, row) => (details.predicted[row] ?? 0) < value).length;
  return {
    title: 'Residuals',
    legend: [{ mark: 'bar', text: 'rows by error, predicted − actual' }],
    label: `Histogram of predicted minus actual: most rows, ${count(fullest.count)}, around ${significant(fullest.centre)}; ${count(low)} of ${count(details.actual.length)} predictions are too low.`,
    svg: residualHistogram('residuals', bins),
    narrowSvg: '',
  };
}

function extent(values: readonly number[]): string {
  const lowest = values.reduce((least, value) => Math.min(least, value), Infinity);
  const highest = values.reduce((most, value) => Math.max(most, value), -Infinity);
  return `${significant(lowest)} and ${significant(highest)}`;
}
