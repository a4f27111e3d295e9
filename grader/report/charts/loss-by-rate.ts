import { significant } from '../../text/numbers.ts';
import { logAxis, needsLogScale } from './learning-curves.ts';
import { palette } from './palette.ts';
import { chartAxis, plotArea, renderChart } from './render-chart.ts';
import { roundAxis } from './round-step.ts';

interface LossByRate {
  /** Of finite losses, from the lowest rate. */
  readonly points: readonly (readonly [rate: number, loss: number])[];
  /** The rate that the recipe has. */
  readonly own: number;
  readonly names: { readonly rate: string; readonly loss: string };
}

/** Losses over rates on a logarithmic axis, with a dashed line at the recipe's own. */
export function lossByRate({ points, own, names }: LossByRate): string {
  const values = points.map(([, loss]) => loss);
  const { formatter, ...limits } = roundAxis(values, 5);
  return renderChart({
    ...{ id: 'sweep', width: 460, height: 270 },
    hover: points.map(([rate, loss]) => ({
      at: [rate, loss],
      text: `${names.rate} ${significant(rate, 3)}: ${significant(loss)}`,
    })),
    option: {
      grid: plotArea(),
      xAxis: {
        ...chartAxis(names.rate, { formatter: (rate) => significant(rate, 2) }),
        ...{ type: 'log', nameGap: 26, splitLine: { show: false } },
        min: Math.min(own, ...points.map(([rate]) => rate)),
        max: Math.max(own, ...points.map(([rate]) => rate)),
      },
      yAxis: needsLogScale([{ colour: palette.blue, values }])
        ? logAxis
        : { ...chartAxis('', { formatter }), type: 'value', ...limits },
      series: [
        {
          ...{ type: 'line', silent: true, symbol: 'circle', symbolSize: 7 },
          data: points.map((point) => [...point]),
          itemStyle: { color: palette.blue },
          lineStyle: { color: palette.blue, width: 2 },
          markLine: {
            ...{ silent: true, symbol: 'none', label: { show: false } },
            lineStyle: { color: palette.muted, type: [3, 3], width: 1 },
            data: [{ xAxis: own }],
          },
        },
      ],
    },
  });
}
