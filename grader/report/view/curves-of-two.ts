import type { Attempt, ReportedEpoch } from '../../contract.ts';
import { type Curve, learningCurves } from '../charts/learning-curves.ts';
import { palette } from '../charts/palette.ts';
import { shortened } from '../../text/printable.ts';
import type { Words } from '../../words/en.ts';
import type { Figure } from './figure.ts';
import { logNames, logOf, spoken, titleOf } from './learning.ts';

const chartsShown = 4;

/** The logs of two trainings over each other, the earlier one dashed; none where one was not trained here. */
export function curvesOfTwo(
  [then, now]: readonly [then: Attempt, now: Attempt],
  words: Words,
): readonly Figure[] {
  const runs = [then, now].map(({ training }) => training?.history ?? []);
  const [before = [], after = []] = runs;
  if (before.length === 0 || after.length === 0) return [];
  const known = logNames(before);
  return logNames(after)
    .filter((name) => !name.startsWith('val_') && known.includes(name))
    .slice(0, chartsShown)
    .map((name, index) => figureOf([before, after], { name, index }, words));
}

type Histories = readonly [readonly ReportedEpoch[], readonly ReportedEpoch[]];

function figureOf(
  [before, after]: Histories,
  { name, index }: { readonly name: string; readonly index: number },
  { training: words, comparison: texts }: Words,
): Figure {
  const epochs = Array.from({ length: Math.max(before.length, after.length) }, (_, at) => at + 1);
  const parts = [
    { log: name, colour: palette.blue, mark: 'blue', part: words.trainingPart },
    { log: `val_${name}`, colour: palette.orange, mark: 'orange', part: words.validationPart },
  ];
  const curves = parts.flatMap(({ log, colour, mark, part }) =>
    [before, after].flatMap((history, at) => {
      const values = epochs.map((_, row) => logOf(history[row], log));
      if (values.every((value) => value === null)) return [];
      const isEarlier = at === 0;
      const curve: Curve = { colour, values, isDashed: isEarlier };
      const text = `${part}, ${isEarlier ? texts.then : texts.now}`;
      return [{ curve, text, mark: isEarlier ? `${mark} dashed` : mark }];
    }),
  );
  const lines = curves.map(({ curve }) => curve);
  const title = titleOf(shortened(name, 40), lines, words);
  return {
    title,
    legend: curves.map(({ mark, text }) => ({ mark, text })),
    label: [
      words.spokenChart(title),
      ...curves.map(({ curve, text }) => spoken(text, curve.values, words)),
    ].join(' '),
    svg: learningCurves({
      ...{ id: `two-${index}`, epochName: words.epoch, epochs, curves: lines, gradedEpoch: null },
    }),
    narrowSvg: '',
  };
}
