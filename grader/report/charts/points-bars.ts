import { palette } from './palette.ts';

const [width, height, foot, head] = [300, 130, 20, 18];

/** How many have 0, 1, … 5 points, as bars with their numbers. */
export function pointsBars(counts: readonly number[]): string {
  const most = Math.max(1, ...counts);
  const step = width / counts.length;
  const bars = counts.map((count, points) => {
    const tall = (count / most) * (height - foot - head);
    const [x, y] = [points * step + 6, height - foot - tall];
    const middle = (points * step + step / 2).toFixed(1);
    const text = (at: number, shown: number, more = '') =>
      `<text x="${middle}" y="${at.toFixed(1)}" text-anchor="middle" font-size="12" fill="${palette.muted}"${more}>${shown}</text>`;
    return [
      `<rect x="${x.toFixed(1)}" y="${y.toFixed(1)}" width="${(step - 12).toFixed(1)}" height="${tall.toFixed(1)}" rx="3" fill="${palette.blue}"/>`,
      count > 0 ? text(y - 5, count, ' data-value=""') : '',
      text(height - 5, points),
    ].join('');
  });
  const line = `<path d="M0 ${height - foot}H${width}" stroke="${palette.rule}"/>`;
  return `<svg aria-hidden="true" focusable="false" viewBox="0 0 ${width} ${height}">${line}${bars.join('')}</svg>`;
}
