import { palette } from './palette.ts';

interface Window {
  readonly window: readonly number[];
  readonly actual: number;
  readonly predicted: number;
}

const [width, height, margin] = [150, 36, 4];

/** The values that a forecast was made from as a small line, then what came and what was predicted as dots. */
export function sparkline({ window, actual, predicted }: Window): string {
  const values = [...window, actual, predicted];
  const lowest = values.reduce((least, value) => Math.min(least, value), Infinity);
  const highest = values.reduce((most, value) => Math.max(most, value), -Infinity);
  const x = (step: number) => margin + (step / window.length) * (width - 2 * margin);
  const y = (value: number) =>
    height - margin - ((value - lowest) / (highest - lowest || 1)) * (height - 2 * margin);
  const place = (step: number, value: number) => `${x(step).toFixed(1)},${y(value).toFixed(1)}`;
  const line = window.map((value, step) => place(step, value)).join(' ');
  const dot = (value: number, colour: string) =>
    `<circle cx="${x(window.length).toFixed(1)}" cy="${y(value).toFixed(1)}" r="3" fill="${colour}"/>`;
  return [
    `<svg aria-hidden="true" focusable="false" viewBox="0 0 ${width} ${height}">`,
    `<polyline points="${line}" fill="none" stroke="${palette.muted}" stroke-width="1.5"/>`,
    dot(actual, palette.grey),
    dot(predicted, palette.blue),
    '</svg>',
  ].join('');
}
