import type { Listener, Part } from '../../recipe/describe/mistakes.ts';
import { RecipeError, unknown } from '../../recipe/describe/mistakes.ts';
import { isReference, Origins } from './origins.ts';
import type { Piece, PlacedMistake, Span } from './source.ts';

/** Follows a recipe that runs: what each piece of it makes, and what is wrong where. */
export class Followed implements Listener {
  readonly origins = new Origins();
  readonly mistakes: PlacedMistake[] = [];
  readonly #pieces: readonly Piece[];
  readonly #running: Piece[] = [];
  readonly #thrown = new WeakMap<object, Span>();

  constructor(pieces: readonly Piece[]) {
    this.#pieces = pieces;
  }

  /** What a marked recipe is given, in the order of `hookNames`. */
  hooks(): readonly unknown[] {
    return [
      (number: number, run: () => unknown) => this.#call(number, run),
      (number: number, value: unknown) => {
        const piece = this.#pieces[number];
        if (piece) this.origins.write(value, piece);
        return value;
      },
      (number: number, turn: number, value: unknown) => {
        const piece = this.#pieces[number];
        if (piece) this.origins.spread(piece, turn, value);
        return value === unknown ? [] : value;
      },
    ];
  }

  mistaken(message: string, part: Part): void {
    this.mistakes.push({ message, at: this.#spanOf(part) });
  }

  derived(made: object, from: object, keys?: ReadonlyMap<string, string>): void {
    this.origins.derive(made, from, keys);
  }

  /** Where the call in progress was made when an error first passed it. */
  placeOf(error: unknown): Span | null {
    return isReference(error) ? (this.#thrown.get(error) ?? null) : null;
  }

  #call(number: number, run: () => unknown): unknown {
    const piece = this.#pieces[number];
    if (!piece) return run();
    this.#running.push(piece);
    try {
      const value = run();
      this.origins.call(value, piece);
      return value;
    } catch (error) {
      if (error instanceof RecipeError) {
        if (error.message !== '') this.mistaken(error.message, error.part);
        return unknown;
      }
      if (isReference(error) && !this.#thrown.has(error)) {
        this.#thrown.set(error, piece.name ?? piece.at);
      }
      throw error;
    } finally {
      this.#running.pop();
    }
  }

  #spanOf(part: Part): Span | null {
    const call = this.#running.at(-1);
    if (part === null) return call?.at ?? null;
    if ('argument' in part) return call?.given?.[part.argument] ?? call?.at ?? null;
    if ('called' in part) return call?.name ?? null;
    const origin = this.origins.of(part.of, String(part.key));
    const place = part.on === 'key' ? (origin?.key ?? origin?.value) : origin?.value;
    return place ?? call?.at ?? null;
  }
}
