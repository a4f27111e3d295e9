import type { FoundAttempt } from '../contract.ts';
import { aligned } from '../text/columns.ts';
import { metricFormat, utc } from '../text/numbers.ts';
import { shortened } from '../text/printable.ts';
import type { Words } from '../words/en.ts';
import type { Screen } from './screen.ts';

/** A table for each problem and submission, by their names. */
export function printAttempts(
  attempts: readonly FoundAttempt[],
  screen: Screen,
  words: Words,
): void {
  for (const group of groupsOf(attempts, words)) {
    screen.print('');
    screen.print(screen.style('bold', group.name));
    const { date, points, interval, seed, folder } = words.history.columns;
    const heading = [date, points, group.metric, interval, seed, folder];
    const rows = group.attempts.map((each) => rowOf(each, words));
    aligned([heading, ...rows]).forEach((line, index) =>
      screen.print(index === 0 ? screen.style('dim', line) : line),
    );
  }
}

interface Group {
  readonly name: string;
  readonly metric: string;
  readonly attempts: FoundAttempt[];
}

function groupsOf(attempts: readonly FoundAttempt[], words: Words): readonly Group[] {
  const groups = new Map<string, Group>();
  for (const each of attempts) {
    const { problem, submission } = each.attempt;
    const name = `${shortened(problem.id, 60)}: ${shortened(submission.file)}`;
    const group = groups.get(name) ?? {
      name,
      metric: words.metricName(problem.metric.name),
      attempts: [],
    };
    group.attempts.push(each);
    groups.set(name, group);
  }
  return [...groups.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
}

function rowOf({ folder, attempt }: FoundAttempt, words: Words): readonly string[] {
  const { startedAt, points, score, profile, data, verdict, environment } = attempt;
  const format = metricFormat(profile, score?.value);
  const remarks = [
    ...(attempt.scoredBefore ? [words.history.scoredAgain] : []),
    ...(data?.sample ? [words.history.sample] : []),
    ...(profile.id === 'strict' ? [] : [shortened(profile.id, 20)]),
  ];
  return [
    utc(startedAt),
    points === null ? '–' : `${points}/5`,
    [score ? format(score.value) : verdict, ...remarks].join(' '),
    score ? `${format(score.certainty.low)} – ${format(score.certainty.high)}` : '',
    String(environment.seed),
    shortened(folder, 200),
  ];
}
