import type { BarResult, GradeReport, ScoreResult } from '../../contract.ts';
import { metricOf } from '../../metrics/metric.ts';
import { metricFormat, percent } from '../../text/numbers.ts';
import type { Words } from '../../words/en.ts';

interface ThresholdRow {
  readonly points: number;
  readonly bar: string;
  readonly reached: boolean;
  readonly distance: string;
  /** How often other rows of the same kind would reach the bar. */
  readonly chance: string;
  readonly isPassMark: boolean;
}

interface Zone {
  readonly points: number;
  readonly earned: boolean;
  /** The bar at the zone's left edge; empty for the zone of 0 points. */
  readonly bar: string;
}

interface ThresholdsView {
  readonly rows: readonly ThresholdRow[];
  readonly zones: readonly Zone[];
  /** Places on the scale, in percent of its width. */
  readonly value: string;
  readonly whisker: { readonly left: string; readonly width: string };
  readonly baseline: string;
  readonly label: string;
  readonly next: string;
  readonly closeCall: string;
}

type Graded = GradeReport & { readonly score: ScoreResult };

/** The metric against every bar, for the table and for a scale of six equally wide zones. */
export function thresholdsView(report: Graded, words: Words): ThresholdsView {
  const { score, problem } = report;
  const format = metricFormat(report.profile, score.value);
  const place = scalePlace(report);
  const ends = [score.certainty.low, score.certainty.high].map(place);
  const left = Math.min(...ends);
  return {
    rows: score.bars.map((bar) => ({
      points: bar.points,
      bar: `${relation(report)} ${format(bar.value)}`,
      reached: bar.reached,
      distance: words.metric[bar.reached ? 'toSpare' : 'short'](
        format(Math.abs(score.value - bar.value)),
      ),
      chance: percent(chanceOf(score, bar.points)),
      isPassMark: bar.points === problem.passMark,
    })),
    zones: zonesOf(report),
    value: place(score.value).toFixed(2),
    whisker: { left: left.toFixed(2), width: (Math.max(...ends) - left).toFixed(2) },
    baseline: place(score.constantBaseline).toFixed(2),
    label: words.metric.spoken({
      name: words.metricName(problem.metric.name),
      value: format(score.value),
      points: score.points,
      baseline: format(score.constantBaseline),
    }),
    next: nextStep(report, words),
    closeCall: closeCall(report, words),
  };
}

/** Six zones, of as many points, from the bar at which each begins. */
export function zonesOf({ score, profile }: Graded): readonly Zone[] {
  const format = metricFormat(profile, score.value);
  return [0, 1, 2, 3, 4, 5].map((points) => ({
    points,
    earned: points <= score.points && points > 0,
    bar: barOf(score.bars, points, format),
  }));
}

/** How a bar of this report is reached. */
export function relation({
  problem,
  profile,
}: {
  readonly problem: Pick<GradeReport['problem'], 'metric'>;
  readonly profile: GradeReport['profile'];
}) {
  if (problem.metric.better === 'lower') return profile.inclusive ? '≤' : '<';
  return profile.inclusive ? '≥' : '>';
}

/** How far the next point is; empty at five points. */
export function nextStep(report: Graded, words: Words): string {
  const { score } = report;
  const next = score.bars.filter((bar) => bar.points > score.points).at(-1);
  if (!next) return '';
  const format = metricFormat(report.profile, score.value);
  const gap = Math.abs(score.value - next.value);
  return words.metric.next({
    points: next.points,
    relation: relation(report),
    bar: format(next.value),
    gap: format(gap),
    errors: score.standardError > 0 ? (gap / score.standardError).toFixed(1) : null,
  });
}

/** The bars that other held-out rows might have moved the score across, in one sentence; empty for none. */
export function closeCall({ score }: Graded, words: Words): string {
  const near = score.bars
    .map((bar) => ({ ...bar, chance: chanceOf(score, bar.points) }))
    .filter(({ chance }) => chance > 0.025 && chance < 0.975)
    .map(({ points, chance }) => ({ points, share: percent(chance) }));
  return near.length === 0 ? '' : words.metric.closeCall(near);
}

/** How often resamples of the held-out rows earn these points, or more. */
export function chanceOf({ certainty }: ScoreResult, points: number): number {
  return certainty.points.slice(points).reduce((sum, share) => sum + share, 0);
}

function barOf(
  bars: readonly BarResult[],
  points: number,
  format: (value: number) => string,
): string {
  const bar = bars.find((candidate) => candidate.points === points);
  return bar ? format(bar.value) : '';
}

/**
 * Percent along the scale. Every zone is equally wide, whatever its span, so that close bars stay legible;
 * inside a zone the scale is linear. The outer zones end at the baseline and at the best the metric can be.
 */
export function scalePlace({ score, problem }: Graded): (value: number) => number {
  const sign = problem.metric.better === 'lower' ? -1 : 1;
  const bars = [...score.bars].sort((a, b) => a.points - b.points).map((bar) => sign * bar.value);
  const lowest = bars[0] ?? 0;
  const firstSpan = Math.abs((bars[1] ?? lowest) - lowest) || 1;
  const baseline = sign * score.constantBaseline;
  const worst = Math.min(lowest - firstSpan, baseline < lowest ? baseline - firstSpan / 4 : lowest);
  const best = Math.max(sign * metricOf(problem.metric.id).best, bars.at(-1) ?? 0);
  const edges = [worst, ...bars, best];
  return (value) => {
    const along = Math.min(Math.max(sign * value, worst), best);
    const zone = Math.max(
      0,
      edges.slice(0, -1).findLastIndex((edge) => along >= edge),
    );
    const from = edges[zone] ?? 0;
    const span = (edges[zone + 1] ?? from) - from;
    return ((zone + (span === 0 ? 0 : (along - from) / span)) / (edges.length - 1)) * 100;
  };
}
