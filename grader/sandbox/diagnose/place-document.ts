import { unknown } from '../../recipe/describe/mistakes.ts';
import type { Origins } from './origins.ts';
import type { Places, Span } from './source.ts';

interface Placed {
  /** The document without what is unknown. */
  readonly document: unknown;
  readonly places: Places;
  readonly isWhole: boolean;
}

/** More places than any recipe needs that somebody reads. */
const mostPlaces = 20_000;
/** As deep as a document may be. */
const mostDeep = 64;

/** Where each value of a document was written; what is not known is where its parent was. */
export function placeDocument(document: unknown, origins: Origins): Placed {
  const places: Record<string, { key: Span | null; value: Span }> = {};
  let [count, isWhole] = [0, true];
  const copy = (value: unknown, path: string): unknown => {
    if (typeof value !== 'object' || value === null || count > mostPlaces) return value;
    if (path.split('/').length > mostDeep) return value;
    const isList = Array.isArray(value);
    const kept: [string, unknown][] = [];
    for (const [key, child] of Object.entries(value)) {
      if (child === unknown) isWhole = false;
      if (child === unknown || child === undefined) continue;
      const at = `${path}/${isList ? kept.length : key}`;
      const origin = origins.of(value, key);
      if (origin && count++ <= mostPlaces) places[at] = origin;
      kept.push([key, copy(child, at)]);
    }
    return isList ? kept.map(([, child]) => child) : Object.fromEntries(kept);
  };
  return { document: copy(document, ''), places, isWhole };
}
