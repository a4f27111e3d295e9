import { significant } from '../../text/numbers.ts';
import { palette } from './palette.ts';
import { roundAxis } from './round-step.ts';
import { chartAxis, plotArea, renderChart } from './render-chart.ts';

interface ForecastChart {
  readonly id: string;
  readonly width: number;
  /** One label per row, a date. */
  readonly labels: readonly string[];
  readonly actual: readonly number[];
  readonly predicted: readonly number[];
}

/** Actual and predicted values over time. */
export function forecastChart({ id, width, labels, actual, predicted }: ForecastChart): string {
  const isWide = width > 600;
  // The stylesheet enlarges text on a narrow page: leave room for it.
  const fontSize = isWide ? 12 : 17;
  const line = (values: readonly number[], color: string) => ({
    type: 'line',
    silent: true,
    data: [...values],
    symbol: 'circle',
    symbolSize: 4,
    showSymbol: values.length === 1,
    itemStyle: { color },
    lineStyle: { color, width: 1.5 },
  });
  const { formatter, ...limits } = roundAxis([...actual, ...predicted], 5);
  return renderChart({
    id,
    width,
    height: isWide ? 320 : 300,
    hover: labels.map((label, row) => ({
      at: [row, predicted[row] ?? NaN],
      text: `${label}: ${significant(actual[row] ?? NaN)} → ${significant(predicted[row] ?? NaN)}`,
    })),
    option: {
      grid: plotArea(isWide ? 24 : 48),
      xAxis: {
        ...chartAxis('', { fontSize }),
        type: 'category',
        boundaryGap: false,
        data: [...labels],
        splitLine: { show: false },
      },
      yAxis: { ...chartAxis('', { fontSize, formatter }), type: 'value', ...limits },
      series: [line(actual, palette.grey), line(predicted, palette.blue)],
    },
  });
}
