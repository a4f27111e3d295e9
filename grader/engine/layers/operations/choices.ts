import type { Choice } from '../../../recipe/layers/operations.ts';
import { productOf } from '../../../sizes.ts';

/** How many places are taken of an axis; null where it has no size and that matters. Throws as `chosenPlaces`. */
export function chosenCount({ take, by }: Choice, size: number | null): number | null {
  const [first = 0, second = 0] = by;
  if (take === 'places') {
    if (size !== null) by.forEach((place) => checkPlace(place, size));
    return by.length;
  }
  if (take === 'section' && size === null) {
    throw new Error('a section of an axis without a size has no size');
  }
  if (size === null) return null;
  switch (take) {
    case 'repeat':
    case 'tile':
      return productOf([size, first]);
    case 'roll':
      return size;
    case 'section':
      return sectionOf([first, second], size).count;
    case 'reflect':
    case 'symmetric':
      checkBorder({ take, by }, size);
      return first + size + second;
  }
}

/** The places in their order. Throws where there are none such. */
export function chosenPlaces(choice: Choice, size: number): readonly number[] {
  const { take, by } = choice;
  const [first = 0, second = 0] = by;
  const count = chosenCount(choice, size) ?? 0;
  const placed = (of: (index: number) => number) =>
    Array.from({ length: count }, (_, index) => of(index));
  switch (take) {
    case 'places':
      return by.map((place) => (place < 0 ? place + size : place));
    case 'repeat':
      return placed((index) => Math.floor(index / first));
    case 'tile':
      return placed((index) => index % size);
    case 'roll':
      return placed((index) => modulo(index - first, size));
    case 'section': {
      const { start } = sectionOf([first, second], size);
      return placed((index) => start + index);
    }
    case 'reflect':
      return placed((index) => mirrored(index - first, 2 * size - 2));
    case 'symmetric':
      return placed((index) => {
        const place = modulo(index - first, 2 * size);
        return Math.min(place, 2 * size - 1 - place);
      });
  }
}

/** Mirrored at both ends, which stand once: 2 1 0 1 2 1 0. */
function mirrored(place: number, period: number): number {
  if (period === 0) return 0;
  const within = modulo(place, period);
  return Math.min(within, period - within);
}

/** The first sections have one place more where the others cannot be as large. */
function sectionOf([index, of]: readonly [number, number], size: number) {
  if (index < 0 || index >= of) throw new Error(`section ${index} of ${of} does not exist`);
  const [least, more] = [Math.floor(size / of), size % of];
  return { start: index * least + Math.min(index, more), count: least + (index < more ? 1 : 0) };
}

function checkPlace(place: number, size: number): void {
  if (place >= -size && place < size) return;
  throw new Error(`place ${place} does not exist in an axis of ${size}`);
}

function checkBorder({ take, by }: Choice, size: number): void {
  const most = take === 'reflect' ? size - 1 : size;
  if (by.every((border) => border >= 0 && border <= most)) return;
  throw new Error(`an axis of ${size} has at most ${most} places to mirror`);
}

function modulo(place: number, size: number): number {
  return ((place % size) + size) % size;
}
