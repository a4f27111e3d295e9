import { palette } from './palette.ts';

/**
 * Squares over a picture, by rows: blue where the answer needs them, orange where it is surer without them.
 *
 * @param effects From -1 to 1.
 */
export function occlusionMap(
  [down, across]: readonly [number, number],
  effects: readonly number[],
): string {
  const squares = effects.map((effect, at) => {
    const colour = effect < 0 ? palette.orange : palette.blue;
    const opacity = Math.min(0.75, 0.75 * Math.abs(effect)).toFixed(2);
    const place = `x="${at % across}" y="${Math.floor(at / across)}" width="1" height="1"`;
    return `<rect ${place} fill="${colour}" fill-opacity="${opacity}"/>`;
  });
  return `<svg aria-hidden="true" focusable="false" viewBox="0 0 ${across} ${down}" preserveAspectRatio="none">${squares.join('')}</svg>`;
}
