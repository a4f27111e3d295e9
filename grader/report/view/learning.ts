import type { ReportedEpoch, ReportedTraining } from '../../contract.ts';
import { learningCurves, needsLogScale } from '../charts/learning-curves.ts';
import type { Curve } from '../charts/learning-curves.ts';
import { palette } from '../charts/palette.ts';
import { trainingSummary, type TrainingRun } from './training-summary.ts';
import { plural, significant } from '../../text/numbers.ts';
import { shortened } from '../../text/printable.ts';
import type { Figure } from './figure.ts';

interface LearningView {
  readonly summary: string;
  readonly figures: readonly Figure[];
  readonly columns: readonly string[];
  readonly rows: readonly { readonly isGraded: boolean; readonly cells: readonly string[] }[];
  readonly rowsLeftOut: string;
}

const metricsShown = 5;
const rowsShown = 400;

/** Curves and numbers by epoch. */
export function learningView(training: ReportedTraining, isGraded: boolean): LearningView {
  const { history } = training;
  const run: TrainingRun = { training, fate: isGraded ? 'graded' : 'kept' };
  const names = logNames(history);
  const charted = names.filter((name) => !name.startsWith('val_')).slice(0, metricsShown);
  return {
    summary: trainingSummary(run),
    figures: history.length === 0 ? [] : [...charted.map(curveFigure(run)), ...rateFigure(run)],
    columns: ['epoch', ...names.map((name) => shortened(name, 40)), 'learning rate', 'seconds'],
    rows: history.slice(0, rowsShown).map((record) => ({
      isGraded: record.epoch === training.gradedEpoch,
      cells: [
        String(record.epoch),
        ...names.map((name) => significant(logOf(record, name) ?? NaN)),
        significant(record.learningRate ?? NaN),
        significant(record.seconds, 3),
      ],
    })),
    rowsLeftOut:
      history.length > rowsShown
        ? `The other ${history.length - rowsShown} epochs are in report.json.`
        : '',
  };
}

function logNames(history: readonly ReportedEpoch[]): string[] {
  return [...new Set(history.flatMap((record) => Object.keys(record.logs)))];
}

function logOf(record: ReportedEpoch, name: string): number | null {
  const value = Object.hasOwn(record.logs, name) ? record.logs[name] : undefined;
  return typeof value === 'number' && Number.isFinite(value) ? value : null;
}

function curveFigure({ training, fate }: TrainingRun) {
  return (name: string, index: number): Figure => {
    const { history } = training;
    const values = (key: string) => history.map((record) => logOf(record, key));
    const hasValidation = history.some((record) => logOf(record, `val_${name}`) !== null);
    const curves: Curve[] = [
      { colour: palette.blue, values: values(name) },
      ...(hasValidation ? [{ colour: palette.orange, values: values(`val_${name}`) }] : []),
    ];
    const title = `${shortened(name, 40)}${needsLogScale(curves) ? ', logarithmic' : ''}`;
    return {
      title,
      legend: [
        { mark: 'blue', text: 'training' },
        ...(hasValidation ? [{ mark: 'orange', text: 'validation' }] : []),
        { mark: 'dashed', text: `${fate}: epoch ${training.gradedEpoch}` },
      ],
      label: [
        `${title} by epoch.`,
        ...curves.map((curve, at) => spoken(at === 0 ? 'Training' : 'Validation', curve.values)),
      ].join(' '),
      svg: learningCurves({
        id: `curve-${index}`,
        name: title,
        epochs: history.map((record) => record.epoch),
        curves,
        gradedEpoch: training.gradedEpoch,
      }),
      narrowSvg: '',
    };
  };
}

function rateFigure({ training, fate }: TrainingRun): Figure[] {
  const rates = training.history.map((record) => record.learningRate);
  if (rates.every((rate) => rate === rates[0])) return [];
  const curves = [
    { colour: palette.blue, values: rates.map((rate) => (Number.isFinite(rate) ? rate : null)) },
  ];
  const title = `learning rate${needsLogScale(curves) ? ', logarithmic' : ''}`;
  return [
    {
      title,
      legend: [
        { mark: 'blue', text: 'rate of the epoch' },
        { mark: 'dashed', text: `${fate}: epoch ${training.gradedEpoch}` },
      ],
      label: `${title} by epoch. ${spoken('Rate', curves[0]?.values ?? [])}`,
      svg: learningCurves({
        id: 'curve-rate',
        name: title,
        epochs: training.history.map((record) => record.epoch),
        curves,
        gradedEpoch: training.gradedEpoch,
      }),
      narrowSvg: '',
    },
  ];
}

function spoken(name: string, values: readonly (number | null)[]): string {
  const known = values.filter((value) => value !== null);
  const gaps = values.length - known.length;
  if (known.length === 0) return `${name}: no finite value.`;
  const missing = gaps > 0 ? `; ${plural(gaps, 'epoch')} without a finite value` : '';
  return `${name}: from ${significant(known[0] ?? NaN)} to ${significant(known.at(-1) ?? NaN)}, lowest ${significant(Math.min(...known))}, highest ${significant(Math.max(...known))}${missing}.`;
}
