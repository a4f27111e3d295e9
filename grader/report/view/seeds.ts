import type { GradeReport, ScoreResult, SeedRun } from '../../contract.ts';
import { count, duration, metricFormat } from '../../text/numbers.ts';
import { shortened } from '../../text/printable.ts';
import { scalePlace, zonesOf } from './thresholds.ts';
import type { Words } from '../../words/en.ts';

interface SeedsView {
  readonly lead: string;
  readonly metric: string;
  /** The metric of each seed among the bars; null where nothing was scored. */
  readonly scale: SeedScale | null;
  readonly rows: readonly {
    readonly isGraded: boolean;
    readonly seed: string;
    readonly value: string;
    readonly points: number;
    readonly epochs: string;
    readonly time: string;
  }[];
}

interface SeedScale {
  readonly zones: ReturnType<typeof zonesOf>;
  readonly marks: readonly {
    readonly isGraded: boolean;
    /** Percent of the scale. */
    readonly at: string;
    readonly title: string;
  }[];
  /** What it shows, for who cannot see it. */
  readonly label: string;
}

/** Each seed's metric and points; null where there was one training. */
export function seedsView(report: GradeReport, words: Words): SeedsView | null {
  const { seeds, score, problem, environment } = report;
  if (!seeds) return null;
  return {
    lead: seedsLine(report, words),
    metric: words.metricName(shortened(problem.metric.name, 40)),
    scale: score && scaleOf({ ...report, score }, words),
    rows: seeds.runs.map((run) => ({
      isGraded: run.seed === environment.seed,
      seed: String(run.seed),
      value: valueText(run, report),
      points: run.points,
      epochs: count(run.epochs),
      time: duration(run.trainSeconds, words.run.units),
    })),
  };
}

function scaleOf(report: GradeReport & { readonly score: ScoreResult }, words: Words): SeedScale {
  const { seeds, environment } = report;
  const place = scalePlace(report);
  const scored = (seeds?.runs ?? []).flatMap((run) =>
    run.value === null ? [] : [{ ...run, value: run.value }],
  );
  return {
    zones: zonesOf(report),
    marks: scored.map((run) => ({
      isGraded: run.seed === environment.seed,
      at: place(run.value).toFixed(2),
      title: `${words.seeds.seed} ${run.seed}: ${valueText(run, report)}`,
    })),
    label: seedsLine(report, words),
  };
}

/** How far the trainings lie apart, and which was graded; empty where there was one. */
export function seedsLine(report: GradeReport, words: Words): string {
  const { seeds, profile, problem, environment } = report;
  if (!seeds) return '';
  const values = seeds.runs.flatMap(({ value }) => value ?? []);
  const format = (value: number) => metricFormat(profile, value)(value);
  return words.seeds.lead({
    ...{ asked: seeds.asked, done: seeds.runs.length, graded: environment.seed },
    failed: seeds.runs.length - values.length,
    metric: words.metricName(shortened(problem.metric.name, 40)),
    lowest: values.length === 0 ? null : format(Math.min(...values)),
    highest: values.length === 0 ? null : format(Math.max(...values)),
    points: seeds.runs.map(({ points }) => points),
  });
}

function valueText({ value, failure }: SeedRun, { profile }: GradeReport): string {
  return value === null ? shortened(failure ?? '–') : metricFormat(profile, value)(value);
}
