import Handlebars from 'handlebars';
// One file with all of ECharts loads in an eighth of the time that its many modules take.
import { init, type EChartsCoreOption } from 'echarts/dist/echarts.esm.min.mjs';
import { palette } from './palette.ts';

interface Chart {
  /** Prefix of ids inside the picture: unique in its page. */
  readonly id: string;
  readonly width: number;
  readonly height: number;
  readonly option: EChartsCoreOption;
  /** Texts that a browser shows where the pointer rests on these places of the axes. */
  readonly hover?: readonly Hover[];
}

interface Hover {
  readonly at: readonly [x: number, y: number];
  readonly text: string;
}

/** Of so many places one can be met with a pointer. */
const hoversShown = 300;

/** Draws a chart as an SVG element for a page: no script, style sheet, event or address in it. */
export function renderChart({ id, width, height, option, hover = [] }: Chart): string {
  const chart = init(null, null, { renderer: 'svg', ssr: true, width, height });
  try {
    chart.setOption({ animation: false, textStyle: { fontFamily: 'inherit' }, ...option });
    const svg = plain(chart.renderToSVGString(), id);
    const every = Math.ceil(hover.length / hoversShown);
    const marks = hover.flatMap(({ at, text }, place) => {
      if (place % every !== 0) return [];
      const [x = 0, y = 0] = chart.convertToPixel({ xAxisIndex: 0, yAxisIndex: 0 }, [...at]);
      const title = `<title>${Handlebars.escapeExpression(text)}</title>`;
      return `<circle cx="${x.toFixed(1)}" cy="${y.toFixed(1)}" r="6" fill="transparent">${title}</circle>`;
    });
    return svg.replace(/<\/svg>$/, `${marks.join('')}</svg>`);
  } finally {
    chart.dispose();
  }
}

interface AxisText {
  readonly fontSize?: number;
  readonly formatter?: (value: number) => string;
}

/** Axis look shared by all charts. */
export function chartAxis(
  name: string,
  { fontSize = 12, formatter }: AxisText = {},
): Record<string, unknown> {
  return {
    name,
    nameLocation: 'middle',
    nameTextStyle: { color: palette.muted, fontSize },
    axisLine: { show: false },
    axisTick: { show: false },
    axisLabel: { color: palette.muted, fontSize, formatter, hideOverlap: true },
    splitLine: { lineStyle: { color: palette.rule } },
  };
}

/** Where the plot lies: all of the picture but what its labels need. */
export function plotArea(right = 14): Record<string, unknown> {
  return {
    left: 16,
    right,
    top: 12,
    bottom: 4,
    outerBoundsMode: 'same',
    outerBoundsContain: 'all',
  };
}

/** ECharts numbers its ids over the life of the process and adds hover rules; neither belongs in a file. */
function plain(svg: string, id: string): string {
  return svg
    .replace(/<style ?>[^]*?<\/style>\s*/g, '')
    .replace(/<rect [^>]*fill="none"><\/rect>\s*/, '')
    .replace(/ (?:class|pointer-events|ecmeta_\w+|xmlns(?::\w+)?|version|baseProfile)="[^"]*"/g, '')
    .replace(/zr\d+-/g, `${id}-`)
    .replace(/^<svg width="[^"]*" height="[^"]*"/, '<svg aria-hidden="true" focusable="false"')
    .replaceAll('<defs >', '<defs>')
    .replace(/>\s*\n\s*</g, '><');
}
