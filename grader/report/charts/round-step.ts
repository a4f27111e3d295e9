import { exponential, fixed } from '../../text/numbers.ts';

/** Round limits around values, a round step between them, and labels of which no two are alike. */
export function roundAxis(values: readonly number[], steps: number) {
  const lowest = values.reduce((least, value) => Math.min(least, value), Infinity);
  const highest = values.reduce((most, value) => Math.max(most, value), -Infinity);
  const largest = Math.max(Math.abs(lowest), Math.abs(highest));
  // Nothing is told apart below a millionth of the values: single precision has no more digits.
  const interval = roundUp(Math.max(highest - lowest, largest * 1e-6) / steps || 1);
  const first = Math.floor(lowest / interval);
  const last = Math.max(Math.ceil(highest / interval), first + 1);
  const tidy = (at: number) => Number((at * interval).toPrecision(12));
  return { min: tidy(first), max: tidy(last), interval, formatter: labelOf(interval, largest) };
}

function labelOf(interval: number, largest: number): (value: number) => string {
  const place = Math.floor(Math.log10(interval));
  const isPlain = largest < 1e7 && place > -6;
  const digits = Math.floor(Math.log10(largest || 1)) - place + 1;
  return (value) => (isPlain ? fixed(value, Math.max(0, -place)) : exponential(value, digits));
}

/** The next of 1, 2, 5, 10, ... times a power of ten. */
export function roundUp(value: number): number {
  const power = 10 ** Math.floor(Math.log10(value));
  const factor = [1, 2, 5, 10].find((candidate) => candidate * power >= value) ?? 10;
  return Number((factor * power).toPrecision(12));
}
