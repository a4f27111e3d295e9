import { usageError } from '../errors.ts';

const units = { s: 1, m: 60, min: 60, h: 3600 } as const;

/** Seconds of `5400`, `90m` or `1.5h`. Throws with fault `usage` for another text. */
export function readBudget(text: string): number {
  const { amount, unit = 's' } =
    /^(?<amount>\d+(?:\.\d+)?)\s?(?<unit>s|m|min|h)?$/.exec(text)?.groups ?? {};
  const seconds = Number(amount) * units[unit as keyof typeof units];
  if (seconds > 0) return seconds;
  throw usageError('time-budget', `"${text}" is no time budget. Write it as 5400, 90m or 1.5h.`);
}
