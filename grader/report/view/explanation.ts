import type {
  ExplainedParts,
  ExplainedRow,
  GradeReport,
  PermutedFeatures,
} from '../../contract.ts';
import { metricOf } from '../../metrics/metric.ts';
import { count, metricFormat, percent, significant } from '../../text/numbers.ts';
import { isOwnPicture, shortened } from '../../text/printable.ts';
import type { Words } from '../../words/en.ts';
import { occlusionMap } from '../charts/occlusion-map.ts';

interface ExplainedRowView {
  readonly title: string;
  readonly summary: string;
  readonly picture: { readonly dataUrl: string; readonly svg: string } | null;
  readonly tokens: readonly {
    readonly word: string;
    /** 0 to 0.6, the strength of its colour. */
    readonly heat: string;
    readonly kind: 'lost' | 'gained';
  }[];
}

interface ExplanationView {
  readonly how: string;
  readonly asked: string;
  readonly rows: readonly ExplainedRowView[];
  readonly features: readonly {
    readonly name: string;
    readonly value: string;
    readonly change: string;
    /** Percent of the largest change. */
    readonly width: string;
  }[];
  readonly columns: readonly string[];
  readonly leftOut: string;
}

type Text = Words['explanation'];

const featuresShown = 12;

/** What the model looked at; null where nobody asked. */
export function explanationView(report: GradeReport, words: Words): ExplanationView | null {
  const { explanation } = report;
  if (!explanation) return null;
  const { of } = explanation;
  const text = words.explanation;
  const asked = text.asked(count(explanation.predictions), significant(explanation.seconds, 2));
  if ('features' in of) return { ...ofFeatures(of, report, words), asked, rows: [] };
  const how = of.kind === 'occlusion' ? text.occlusion : text.leftOutWords;
  const rows = of.rows.map((row) => ofRow(row, { of, report, text }));
  return { how, asked, rows, features: [], columns: [], leftOut: '' };
}

function ofFeatures(of: PermutedFeatures, { problem, profile }: GradeReport, words: Words) {
  const text = words.explanation;
  const sign = metricOf(problem.metric.id).better === 'lower' ? 1 : -1;
  const format = metricFormat(profile);
  const worse = ({ value }: { readonly value: number }) => sign * (value - of.value);
  const sorted = [...of.features].sort((one, other) => worse(other) - worse(one));
  const most = Math.max(...sorted.map(worse), 0) || 1;
  const name = words.metricName(shortened(problem.metric.name, 40));
  const isLag = of.kind === 'permuted-lags';
  return {
    how: isLag ? text.permutedLags(count(of.rows)) : text.permutedFeatures(count(of.rows)),
    columns: [isLag ? text.stepsBack : text.feature, text.shuffled(name), text.worse],
    features: sorted.slice(0, featuresShown).map((feature) => ({
      name: shortened(feature.name, 40),
      value: format(feature.value),
      change: format(worse(feature)),
      width: ((Math.max(0, worse(feature)) / most) * 100).toFixed(1),
    })),
    leftOut:
      sorted.length > featuresShown
        ? text.leftOut(count(sorted.length - featuresShown), format(of.value))
        : text.whole(format(of.value)),
  };
}

interface Place {
  readonly of: ExplainedParts;
  readonly report: GradeReport;
  readonly text: Text;
}

function ofRow(row: ExplainedRow, { of, report, text }: Place): ExplainedRowView {
  const named = (label: number) => shortened(report.problem.classes?.[label] ?? String(label), 40);
  const { effects, given, tokens = [], picture } = row;
  const largest = effects.reduce(
    (best, effect, at) => (effect > (effects[best] ?? 0) ? at : best),
    0,
  );
  const lost = effects[largest] ?? 0;
  const [, across = 1] = of.grid ?? [];
  const part = of.grid
    ? text.square(Math.floor(largest / across) + 1, (largest % across) + 1)
    : text.word(shortened(tokens[largest]?.word ?? '', 40));
  const most = Math.max(...effects.map(Math.abs), 0.05);
  const title =
    row.actual === row.predicted
      ? text.right(named(row.predicted))
      : text.wrong(named(row.predicted), named(row.actual));
  return {
    title,
    summary:
      lost > 0.01
        ? text.falls(part, percent(given), percent(given - lost))
        : text.nothing(percent(given)),
    picture:
      of.grid && isOwnPicture(picture)
        ? {
            dataUrl: picture,
            svg: occlusionMap(
              of.grid,
              effects.map((effect) => effect / most),
            ),
          }
        : null,
    tokens: of.grid
      ? []
      : effects.map((effect, at) => ({
          word: shortened(tokens[at]?.word ?? '', 40),
          heat: ((0.6 * Math.abs(effect)) / most).toFixed(3),
          kind: effect < 0 ? 'gained' : 'lost',
        })),
  };
}
