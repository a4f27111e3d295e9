import { unknown } from '../../recipe/describe/mistakes.ts';
import type { Piece, Span } from './source.ts';

/** What of the text a value or its key is. */
interface Origin {
  readonly key: Span | null;
  readonly value: Span;
}

interface Made {
  readonly from: object;
  readonly keys: ReadonlyMap<string, string> | undefined;
}

/** Where values were written. Each is known by its identity, whatever variables it went through. */
export class Origins {
  readonly #written = new WeakMap<object, Piece>();
  readonly #called = new WeakMap<object, Piece>();
  readonly #made = new WeakMap<object, Made>();
  readonly #spreads = new Map<Piece, unknown[]>();

  write(value: unknown, piece: Piece): void {
    if (isReference(value)) this.#written.set(value, piece);
  }

  call(value: unknown, piece: Piece): void {
    if (isReference(value) && value !== unknown && !this.#called.has(value)) {
      this.#called.set(value, piece);
    }
  }

  derive(value: object, from: object, keys: ReadonlyMap<string, string> | undefined): void {
    this.#made.set(value, { from, keys });
  }

  /** In a loop, the last time counts. */
  spread(piece: Piece, turn: number, value: unknown): void {
    const list = this.#spreads.get(piece) ?? [];
    list[turn] = value;
    this.#spreads.set(piece, list);
  }

  /** Where a member of a value was written; the value itself where that is not known; or null. */
  of(value: unknown, key: string): Origin | null {
    if (!isReference(value)) return null;
    const piece = this.#written.get(value);
    if (piece) return this.#member(piece, key) ?? { key: null, value: piece.at };
    const made = this.#made.get(value);
    const origin = made ? this.of(made.from, made.keys?.get(key) ?? key) : null;
    const call = this.#called.get(value);
    return origin ?? (call ? { key: null, value: call.at } : null);
  }

  /** The last member of this name counts, as in JavaScript. */
  #member(piece: Piece, key: string): Origin | null {
    const spread = this.#spreads.get(piece) ?? [];
    for (const each of (piece.properties ?? []).toReversed()) {
      if ('spread' in each) {
        const value = spread[each.spread];
        if (isReference(value) && key in value) return this.of(value, key);
      } else if (each.name === key) return { key: each.key, value: each.value };
    }
    return this.#item(piece, Number(key));
  }

  #item(piece: Piece, index: number): Origin | null {
    const spread = this.#spreads.get(piece) ?? [];
    let from = 0;
    for (const each of piece.items ?? []) {
      const list: unknown = 'spread' in each ? spread[each.spread] : [each];
      const count = Array.isArray(list) ? list.length : 0;
      if (index < from + count) {
        return 'spread' in each ? this.of(list, String(index - from)) : { key: null, value: each };
      }
      from += count;
    }
    return null;
  }
}

export function isReference(value: unknown): value is object {
  return (typeof value === 'object' && value !== null) || typeof value === 'function';
}
