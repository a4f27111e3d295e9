import type { GradeReport, HeldOutExample, HeldOutExamples, ScoreResult } from '../../contract.ts';
import { isClassification } from '../../contract/task.ts';
import { count, fixed, significant } from '../../text/numbers.ts';
import { isOwnPicture, shortened } from '../../text/printable.ts';
import type { Words } from '../../words/en.ts';
import { valueUnit } from './value-unit.ts';
import { sparkline } from '../charts/sparkline.ts';

interface Cell {
  readonly text: string;
  /** What it is sorted by; empty where its text is. */
  readonly value: string;
  readonly isNumber: boolean;
  /** "right" beside a prediction that is. */
  readonly tag: string;
  readonly picture: { readonly dataUrl: string; readonly alt: string } | null;
  readonly tokens: readonly { readonly word: string; readonly isKnown: boolean }[];
  readonly svg: string;
  /** What the drawing shows, for who cannot see it. */
  readonly label: string;
}

interface Column {
  readonly title: string;
  readonly isNumber: boolean;
  /** Whether the rows may be chosen by its texts. */
  readonly isChoice: boolean;
  /** Null where a row has nothing of it. */
  readonly cell: (example: HeldOutExample) => Cell;
}

interface ExamplesView {
  readonly shown: string;
  readonly notes: readonly string[];
  readonly columns: readonly Pick<Column, 'title' | 'isNumber' | 'isChoice'>[];
  readonly rows: readonly { readonly cells: readonly Cell[] }[];
}

interface Graded {
  readonly report: Pick<GradeReport, 'problem'>;
  readonly score: ScoreResult;
}

const rowsShown = 50;

/** A table of the worst rows: what is true, what was predicted, and what there is to see of each. */
export function examplesView(
  examples: HeldOutExamples,
  { report, score }: Graded,
  { evidence: words }: Words,
): ExamplesView {
  const worst = examples.worst.slice(0, rowsShown);
  const columns = [
    ...seenColumns(worst, words),
    ...(isClassification(report.problem.task)
      ? labelColumns(worst, report.problem.classes ?? [], words)
      : valueColumns(worst, report.problem.metric, words)),
    ...featureColumns(examples),
  ];
  const has = (key: keyof HeldOutExample) => worst.some((example) => example[key] !== undefined);
  const ranking = !isClassification(report.problem.task)
    ? words.ranking.distance
    : has('ofActual')
      ? words.ranking.probability
      : words.ranking.score;
  return {
    shown: words.shownOf(count(worst.length), count(score.rows), examples.file),
    notes: [
      ranking,
      ...(has('tokens') ? [words.notKnownNote] : []),
      ...(has('window') ? [words.windowNote] : []),
    ],
    columns,
    rows: worst.map((example) => ({ cells: columns.map(({ cell }) => cell(example)) })),
  };
}

const blank: Cell = {
  ...{ text: '', value: '', isNumber: false, tag: '', picture: null },
  ...{ tokens: [], svg: '', label: '' },
};

function numberCell(value: number, text: string): Cell {
  return { ...blank, text, value: String(value), isNumber: true };
}

function seenColumns(worst: readonly HeldOutExample[], words: Words['evidence']): Column[] {
  const isSeen = ({ picture, text, tokens, window }: HeldOutExample) =>
    [picture, text, tokens, window].some((part) => part !== undefined);
  const column = { isNumber: false, isChoice: false };
  return [
    {
      ...{ title: words.row, isNumber: true, isChoice: false },
      cell: ({ row, label }) => numberCell(row, label ? shortened(label, 24) : String(row)),
    },
    ...(worst.some(isSeen)
      ? [{ ...column, title: words.example, cell: (one: HeldOutExample) => seenCell(one, words) }]
      : []),
  ];
}

function seenCell(example: HeldOutExample, words: Words['evidence']): Cell {
  const { row, picture, text, tokens = [], window = [] } = example;
  const isOurs = isOwnPicture(picture);
  return {
    ...blank,
    text: shortened(text ?? '', 300),
    picture: isOurs ? { dataUrl: picture, alt: words.picture(row) } : null,
    tokens: tokens.map(({ word, isKnown }) => ({ word: shortened(word, 40), isKnown })),
    svg: window.length > 1 ? sparkline({ ...example, window }) : '',
    label: words.window(
      window.length,
      significant(window[0] ?? NaN),
      significant(window.at(-1) ?? NaN),
    ),
  };
}

function labelColumns(
  worst: readonly HeldOutExample[],
  classes: readonly string[],
  words: Words['evidence'],
): Column[] {
  const named = (label: number): Cell => ({
    ...blank,
    text: shortened(classes[label] ?? String(label), 40),
  });
  const share = (title: string, key: 'confidence' | 'ofActual'): Column[] =>
    worst.some((example) => example[key] !== undefined)
      ? [
          {
            ...{ title, isNumber: true, isChoice: false },
            cell: (example) => numberCell(example[key] ?? NaN, fixed(example[key] ?? NaN, 3)),
          },
        ]
      : [];
  const choice = { isNumber: false, isChoice: true };
  return [
    { ...choice, title: words.actual, cell: ({ actual }) => named(actual) },
    {
      ...choice,
      title: words.predicted,
      cell: ({ actual, predicted }) => ({
        ...named(predicted),
        tag: actual === predicted ? words.right : '',
      }),
    },
    ...share(words.confidence, 'confidence'),
    ...share(words.ofActual, 'ofActual'),
  ];
}

function valueColumns(
  worst: readonly HeldOutExample[],
  metric: GradeReport['problem']['metric'],
  words: Words['evidence'],
): Column[] {
  const largest = worst.reduce(
    (most, { actual, predicted }) => Math.max(most, Math.abs(actual), Math.abs(predicted)),
    0,
  );
  const decimals = Math.min(8, Math.max(0, 3 - Math.floor(Math.log10(largest || 1))));
  const unit = valueUnit(metric);
  const column = (title: string, valueOf: (example: HeldOutExample) => number): Column => ({
    ...{ title, isNumber: true, isChoice: false },
    cell: (example) => numberCell(valueOf(example), fixed(valueOf(example), decimals)),
  });
  return [
    column(unit ? `${words.actual} (${unit})` : words.actual, ({ actual }) => actual),
    column(words.predicted, ({ predicted }) => predicted),
    column(words.error, ({ actual, predicted }) => predicted - actual),
  ];
}

function featureColumns({ features }: HeldOutExamples): Column[] {
  return features.map(({ name, unit }, at) => ({
    title: shortened(unit ? `${name} (${unit})` : name, 40),
    ...{ isNumber: true, isChoice: false },
    cell: (example) => {
      const value = example.features?.[at] ?? NaN;
      return numberCell(value, significant(value));
    },
  }));
}
