import type { GradeReport, RegressionDetails } from '../../contract.ts';
import { valueFigureNames } from '../../metrics/figures.ts';
import { forecastChart } from '../charts/forecast.ts';
import { predictedActual } from '../charts/predicted-actual.ts';
import { residualBins, residualHistogram } from '../charts/residuals.ts';
import { count, significant } from '../../text/numbers.ts';
import { shortened } from '../../text/printable.ts';
import type { Words } from '../../words/en.ts';
import { featureFigures, type SmallFigure } from './feature-residuals.ts';
import type { Figure } from './figure.ts';
import { forecastTables } from './forecast-tables.ts';
import type { PlainTable } from './plain-table.ts';
import { valueUnit } from './value-unit.ts';

interface RegressionView {
  readonly facts: readonly { readonly name: string; readonly value: string }[];
  readonly forecast: Figure | null;
  readonly figures: readonly Figure[];
  readonly thinned: string;
  readonly tables: readonly PlainTable[];
  readonly byFeature: readonly SmallFigure[];
}

interface Predicted {
  readonly details: RegressionDetails;
  readonly report: GradeReport;
}

type PredictionWords = Words['predictions'];

const pointsShown = 2000;

/** Forecast plot where the rows have dates or are steps of a series, scatter and residuals. */
export function regressionView({ details, report }: Predicted, words: Words): RegressionView {
  const { problem } = report;
  const tables = forecastTables(details, report, words);
  const rows = thin(details);
  const isForecast = problem.task === 'forecast';
  const { figures, oneRow, thinned } = words.predictions;
  const facts = valueFigureNames.map((key) => {
    const value = details[key];
    return { name: figures[key], value: value === null ? oneRow : significant(value) };
  });
  if (details.actual.length === 0) {
    return {
      ...{ facts, tables, forecast: null, figures: [], byFeature: [] },
      thinned: words.evidence.totals,
    };
  }
  return {
    ...{ facts, tables, byFeature: featureFigures(details, report, words) },
    forecast: isForecast ? forecastFigure(rows, words.predictions) : null,
    figures: [
      scatterFigure({ ...rows, unit: valueUnit(problem.metric) }, words.predictions),
      residualFigure(details, words.predictions),
    ],
    thinned:
      rows.actual.length < details.actual.length
        ? thinned(count(details.actual.length), count(rows.actual.length))
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

function forecastFigure(rows: Rows, words: PredictionWords): Figure {
  return {
    title: words.forecast,
    legend: [
      { mark: 'grey', text: words.actual },
      { mark: 'blue', text: words.predicted },
    ],
    label: words.forecastSpoken({
      ...extents(rows),
      first: rows.labels[0] ?? '',
      last: rows.labels.at(-1) ?? '',
    }),
    svg: forecastChart({ ...rows, id: 'forecast', width: 940 }),
    narrowSvg: forecastChart({ ...rows, id: 'forecast-narrow', width: 440 }),
  };
}

function scatterFigure(
  { unit, ...rows }: Rows & { readonly unit: string },
  words: PredictionWords,
): Figure {
  return {
    title: words.scatter,
    legend: [
      { mark: 'dot', text: words.aRow },
      { mark: 'dashed', text: words.diagonal },
    ],
    label: words.scatterSpoken(extents(rows)),
    svg: predictedActual({
      ...rows,
      id: 'scatter',
      names: [words.actual, words.predicted].map((name) =>
        unit === '' ? name : `${name} (${unit})`,
      ),
    }),
    narrowSvg: '',
  };
}

function residualFigure(details: RegressionDetails, words: PredictionWords): Figure {
  const bins = residualBins(details.actual, details.predicted);
  const fullest = bins.reduce((most, bin) => (bin.count > most.count ? bin : most));
  const low = details.actual.filter((value, row) => (details.predicted[row] ?? 0) < value).length;
  return {
    title: words.residuals,
    legend: [{ mark: 'bar', text: words.rowsByError }],
    label: words.residualsSpoken({
      fullest: count(fullest.count),
      centre: significant(fullest.centre),
      tooLow: count(low),
      rows: count(details.actual.length),
    }),
    svg: residualHistogram('residuals', bins, words),
    narrowSvg: '',
  };
}

function extents({ actual, predicted }: Rows) {
  return {
    rows: count(actual.length),
    actual: extent(actual),
    predicted: extent(predicted),
  };
}

function extent(values: readonly number[]): readonly [string, string] {
  const lowest = values.reduce((least, value) => Math.min(least, value), Infinity);
  const highest = values.reduce((most, value) => Math.max(most, value), -Infinity);
  return [significant(lowest), significant(highest)];
}
