import { significant } from '../../text/numbers.ts';
import { roundAxis } from './round-step.ts';
import { chartAxis, plotArea, renderChart } from './render-chart.ts';
import { palette } from './palette.ts';

export interface Curve {
  readonly colour: string;
  /** One value per epoch; null where there is none. */
  readonly values: readonly (number | null)[];
  /** Of the earlier of two trainings. */
  readonly isDashed?: boolean;
}

interface CurveChart {
  readonly id: string;
  /** What the horizontal axis is called. */
  readonly epochName: string;
  readonly epochs: readonly number[];
  readonly curves: readonly Curve[];
  readonly gradedEpoch: number | null;
  /** Where another is the best by the validation part. */
  readonly bestEpoch?: number | null;
  /** Left out: where a linear axis would hide the later epochs. */
  readonly isLog?: boolean;
}

/** True where a linear axis would press the later epochs into one line. */
export function needsLogScale(curves: readonly Curve[]): boolean {
  const values = curves.flatMap((curve) => curve.values).filter((value) => value !== null);
  const lowest = Math.min(...values);
  return lowest > 0 && Math.max(...values) / lowest > 30;
}

/** Values by epoch, with dashed lines at the epoch whose weights were graded and at the best one. */
export function learningCurves(chart: CurveChart): string {
  const { epochs, curves } = chart;
  const { isLog = needsLogScale(curves) } = chart;
  const first = epochs[0] ?? 1;
  const last = epochs.at(-1) ?? first;
  const isSingle = first === last;
  return renderChart({
    id: chart.id,
    width: 460,
    height: 270,
    hover: curves.flatMap(({ values }) =>
      epochs.flatMap((epoch, row) => {
        const value = values[row] ?? null;
        const text = `${chart.epochName} ${epoch}: ${significant(value ?? NaN)}`;
        return value === null ? [] : [{ at: [epoch, value] as const, text }];
      }),
    ),
    option: {
      grid: plotArea(),
      xAxis: {
        ...chartAxis(chart.epochName, {
          formatter: (value) => (epochs.includes(value) ? String(value) : ''),
        }),
        type: 'value',
        nameGap: 26,
        splitLine: { show: false },
        min: isSingle ? first - 1 : first,
        max: isSingle ? first + 1 : last,
        minInterval: 1,
        ...(isSingle ? { interval: 1 } : {}),
      },
      yAxis: isLog ? logAxis : linearAxis(curves),
      series: curves.map((curve, index) => ({
        type: 'line',
        silent: true,
        data: epochs.map((epoch, row) => [epoch, curve.values[row] ?? null]),
        symbol: 'circle',
        symbolSize: 5,
        showSymbol: epochs.length <= 30,
        itemStyle: { color: curve.colour },
        lineStyle: { color: curve.colour, width: 2, type: curve.isDashed ? [5, 4] : 'solid' },
        ...(index === 0 ? epochLines(chart) : {}),
      })),
    },
  });
}

// echarts writes small powers of ten with all their zeros, and not exactly.
export const logAxis = {
  ...chartAxis('', { formatter: (value) => significant(value, 2) }),
  ...{ type: 'log', scale: true },
};

function linearAxis(curves: readonly Curve[]): object {
  const values = curves.flatMap((curve) => curve.values).filter((value) => value !== null);
  if (values.length === 0) return { ...chartAxis(''), type: 'value' };
  const { formatter, ...limits } = roundAxis(values, 5);
  return { ...chartAxis('', { formatter }), type: 'value', ...limits };
}

function epochLines({ gradedEpoch, bestEpoch = null }: CurveChart): object {
  const lines = [
    ...(gradedEpoch === null ? [] : [{ xAxis: gradedEpoch }]),
    ...(bestEpoch === null ? [] : [{ xAxis: bestEpoch, lineStyle: { color: palette.orange } }]),
  ];
  if (lines.length === 0) return {};
  return {
    markLine: {
      silent: true,
      symbol: 'none',
      label: { show: false },
      lineStyle: { color: palette.muted, type: [3, 3], width: 1 },
      data: lines,
    },
  };
}
