import type { Attempt, ClassScores, Comparison } from '../../contract.ts';
import { count, duration, fixed, metricFormat, signed, utc } from '../../text/numbers.ts';
import { shortened } from '../../text/printable.ts';
import { translate } from '../../text/translate.ts';
import type { Words } from '../../words/en.ts';
import { changeView, type ChangeView } from './changes.ts';
import { curvesOfTwo } from './curves-of-two.ts';
import { differenceSentence } from './difference.ts';
import type { Figure } from './figure.ts';
import type { PlainTable } from './plain-table.ts';

interface ComparisonView {
  readonly lang: string;
  readonly words: Words;
  readonly title: string;
  readonly problem: string;
  readonly kicker: string;
  readonly difference: string;
  readonly figures: PlainTable;
  readonly classes: PlainTable | null;
  readonly changes: readonly ChangeView[];
  readonly unchanged: string;
  readonly charts: readonly Figure[];
}

type Pair = readonly [then: Attempt, now: Attempt];

/** Two attempts beside each other, as text and numbers ready to print. */
export function comparisonView(comparison: Comparison, words: Words): ComparisonView {
  const { then, now, changes } = comparison;
  const pair: Pair = [then.attempt, now.attempt];
  const texts = words.comparison;
  const { title, texts: own } = now.attempt.problem;
  const problem = shortened(translate(title, own?.[words.tag] ?? {}));
  return {
    ...{ lang: words.tag, words, problem, kicker: texts.kicker },
    title: texts.pageTitle(problem),
    difference: sentence(comparison, words),
    figures: {
      title: texts.figures,
      columns: [texts.figure, texts.then, texts.now],
      rows: [
        [texts.folder, shortened(then.folder), shortened(now.folder)],
        ...figures(pair, words),
      ].map((cells) => ({ isUsed: false, cells })),
    },
    classes: classTable(pair, words),
    changes: (changes ?? []).map((change) => changeView(change, words)),
    unchanged:
      changes === null ? words.since.unknown : changes.length === 0 ? texts.sameRecipe : '',
    charts: curvesOfTwo(pair, words),
  };
}

function sentence({ then, now, difference }: Comparison, words: Words): string {
  const [before, after] = [then.attempt.score, now.attempt.score];
  if (!before || !after) return words.comparison.unpaired['not-scored'];
  if (typeof difference === 'string') {
    return `${words.comparison.unpaired[difference]} ${byErrors({ then, now }, words)}`;
  }
  return differenceSentence(now.attempt, { difference, rows: after.rows }, words);
}

/**
 * The difference of two independent values has the variance of both. Answers to the same rows go together, so
 * that the true interval is the narrower one.
 */
function byErrors({ then, now }: Pick<Comparison, 'then' | 'now'>, words: Words): string {
  const [before, after] = [then.attempt.score, now.attempt.score];
  if (!before || !after) return '';
  const value = after.value - before.value;
  const error = Math.hypot(after.standardError, before.standardError);
  const format = metricFormat(now.attempt.profile);
  return words.comparison.byErrors({
    value: signed(value, format),
    low: signed(value - 1.96 * error, format),
    high: signed(value + 1.96 * error, format),
  });
}

type Row = readonly string[];

/** What both have is in every row; what neither has is left out. */
function figures([then, now]: Pair, words: Words): readonly Row[] {
  const texts = words.comparison;
  const row = (name: string, of: (attempt: Attempt) => string | null): Row[] => {
    const [before, after] = [of(then), of(now)];
    return before === null && after === null ? [] : [[name, before ?? '–', after ?? '–']];
  };
  const metric = words.metricName(shortened(now.problem.metric.name, 40));
  const ofScore = (of: (score: NonNullable<Attempt['score']>, attempt: Attempt) => string) => {
    return (attempt: Attempt) => attempt.score && of(attempt.score, attempt);
  };
  return [
    ...row(texts.submission, ({ submission }) => shortened(submission.file)),
    ...row(texts.graded, ({ startedAt }) => utc(startedAt)),
    ...row(texts.points, ({ points }) => (points === null ? null : `${points}/5`)),
    ...row(
      metric,
      ofScore(({ value }, { profile }) => metricFormat(profile, value)(value)),
    ),
    ...row(
      texts.interval,
      ofScore(({ certainty: { low, high } }, { profile }) =>
        [low, high].map(metricFormat(profile)).join(' – '),
      ),
    ),
    ...row(texts.parameters, (attempt) => {
      const model = attempt.training?.model ?? attempt.evaluation?.model;
      return model ? count(model.parameters) : null;
    }),
    ...row(texts.epochs, ({ training }) => training && epochs(training, words)),
    ...row(
      texts.training,
      ({ training }) => training && duration(training.trainSeconds, words.run.units),
    ),
    ...row(texts.seed, ({ environment }) => String(environment.seed)),
    ...row(texts.device, ({ environment }) => shortened(environment.device ?? '–', 60)),
  ];
}

function epochs({ history, gradedEpoch }: NonNullable<Attempt['training']>, words: Words): string {
  return words.comparison.epochsOf(gradedEpoch, history.length);
}

const classesShown = 50;

/** How many of each class were found, where both have the same classes. */
function classTable([then, now]: Pair, words: Words): PlainTable | null {
  const [before, after] = [classesOf(then), classesOf(now)];
  const names = (classes: readonly ClassScores[]) => classes.map(({ name }) => name).join('\n');
  if (after.length === 0 || names(before) !== names(after)) return null;
  const format = (value: number) => fixed(value, 3);
  return {
    title: words.comparison.classes,
    columns: [
      words.comparison.className,
      words.comparison.then,
      words.comparison.now,
      words.comparison.change,
    ],
    rows: after.slice(0, classesShown).map(({ name, recall }, at) => {
      const was = before[at]?.recall ?? NaN;
      return {
        isUsed: false,
        cells: [shortened(name, 60), format(was), format(recall), signed(recall - was, format)],
      };
    }),
  };
}

function classesOf({ score }: Attempt): readonly ClassScores[] {
  return score?.details.kind === 'classification' ? score.details.classes : [];
}
