import type { GradeReport } from '../contract.ts';

/** Writes values of one metric with as many decimals as the bars need. */
type MetricFormat = (value: number) => string;

/**
 * Decimals by the size of the hardest bar, and more where rounding would move `value` to the other side
 * of a bar.
 */
export function metricFormat(profile: GradeReport['profile'], value?: number): MetricFormat {
  const hardest = Math.abs(profile.bars[0]?.value ?? 0);
  let decimals = hardest >= 100 ? 1 : hardest >= 1 ? 2 : 4;
  if (value !== undefined) {
    const side = (shown: number) => profile.bars.map((bar) => Math.sign(shown - bar.value)).join();
    while (decimals < 8 && side(Number(value.toFixed(decimals))) !== side(value)) decimals += 1;
  }
  return (shown) => fixed(shown, decimals);
}

/** A number with this many decimals, thousands separated, with a true minus sign. */
export function fixed(value: number, decimals: number): string {
  if (!Number.isFinite(value)) return notFinite(value);
  if (Math.abs(value) >= 1e9) return significant(value);
  const options = { minimumFractionDigits: decimals, maximumFractionDigits: decimals };
  return value.toLocaleString('en-US', options).replace('-', '−');
}

export function count(value: number): string {
  return fixed(value, 0);
}

/** A number with four significant digits, in powers of ten where it is very large or small. */
export function significant(value: number, digits = 4): string {
  if (!Number.isFinite(value)) return notFinite(value);
  const size = Math.abs(value);
  if (size !== 0 && (size < 1e-4 || size >= 1e7)) {
    return exponential(value, Math.min(digits, 3));
  }
  return value.toLocaleString('en-US', { maximumSignificantDigits: digits }).replace('-', '−');
}

/** "1.20e−7". */
export function exponential(value: number, digits: number): string {
  return value
    .toExponential(digits - 1)
    .replace(/^-/, '−')
    .replace('e-', 'e−')
    .replace('e+', 'e');
}

export function percent(share: number): string {
  const hundredths = share * 100;
  const decimals = hundredths > 0 && hundredths < 10 ? 1 : 0;
  return `${fixed(hundredths, decimals)}%`;
}

/** What stands behind each number, with a space where the language has one. */
interface Units {
  readonly hours: string;
  readonly minutes: string;
  readonly seconds: string;
}

/** A learning rate as a recipe may be given it: three significant digits, no thousands, an ASCII minus. */
export function rateOf(rate: number): string {
  return String(Number(rate.toPrecision(3)));
}

/** "8.4 s", "3 min 05 s", "1 h 02 min"; "3분 05초". */
export function duration(seconds: number, units: Units): string {
  if (!Number.isFinite(seconds)) return notFinite(seconds);
  if (seconds < 59.95) return `${seconds.toFixed(seconds < 10 ? 1 : 0)}${units.seconds}`;
  const whole = Math.round(seconds);
  const pad = (value: number) => String(value).padStart(2, '0');
  if (whole < 3600)
    return `${Math.floor(whole / 60)}${units.minutes} ${pad(whole % 60)}${units.seconds}`;
  return `${Math.floor(whole / 3600)}${units.hours} ${pad(Math.floor((whole % 3600) / 60))}${units.minutes}`;
}

/** "2026-08-14 09:20:01 UTC" of an ISO 8601 time. */
export function utc(time: string): string {
  return /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d/.test(time)
    ? `${time.slice(0, 10)} ${time.slice(11, 19)} UTC`
    : time;
}

/** A difference: with a plus where it is more than nothing. */
export function signed(value: number, format: (value: number) => string): string {
  return value > 0 ? `+${format(value)}` : format(value);
}

export function plural(amount: number, noun: string): string {
  return `${count(amount)} ${noun}${amount === 1 ? '' : 's'}`;
}

/** JSON has no NaN: a report that was read back from a file has null in its place. */
function notFinite(value: number | null): string {
  if (value === null || Number.isNaN(value)) return 'NaN';
  return value > 0 ? '∞' : '−∞';
}
