import { palette } from './palette.ts';
import { chartAxis, plotArea, renderChart } from './render-chart.ts';
import { roundUp } from './round-step.ts';

interface Bin {
  readonly centre: number;
  readonly count: number;
}

/** Counts of predicted - actual in bins of one round width, one of them centred on zero. */
export function residualBins(actual: readonly number[], predicted: readonly number[]): Bin[] {
  const residuals = actual.map((value, row) => (predicted[row] ?? 0) - value);
  const largest = residuals.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  const width = roundUp((2 * largest || 1) / 15);
  const places = residuals.map((value) => Math.round(value / width));
  const first = places.reduce((least, place) => Math.min(least, place), 0);
  const last = places.reduce((most, place) => Math.max(most, place), 0);
  return Array.from({ length: last - first + 1 }, (_, index) => ({
    centre: Number(((first + index) * width).toPrecision(12)),
    count: places.filter((place) => place === first + index).length,
  }));
}

/** How many rows lie how far off. */
export function residualHistogram(
  id: string,
  bins: readonly Bin[],
  names: { readonly error: string; readonly rows: string },
): string {
  return renderChart({
    id,
    width: 460,
    height: 380,
    option: {
      grid: plotArea(),
      xAxis: {
        ...chartAxis(names.error),
        type: 'category',
        nameGap: 28,
        data: bins.map((bin) => String(bin.centre).replace('-', '−')),
      },
      yAxis: { ...chartAxis(names.rows), type: 'value', minInterval: 1, nameGap: 36 },
      series: [
        {
          type: 'bar',
          silent: true,
          barCategoryGap: '6%',
          data: bins.map((bin) => bin.count),
          itemStyle: { color: palette.blue },
        },
      ],
    },
  });
}
