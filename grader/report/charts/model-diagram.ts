import Handlebars from 'handlebars';
import { columnsOf } from '../../text/columns.ts';
import { shortened } from '../../text/printable.ts';
import { layerLayout, type Point } from './layer-layout.ts';
import { palette } from './palette.ts';

export interface DiagramBox {
  readonly className: string;
  readonly name: string;
  readonly shape: string;
  readonly parameters: string;
  /** Places of the boxes before it. */
  readonly inputs: readonly number[];
}

interface ModelDiagram {
  readonly svg: string;
  /** Pixels. */
  readonly width: number;
  readonly height: number;
}

const box = { width: 244, height: 46 };
const margin = 10;
const room = box.width - 2 * margin;
/** What a letter takes of a line, at most: of a class, which is bold, and of all else. */
const letter = { bold: 8.8, plain: 7 };

/**
 * A box for each layer and an arrow for each connection, as Keras's `plot_model` draws a model; null where
 * it is too large to be drawn.
 */
export function modelDiagram(boxes: readonly DiagramBox[]): ModelDiagram | null {
  const found = layerLayout(
    boxes.map(({ inputs }) => inputs),
    box,
  );
  if (!found) return null;
  // A pixel more on each side: lines are as wide outwards as inwards.
  const left = Math.floor(found.left) - 1;
  const width = Math.ceil(found.width) + 3;
  const height = found.height + 2;
  const svg = [
    `<svg aria-hidden="true" focusable="false" width="${width}" height="${height}" viewBox="${left} -1 ${width} ${height}">`,
    `<defs><clipPath id="layer-box"><rect x="-1" y="-1" width="${box.width + 2}" height="${box.height + 2}"/></clipPath>`,
    `<marker id="layer-arrow" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="8" markerHeight="8" orient="auto"><path d="M0 0L8 4L0 8z" fill="${palette.muted}"/></marker></defs>`,
    `<g fill="none" stroke="${palette.muted}" stroke-width="1.2">`,
    ...found.arrows.map((points) => `<path d="${curve(points)}" marker-end="url(#layer-arrow)"/>`),
    '</g>',
    ...boxes.map((each, place) => boxAt(each, found.boxes[place] ?? { x: 0, y: 0 })),
    '</svg>',
  ].join('');
  return { svg, width, height };
}

function boxAt({ className, name, shape, parameters }: DiagramBox, { x, y }: Point): string {
  const title = fitted(className, room / letter.bold);
  const left = room / letter.plain - (columnsOf(title) * letter.bold) / letter.plain - 1;
  const small = `font-size="12" fill="${palette.muted}"`;
  const right = `x="${box.width - margin}" text-anchor="end"`;
  const taken = columnsOf(parameters) + 1;
  return [
    `<g transform="translate(${round(x - box.width / 2)} ${round(y - box.height / 2)})" clip-path="url(#layer-box)">`,
    `<rect width="${box.width}" height="${box.height}" rx="6" fill="#fff" stroke="${palette.grey}"/>`,
    `<text x="${margin}" y="18" font-size="13" font-weight="600">${escaped(title)}</text>`,
    `<text ${right} y="18" ${small}>${left < 4 ? '' : escaped(fitted(name, left))}</text>`,
    `<text x="${margin}" y="36" ${small}>${escaped(fitted(shape, room / letter.plain - taken))}</text>`,
    `<text ${right} y="36" ${small}>${escaped(parameters)}</text>`,
    '</g>',
  ].join('');
}

/** Cut in the middle to so many letters of common width. */
function fitted(text: string, letters: number): string {
  const share = Array.from(text).length / (columnsOf(text) || 1);
  return shortened(text, Math.max(3, Math.floor(letters * share)));
}

function escaped(text: string): string {
  return Handlebars.escapeExpression(text);
}

/** From point to point, upright at each of them. */
function curve([first, ...rest]: readonly Point[]): string {
  if (!first) return '';
  const pieces = rest.map((point, at) => {
    const before = rest[at - 1] ?? first;
    if (before.x === point.x) return `V${round(point.y)}`;
    const y = (before.y + point.y) / 2;
    return `C${pair({ x: before.x, y })} ${pair({ x: point.x, y })} ${pair(point)}`;
  });
  return `M${pair(first)}${pieces.join('')}`;
}

function pair({ x, y }: Point): string {
  return `${round(x)} ${round(y)}`;
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
