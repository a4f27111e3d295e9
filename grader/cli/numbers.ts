import { InvalidArgumentError } from 'commander';

/** A whole number of at least 0 from the command line. */
export function wholeNumber(text: string): number {
  const value = Number(text);
  if (/^\d+$/.test(text) && Number.isSafeInteger(value)) return value;
  throw new InvalidArgumentError(`Expected a whole number, got "${text}".`);
}
