import { palette } from './palette.ts';
import { chartAxis, plotArea, renderChart } from './render-chart.ts';
import { roundUp } from './round-step.ts';

interface Pairs {
  readonly id: string;
  readonly actual: readonly number[];
  readonly predicted: readonly number[];
  readonly unit: string;
}

/** Predicted over actual values on equal axes, with the line where both are the same. */
export function predictedActual({ id, actual, predicted, unit }: Pairs): string {
  const limits = roundLimits([...actual, ...predicted]);
  const suffix = unit === '' ? '' : ` (${unit})`;
  return renderChart({
    id,
    width: 460,
    height: 380,
    option: {
      grid: plotArea(),
      xAxis: { ...chartAxis(`actual${suffix}`), type: 'value', ...limits, nameGap: 28 },
      yAxis: { ...chartAxis(`predicted${suffix}`), type: 'value', ...limits, nameGap: 40 },
      series: [
        {
          type: 'line',
          silent: true,
          data: [
            [limits.min, limits.min],
            [limits.max, limits.max],
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

/** Round limits around the values, never of zero width, and a round step between them. */
function roundLimits(values: readonly number[]): {
  readonly min: number;
  readonly max: number;
  readonly interval: number;
} {
  const lowest = values.reduce((least, value) => Math.min(least, value), Infinity);
  const highest = values.reduce((most, value) => Math.max(most, value), -Infinity);
  const width = highest - lowest || Math.abs(highest) || 1;
  const interval = roundUp(width / 6);
  const first = Math.floor(lowest / interval);
  const last = Math.max(Math.ceil(highest / interval), first + 1);
  const tidy = (steps: number) => Number((steps * interval).toPrecision(12));
  return { min: tidy(first), max: tidy(last), interval };
}
