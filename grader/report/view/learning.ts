import { isTrainingMetric, trainingMetric } from '../../metrics/training.ts';
import type { ReportedEpoch, ReportedTraining } from '../../contract.ts';
import { learningCurves, needsLogScale } from '../charts/learning-curves.ts';
import type { Curve } from '../charts/learning-curves.ts';
import { palette } from '../charts/palette.ts';
import { trainingSummary, type TrainingRun } from './training-summary.ts';
import { significant } from '../../text/numbers.ts';
import { shortened } from '../../text/printable.ts';
import type { Figure } from './figure.ts';
import type { Words } from '../../words/en.ts';

interface LearningView {
  readonly summary: string;
  readonly figures: readonly Figure[];
  readonly columns: readonly string[];
  readonly rows: readonly { readonly isGraded: boolean; readonly cells: readonly string[] }[];
  readonly rowsLeftOut: string;
}

type TrainingWords = Words['training'];

const metricsShown = 5;
const rowsShown = 400;

/** Curves and numbers by epoch. */
export function learningView(
  { training, isGraded }: { readonly training: ReportedTraining; readonly isGraded: boolean },
  { training: words }: Words,
): LearningView {
  const { history } = training;
  const run: TrainingRun = { training, fate: isGraded ? 'graded' : 'kept' };
  const names = logNames(history);
  const charted = names.filter((name) => !name.startsWith('val_')).slice(0, metricsShown);
  return {
    summary: trainingSummary(run, words),
    figures:
      history.length === 0
        ? []
        : [
            ...charted.map(curveFigure(run, words)),
            ...rateFigure(run, words),
            ...normFigure(run, words),
          ],
    columns: [
      words.epoch,
      ...names.map((name) => shortened(name, 40)),
      words.learningRate,
      words.seconds,
    ],
    rows: history.slice(0, rowsShown).map((record) => ({
      isGraded: record.epoch === training.gradedEpoch,
      cells: [
        String(record.epoch),
        ...names.map((name) => significant(logOf(record, name) ?? NaN)),
        significant(record.learningRate ?? NaN),
        significant(record.seconds, 3),
      ],
    })),
    rowsLeftOut: history.length > rowsShown ? words.rowsLeftOut(history.length - rowsShown) : '',
  };
}

export function logNames(history: readonly ReportedEpoch[]): string[] {
  return [...new Set(history.flatMap((record) => Object.keys(record.logs)))];
}

export function logOf(record: ReportedEpoch | undefined, name: string): number | null {
  return finite(record && Object.hasOwn(record.logs, name) ? record.logs[name] : undefined);
}

function finite(value: number | null | undefined): number | null {
  return typeof value === 'number' && Number.isFinite(value) ? value : null;
}

function curveFigure({ training, fate }: TrainingRun, words: TrainingWords) {
  return (name: string, index: number): Figure => {
    const { history } = training;
    const values = (key: string) => history.map((record) => logOf(record, key));
    const hasValidation = history.some((record) => logOf(record, `val_${name}`) !== null);
    const curves: Curve[] = [
      { colour: palette.blue, values: values(name) },
      ...(hasValidation ? [{ colour: palette.orange, values: values(`val_${name}`) }] : []),
    ];
    const title = titleOf(shortened(name, 40), curves, words);
    const best = bestEpoch(history, name);
    const isOther = best !== null && best !== training.gradedEpoch;
    return {
      title,
      legend: [
        { mark: 'blue', text: words.trainingPart },
        ...(hasValidation ? [{ mark: 'orange', text: words.validationPart }] : []),
        { mark: 'dashed', text: words[`${fate}Line`](training.gradedEpoch) },
        ...(isOther ? [{ mark: 'orange dashed', text: words.bestLine(best) }] : []),
      ],
      label: [
        words.spokenChart(title),
        ...curves.map((curve, at) =>
          spoken(at === 0 ? words.trainingPart : words.validationPart, curve.values, words),
        ),
      ].join(' '),
      svg: learningCurves({
        id: `curve-${index}`,
        epochName: words.epoch,
        epochs: history.map((record) => record.epoch),
        curves,
        gradedEpoch: training.gradedEpoch,
        bestEpoch: isOther ? best : null,
      }),
      narrowSvg: '',
    };
  };
}

/** By a curve of the validation part; null where it has none, or nobody knows which way it is better. */
function bestEpoch(history: readonly ReportedEpoch[], name: string): number | null {
  const isHigher = isTrainingMetric(name) && trainingMetric(name).better === 'higher';
  if (name !== 'loss' && !isTrainingMetric(name)) return null;
  const known = history.flatMap((record) => {
    const value = logOf(record, `val_${name}`);
    return value === null ? [] : [{ epoch: record.epoch, error: isHigher ? -value : value }];
  });
  if (known.length === 0) return null;
  return known.reduce((best, each) => (each.error < best.error ? each : best)).epoch;
}

/** The norm of the gradients, where it was measured. */
function normFigure({ training, fate }: TrainingRun, words: TrainingWords): Figure[] {
  const { history, gradedEpoch } = training;
  const norms = (of: 'mean' | 'largest') =>
    history.map(({ gradientNorm }) => finite(gradientNorm?.[of]));
  const [mean, largest] = [norms('mean'), norms('largest')];
  if (mean.every((value) => value === null)) return [];
  const curves = [
    { colour: palette.blue, values: mean, name: words.meanNorm },
    // With few steps an epoch only one is measured.
    ...(largest.every((value, at) => value === mean[at])
      ? []
      : [{ colour: palette.orange, values: largest, name: words.largestNorm }]),
  ];
  const isLog = [...mean, ...largest].every((value) => value === null || value > 0);
  const title = isLog ? words.logarithmic(words.gradientNorm) : words.gradientNorm;
  return [
    {
      title,
      legend: [
        ...curves.map(({ name }, at) => ({ mark: at === 0 ? 'blue' : 'orange', text: name })),
        { mark: 'dashed', text: words[`${fate}Line`](gradedEpoch) },
      ],
      label: [
        words.spokenChart(title),
        ...curves.map(({ name, values }) => spoken(name, values, words)),
      ].join(' '),
      svg: learningCurves({
        id: 'curve-norm',
        epochName: words.epoch,
        epochs: history.map((record) => record.epoch),
        ...{ curves, gradedEpoch, isLog },
      }),
      narrowSvg: '',
    },
  ];
}

function rateFigure({ training, fate }: TrainingRun, words: TrainingWords): Figure[] {
  const rates = training.history.map((record) => record.learningRate);
  if (rates.every((rate) => rate === rates[0])) return [];
  const curves = [
    { colour: palette.blue, values: rates.map((rate) => (Number.isFinite(rate) ? rate : null)) },
  ];
  const title = titleOf(words.learningRate, curves, words);
  return [
    {
      title,
      legend: [
        { mark: 'blue', text: words.rateOfTheEpoch },
        { mark: 'dashed', text: words[`${fate}Line`](training.gradedEpoch) },
      ],
      label: `${words.spokenChart(title)} ${spoken(words.learningRate, curves[0]?.values ?? [], words)}`,
      svg: learningCurves({
        id: 'curve-rate',
        epochName: words.epoch,
        epochs: training.history.map((record) => record.epoch),
        curves,
        gradedEpoch: training.gradedEpoch,
      }),
      narrowSvg: '',
    },
  ];
}

export function titleOf(name: string, curves: readonly Curve[], words: TrainingWords): string {
  return needsLogScale(curves) ? words.logarithmic(name) : name;
}

export function spoken(
  name: string,
  values: readonly (number | null)[],
  words: TrainingWords,
): string {
  const known = values.filter((value) => value !== null);
  if (known.length === 0) return words.spokenNothing(name);
  return words.spokenCurve({
    name,
    first: significant(known[0] ?? NaN),
    last: significant(known.at(-1) ?? NaN),
    lowest: significant(Math.min(...known)),
    highest: significant(Math.max(...known)),
    gaps: values.length - known.length,
  });
}
