import { palette } from './palette.ts';
import { axis, renderChart } from './render-chart.ts';

export interface Pairs {
  readonly id: string;
  readonly actual: readonly number[];
  readonly predicted: readonly number[];
  readonly unit: string;
}

/** Predicted over actual values on equal axes, with the line where both are the same. */
export function predictedActual({ id, actual, predicted, unit }: Pairs): string {
  const [lowest, highest] = range([...actual, ...predicted]);
  const limits = { type: 'value', min: lowest, max: highest };
  const suffix = unit === '' ? '' : ` (${unit})`;
  return renderChart({
    id,
    width: 460,
    height: 380,
    option: {
      grid: {
        left: 4,
        right: 14,
        top: 12,
        bottom: 4,
        outerBoundsMode: 'same',
        outerBoundsContain: 'all',
      },
      xAxis: { ...axis(`actual${suffix}`), ...limits, nameGap: 28 },
      yAxis: { ...axis(`predicted${suffix}`), ...limits, nameGap: 40 },
      series: [
        {
          type: 'line',
          silent: true,
          data: [
            [lowest, lowest],
            [highest, highest],
          ],
          symbol: 'none',
          lineStyle: { color: palette.muted, width: 1, type: [3, 3] },
        },
        {
          type: 'scatter',
          silent: true,
          data: actual.map((value, row) => [value, predicted[row] ?? null]),
          symbolSize: 6,
          itemStyle: { color: palette.blue, opacity: 0.6 },
        },
      ],
    },
  });
}

/** Round limits around the values, never of zero width. */
function range(values: readonly number[]): readonly [number, number] {
  const lowest = values.reduce((least, value) => Math.min(least, value), Infinity);
  const highest = values.reduce((most, value) => Math.max(most, value), -Infinity);
  const width = highest - lowest || Math.abs(highest) || 1;
  const step = 10 ** Math.floor(Math.log10(width)) / 2;
  const low = Math.floor(lowest / step) * step;
  const high = Math.ceil(highest / step) * step;
  const tidy = (value: number) => Number(value.toPrecision(12));
  return low === high ? [tidy(low - step), tidy(high + step)] : [tidy(low), tidy(high)];
}
