import { toFailure } from '../errors.ts';

/** Something that is wrong, or looks wrong, in a package. */
export interface Mistake {
  /** In the package's folder. */
  readonly file: string;
  /** `/passMark` of a document, or a line of a text; null where it is of the whole file. */
  readonly place: string | null;
  /** Line and column, from 1, where they are known. */
  readonly position?: { readonly line: number; readonly column: number };
  /** What is wrong, and what came. */
  readonly message: string;
  /** What to do. */
  readonly help?: string;
  /** What may be meant so: it does not keep a package from being used. */
  readonly isWarning: boolean;
}

type Told = Pick<Mistake, 'message' | 'help'> & { readonly place?: string };

/** A mistake that must be mended. */
export function mistake(file: string, { place, ...told }: Told): Mistake {
  return { file, place: place ?? null, ...told, isWarning: false };
}

/** Something to look at. */
export function warning(file: string, told: Told): Mistake {
  return { ...mistake(file, told), isWarning: true };
}

/** What was thrown while a file was looked at, as its mistake. */
export function thrownMistake(file: string, error: unknown): Mistake {
  const { message, help } = toFailure(error);
  return mistake(file, { message, ...(help === undefined ? {} : { help }) });
}
