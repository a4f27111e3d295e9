import type { EarlierScore, GradeReport } from '../../contract.ts';
import { metricFormat, utc } from '../../text/numbers.ts';
import { shortened } from '../../text/printable.ts';
import type { Words } from '../../words/en.ts';
import { relation } from './thresholds.ts';

/** One thing as it was and as it is now. */
interface Change {
  readonly what: string;
  readonly before: string;
  readonly now: string;
  readonly isChanged: boolean;
}

interface ScoredBeforeView {
  readonly lead: string;
  readonly rows: readonly Change[];
}

/** Points and metric of predictions that were scored again, and what else has changed; null for others. */
export function scoredBeforeView(report: GradeReport, words: Words): ScoredBeforeView | null {
  const { scoredBefore: before, score } = report;
  if (!before || !score) return null;
  const { profile, problem, environment } = report;
  const texts = words.scoredBefore;
  const value = metricFormat(profile, score.value)(score.value);
  const change = (what: string, [was, is]: readonly [string, string]): Change => {
    return { what, before: was, now: is, isChanged: was !== is };
  };
  const pointsOf = (points: number | null) => (points === null ? '–' : `${points}/5`);
  const name = (metric: EarlierScore['metric']) => words.metricName(shortened(metric.name, 40));
  const rows = [
    change(texts.points, [pointsOf(before.points), pointsOf(score.points)]),
    change(texts.metric, [name(before.metric), name(problem.metric)]),
    change(texts.value, [before.value === score.value ? value : valueOf(before), value]),
    change(texts.profile, [shortened(before.profile.id), shortened(profile.id)]),
    ...barPairs(before, { metric: problem.metric, profile }).map(({ points, pair }) =>
      change(texts.bar(points), pair),
    ),
    change(texts.problem, [String(before.problemVersion), String(problem.version)]),
    change(texts.grader, [shortened(before.grader), shortened(environment.grader)]),
  ];
  const isAlways = (_: Change, at: number) => at === 0 || at === 2;
  return {
    lead: texts.lead(
      utc(before.finishedAt),
      rows.some(({ isChanged }) => isChanged),
    ),
    rows: rows.filter((row, at) => row.isChanged || isAlways(row, at)),
  };
}

/** The same in one line, of what has changed. */
export function scoredBeforeLine(report: GradeReport, words: Words): string {
  const view = scoredBeforeView(report, words);
  if (!view) return '';
  const changes = view.rows
    .filter(({ isChanged }) => isChanged)
    .map(({ what, before, now }) => `${what} ${before} → ${now}`);
  return [view.lead, ...(changes.length > 0 ? [`${changes.join('; ')}.`] : [])].join(' ');
}

function valueOf({ value, profile }: EarlierScore): string {
  return value === null ? '–' : metricFormat(profile, value)(value);
}

type Scale = Pick<EarlierScore, 'metric' | 'profile'>;

/** Points, and what was and is asked for them. */
function barPairs(
  before: Scale,
  now: Scale,
): { points: number; pair: readonly [string, string] }[] {
  return now.profile.bars.map(({ points }) => ({
    points,
    pair: [barText(before, points), barText(now, points)],
  }));
}

function barText({ metric, profile }: Scale, points: number): string {
  const bar = profile.bars.find((each) => each.points === points);
  return bar
    ? `${relation({ problem: { metric }, profile })} ${metricFormat(profile)(bar.value)}`
    : '–';
}
