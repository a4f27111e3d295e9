import { clean } from '../../text/show.ts';
import type { ArraySource } from '../container.ts';
import { findNotFinite } from './elements.ts';
import type { Refusals } from './refusal.ts';
import { productOf } from '../../sizes.ts';

interface ArrayParts {
  readonly name: string;
  readonly shape: readonly number[];
  /** Gives all values in order, not checked yet. */
  readonly pieces: () => Iterable<Float32Array>;
  readonly refusals: Refusals;
}

/** An array whose values are checked as they are read: finite, and as many as its shape says. */
export function arraySource({ name, shape, pieces, refusals }: ArrayParts): ArraySource {
  const length = productOf(shape);
  function* checked(): Generator<Float32Array> {
    let start = 0;
    for (const piece of pieces()) {
      const bad = findNotFinite(piece);
      if (bad >= 0) throw notFinite({ name, value: piece[bad], index: start + bad }, refusals);
      start += piece.length;
      yield piece;
    }
    if (start === length) return;
    throw refusals.damaged(`${clean(name, 120)} holds ${start} values, its shape has ${length}.`);
  }
  return {
    name,
    shape,
    pieces: checked,
    read() {
      const values = new Float32Array(length);
      let start = 0;
      for (const piece of checked()) {
        values.set(piece, start);
        start += piece.length;
      }
      return values;
    },
  };
}

interface BadValue {
  readonly name: string;
  readonly value: number | undefined;
  readonly index: number;
}

function notFinite({ name, value, index }: BadValue, refusals: Refusals) {
  return refusals.candidate(
    'weights-not-finite',
    `${clean(name, 120)} holds ${value} at index ${index}; every weight must be a finite float32.`,
    {
      help: 'The training diverged. Train again with a smaller learning rate or clipped gradients.',
    },
  );
}
