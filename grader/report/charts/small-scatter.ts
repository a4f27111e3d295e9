import { significant } from '../../text/numbers.ts';
import { palette } from './palette.ts';

/** Neighbouring rows and the mean of their residuals. */
export interface Group {
  readonly from: number;
  readonly to: number;
  readonly mean: number;
}

interface SmallScatter {
  readonly points: readonly (readonly [value: number, residual: number])[];
  readonly groups: readonly Group[];
  /** Of the residuals of all features, so that their pictures compare. */
  readonly largest: number;
}

const [width, height, left, bottom, margin] = [260, 150, 44, 20, 12];

/** Residuals over a feature, as one of many small pictures: the zero, the extremes and the means of groups. */
export function smallScatter({ points, groups, largest }: SmallScatter): string {
  const values = points.map(([value]) => value);
  const lowest = values.reduce((least, value) => Math.min(least, value), Infinity);
  const highest = values.reduce((most, value) => Math.max(most, value), -Infinity);
  const x = (value: number) =>
    left + ((value - lowest) / (highest - lowest || 1)) * (width - left - margin);
  const middle = (height - bottom) / 2;
  const y = (residual: number) => middle - (residual / (largest || 1)) * (middle - margin);
  const at = (number: number) => number.toFixed(1);
  const text = (place: string, words: string) =>
    `<text ${place} fill="${palette.muted}" font-size="12">${words}</text>`;
  const level = (residual: number, dashes: string) =>
    `<line x1="${left}" x2="${width - margin}" y1="${at(y(residual))}" y2="${at(y(residual))}" stroke="${palette.muted}"${dashes}/>`;
  return [
    `<svg aria-hidden="true" focusable="false" viewBox="0 0 ${width} ${height}">`,
    `<g fill="${palette.blue}" fill-opacity="0.5">`,
    ...points.map(
      ([value, residual]) => `<circle cx="${at(x(value))}" cy="${at(y(residual))}" r="2.2"/>`,
    ),
    '</g>',
    level(0, ' stroke-dasharray="3 3"'),
    ...groups.map(({ from, to, mean }) => {
      const ends = from === to ? [x(from) - 6, x(to) + 6] : [x(from), x(to)];
      return `<line x1="${at(ends[0] ?? 0)}" x2="${at(ends[1] ?? 0)}" y1="${at(y(mean))}" y2="${at(y(mean))}" stroke="${palette.orange}" stroke-width="2.5"/>`;
    }),
    text(
      `x="${left - 6}" y="${at(y(largest) + 4)}" text-anchor="end"`,
      `+${significant(largest, 2)}`,
    ),
    text(`x="${left - 6}" y="${at(middle + 4)}" text-anchor="end"`, '0'),
    text(`x="${left - 6}" y="${at(y(-largest) + 4)}" text-anchor="end"`, significant(-largest, 2)),
    text(`x="${left}" y="${height - 4}"`, significant(lowest, 3)),
    text(`x="${width - margin}" y="${height - 4}" text-anchor="end"`, significant(highest, 3)),
    '</svg>',
  ].join('');
}
