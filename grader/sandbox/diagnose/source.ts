/** Of a recipe's text: from where to where, in UTF-16 units from 0. */
export type Span = readonly [start: number, end: number];

/** A mistake, and where it is made; null where that is not known. */
export interface PlacedMistake {
  readonly message: string;
  readonly at: Span | null;
  /** From 1, where no more than that is known. */
  readonly line?: number | null;
}

/** A member of an object that is written out: its key and its value. */
interface Property {
  readonly name: string;
  readonly key: Span;
  readonly value: Span;
}

/** What is spread, by its turn among the spreads of the literal. */
interface Spread {
  readonly spread: number;
}

/** A piece of the recipe whose value is followed: a call, an object or a list that is written out. */
export interface Piece {
  readonly at: Span;
  /** Of a call, the name that is called: `dense` in `layers.dense({…})`. */
  readonly name?: Span;
  /** Of a call, its arguments. */
  readonly given?: readonly Span[];
  /** Of an object. */
  readonly properties?: readonly (Property | Spread)[];
  /** Of a list. */
  readonly items?: readonly (Span | Spread)[];
}

/** A recipe as the parser reads it. */
export interface Source {
  /** Nothing of a text with these can run. */
  readonly syntax: readonly PlacedMistake[];
  /** What is seen without running anything. */
  readonly mistakes: readonly PlacedMistake[];
  readonly pieces: readonly Piece[];
  /** The text in which each piece tells its value when it has one; lines stay. */
  readonly code: string;
  /** Names that nothing declares, which stand for something unknown while the rest is read. */
  readonly unknown: readonly string[];
  /** What is exported by default; null where nothing is. */
  readonly exported: Span | null;
  /** What is said where that is no recipe. */
  readonly withoutExport: PlacedMistake;
}

/** Where each value of a document is written, by its path: `/fit/epochs`. */
export type Places = Readonly<Record<string, { readonly key: Span | null; readonly value: Span }>>;

/** All that is found wrong with a recipe, and what could be read of it all the same. */
export interface Diagnosis {
  readonly mistakes: readonly PlacedMistake[];
  /** Undefined where nothing could be read. */
  readonly document?: unknown;
  readonly places: Places;
  /** False where parts of the document are missing because of mistakes. */
  readonly isWhole: boolean;
}
