import { palette } from './palette.ts';
import { chartAxis, plotArea, renderChart } from './render-chart.ts';

type Point = readonly [x: number, y: number];

interface UnitSquare {
  readonly id: string;
  readonly x: string;
  readonly y: string;
  readonly points: readonly Point[];
  /** Between what each point may lie; empty where they are a curve. */
  readonly intervals: readonly Point[];
  /** The line that it is compared with. */
  readonly against: readonly Point[];
}

/** A curve, or points with their intervals, of shares by shares. */
export function unitSquare({ id, x, y, points, intervals, against }: UnitSquare): string {
  const axis = (name: string, nameGap: number) => ({
    ...chartAxis(name, { formatter: (value) => String(Number(value.toFixed(1))) }),
    ...{ type: 'value', min: 0, max: 1, interval: 0.2, nameGap },
  });
  const line = (data: readonly Point[], color: string, more: object) => ({
    ...{ type: 'line', silent: true, symbol: 'none', data: data.map((point) => [...point]) },
    lineStyle: { color, width: 2, ...more },
  });
  return renderChart({
    id,
    ...{ width: 460, height: 380 },
    option: {
      grid: plotArea(),
      xAxis: axis(x, 28),
      yAxis: axis(y, 34),
      series: [
        line(against, palette.muted, { width: 1, type: [3, 3] }),
        ...intervals.map(([low, high], at) => {
          const place = points[at]?.[0] ?? 0;
          return line(
            [
              [place, low],
              [place, high],
            ],
            palette.orange,
            { width: 1.5 },
          );
        }),
        {
          ...line(points, palette.blue, {}),
          ...(intervals.length > 0
            ? { symbol: 'circle', symbolSize: 7, itemStyle: { color: palette.blue } }
            : {}),
        },
      ],
    },
  });
}
