import type { GradeReport } from '../../contract.ts';
import { metricFormat, utc } from '../../text/numbers.ts';
import { shortened } from '../../text/printable.ts';
import type { Words } from '../../words/en.ts';
import { changeLine, changeView, type ChangeView } from './changes.ts';
import { differenceSentence } from './difference.ts';

interface LastAttemptView {
  readonly then: string;
  readonly difference: string;
  readonly changes: readonly ChangeView[];
  readonly more: string;
  /** Where there is no list: that nothing has changed, or cannot be told. */
  readonly unchanged: string;
}

const changesShown = 12;

/** What changed since the last attempt; null where there is none to compare with. */
export function lastAttemptView(report: GradeReport, words: Words): LastAttemptView | null {
  const { lastAttempt: last, score, profile, problem, environment } = report;
  // What was scored again was compared when it was graded.
  if (!last || !score || report.scoredBefore) return null;
  const { changes } = last;
  const isOtherSeed = last.seed !== environment.seed;
  const left = (changes?.length ?? 0) - changesShown;
  return {
    then: words.since.then({
      date: utc(last.startedAt),
      points: last.points === null ? '–' : `${last.points}/5`,
      metric: words.metricName(shortened(problem.metric.name, 40)),
      value: metricFormat(profile, last.value)(last.value),
    }),
    difference: score.difference
      ? differenceSentence(report, { difference: score.difference, rows: score.rows }, words)
      : words.since.notPaired,
    changes: [
      ...(changes ?? []).slice(0, changesShown).map((change) => changeView(change, words)),
      ...(isOtherSeed
        ? [{ where: words.since.seed, then: String(last.seed), now: String(environment.seed) }]
        : []),
    ],
    more: left > 0 ? words.since.more(left) : '',
    unchanged: unchanged(report, words),
  };
}

function unchanged({ lastAttempt, environment }: GradeReport, words: Words): string {
  if (!lastAttempt?.changes) return words.since.unknown;
  if (lastAttempt.changes.length > 0 || lastAttempt.seed !== environment.seed) return '';
  return words.since.nothing;
}

/** The same as a few lines; empty where there is none. */
export function lastAttemptLines(report: GradeReport, words: Words): readonly string[] {
  const view = lastAttemptView(report, words);
  if (view === null) return [];
  const changes = view.changes.map(changeLine);
  return [`${view.then} ${view.difference}`, ...changes, view.more, view.unchanged].filter(
    (line) => line !== '',
  );
}
