import { usageError } from '../errors.ts';

export interface Deadline {
  /** In milliseconds since 1970. */
  readonly at: number;
  /** Whether the time zone of this machine was taken. */
  readonly isLocal: boolean;
}

const form =
  /^(?<day>\d{4}-\d\d-\d\d)(?:[T ](?<time>\d\d:\d\d(?::\d\d(?:\.\d+)?)?)\s?(?<zone>Z|[+-]\d\d:?\d\d)?)?$/i;

/**
 * A time in ISO 8601; without a zone it is this machine's, and a day alone ends with it. Throws with fault
 * `usage` for another text.
 */
export function readDeadline(text: string): Deadline {
  const { day = '', time, zone } = form.exec(text.trim())?.groups ?? {};
  const offset = zone?.replace(/([+-]\d\d)(\d\d)$/, '$1:$2').toUpperCase() ?? '';
  const at = Date.parse(`${day}T${time ?? '23:59:59.999'}${offset}`);
  // Parsers take the 30th of February for a day of March.
  const midnight = Date.parse(`${day}T00:00Z`);
  const isDay = !Number.isNaN(midnight) && new Date(midnight).toISOString().startsWith(day);
  if (day !== '' && isDay && !Number.isNaN(at)) return { at, isLocal: zone === undefined };
  throw usageError(
    'deadline',
    `"${text}" is no time. Write it as 2026-11-30T18:00, or with a zone: 2026-11-30T18:00+09:00.`,
  );
}

interface Arrival {
  /** When the file was changed, in milliseconds since 1970. */
  readonly changedAt: number;
  /** Canvas's own mark; null where there is none. */
  readonly isMarkedLate: boolean | null;
}

/** Files that were all written within so long were written by a download or a copy. */
const atOnceMilliseconds = 120_000;

/** Whether the times of files tell when they were handed in: not where all were written at once. */
export function tellTimes(arrivals: readonly Arrival[]): boolean {
  const times = arrivals.map(({ changedAt }) => changedAt);
  const [first, last] = [Math.min(...times), Math.max(...times)];
  return times.length > 0 && (times.length === 1 || last - first > atOnceMilliseconds);
}

/**
 * When something came, and whether after the deadline. Canvas's mark counts before the file's time, which is
 * that of its download.
 */
export function arrivalOf(
  { changedAt, isMarkedLate }: Arrival,
  { deadline, isTold }: { readonly deadline: Deadline | null; readonly isTold: boolean },
): { readonly at: string | null; readonly isLate: boolean | null } {
  if (isMarkedLate !== null) return { at: null, isLate: isMarkedLate };
  if (!isTold) return { at: null, isLate: null };
  const isLate = deadline === null ? null : changedAt > deadline.at;
  return { at: new Date(changedAt).toISOString(), isLate };
}
