import { significant } from '../../text/numbers.ts';
import { palette } from './palette.ts';
import { chartAxis, plotArea, renderChart } from './render-chart.ts';
import { roundAxis } from './round-step.ts';

interface Pairs {
  readonly id: string;
  readonly actual: readonly number[];
  readonly predicted: readonly number[];
  /** Of the actual and of the predicted values. */
  readonly names: readonly string[];
}

/** Predicted over actual values on equal axes, with the line where both are the same. */
export function predictedActual({ id, actual, predicted, names }: Pairs): string {
  const { formatter, ...limits } = roundAxis([...actual, ...predicted], 6);
  const [ofActual = '', ofPredicted = ''] = names;
  return renderChart({
    id,
    width: 460,
    height: 380,
    hover: actual.map((value, row) => ({
      at: [value, predicted[row] ?? NaN],
      text: `${ofActual}: ${significant(value)}, ${ofPredicted}: ${significant(predicted[row] ?? NaN)}`,
    })),
    option: {
      grid: plotArea(),
      xAxis: {
        ...chartAxis(ofActual, { formatter }),
        type: 'value',
        ...limits,
        nameGap: 28,
      },
      yAxis: {
        ...chartAxis(ofPredicted, { formatter }),
        ...{ type: 'value', ...limits, nameGap: 40 },
      },
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
