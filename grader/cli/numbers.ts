import { InvalidArgumentError } from 'commander';

/** A whole number of at least 0 from the command line. */
export function wholeNumber(text: string): number {
  const value = Number(text);
  if (/^\d+$/.test(text) && Number.isSafeInteger(value)) return value;
  throw new InvalidArgumentError(`Expected a whole number, got "${text}".`);
}

/** As `wholeNumber`, from 1. */
export function positiveNumber(text: string): number {
  const value = wholeNumber(text);
  if (value > 0) return value;
  throw new InvalidArgumentError('Expected a number from 1.');
}

/** As `wholeNumber`, up to 5. */
export function pointsNumber(text: string): number {
  const value = wholeNumber(text);
  if (value <= 5) return value;
  throw new InvalidArgumentError(`Expected points from 0 to 5, got ${value}.`);
}

/** As `positiveNumber`, up to 64. */
export function upTo64(text: string): number {
  const value = wholeNumber(text);
  if (value >= 1 && value <= 64) return value;
  throw new InvalidArgumentError(`Expected a number from 1 to 64, got ${value}.`);
}
