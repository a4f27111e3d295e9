import type { GradeReport, RegressionDetails } from '../../contract.ts';
import { mean } from '../../metrics/regression-metrics.ts';
import { count, metricFormat, significant } from '../../text/numbers.ts';
import { shortened } from '../../text/printable.ts';
import type { Words } from '../../words/en.ts';
import type { PlainTable } from './plain-table.ts';

const segmentsShown = 10;

/** A forecast beside what needs no model, and its error by part of the series; none for other problems. */
export function forecastTables(
  details: RegressionDetails,
  report: GradeReport,
  words: Words,
): PlainTable[] {
  if (report.problem.task !== 'forecast') return [];
  const segments = details.actual.length > 1 ? [segmentTable(details, words.evidence)] : [];
  return [...baselineTable(details, report, words), ...segments];
}

/** The best first. */
function baselineTable(
  { baselines = [] }: RegressionDetails,
  { problem, profile, score }: GradeReport,
  { evidence, metricName }: Words,
): PlainTable[] {
  if (baselines.length === 0 || !score) return [];
  const format = metricFormat(profile, score.value);
  const named = baselines.map(({ id, order, value }) => ({
    value,
    name:
      id === 'autoregression'
        ? evidence.baseline.autoregression(count(order))
        : evidence.baseline[id],
  }));
  const all = [...named, { name: evidence.baseline.model, value: score.value }];
  const sign = problem.metric.better === 'lower' ? 1 : -1;
  return [
    {
      title: evidence.baselines,
      columns: [evidence.forecast, metricName(shortened(problem.metric.name, 40))],
      rows: all
        .sort((one, other) => sign * (one.value - other.value))
        .map(({ name, value }) => ({
          isUsed: name === evidence.baseline.model,
          cells: [name, format(value)],
        })),
    },
  ];
}

function segmentTable(details: RegressionDetails, words: Words['evidence']): PlainTable {
  const { actual, predicted } = details;
  return {
    title: words.segments,
    columns: [words.segment, words.rows, words.meanError, words.bias],
    rows: segmentsOf(details, words).map(({ name, rows }) => {
      const errors = rows.map((row) => (predicted[row] ?? NaN) - (actual[row] ?? NaN));
      return {
        isUsed: false,
        cells: [
          name,
          count(rows.length),
          significant(mean(errors.map(Math.abs))),
          significant(mean(errors)),
        ],
      };
    }),
  };
}

interface Segment {
  readonly name: string;
  readonly rows: readonly number[];
}

/** Decades where every row has a date, else ten parts of one length. */
function segmentsOf({ actual, labels }: RegressionDetails, words: Words['evidence']): Segment[] {
  const rows = actual.map((_, row) => row);
  const years = (labels ?? []).map((label) => Number(/^\d{4}(?=-\d\d)/.exec(label)?.[0]));
  if (labels && years.every(Number.isInteger)) {
    const decades = [...new Set(years.map((year) => Math.floor(year / 10) * 10))];
    if (decades.length <= 30) {
      return decades.map((decade) => ({
        name: words.decade(decade),
        rows: rows.filter((row) => Math.floor((years[row] ?? NaN) / 10) * 10 === decade),
      }));
    }
  }
  const size = Math.ceil(rows.length / segmentsShown);
  return Array.from({ length: Math.ceil(rows.length / size) }, (_, at) => {
    const part = rows.slice(at * size, (at + 1) * size);
    const [first = 0, last = 0] = [part[0], part.at(-1)];
    const nameOf = (row: number) => shortened(labels?.[row] ?? count(row), 24);
    return { name: `${nameOf(first)} – ${nameOf(last)}`, rows: part };
  });
}
