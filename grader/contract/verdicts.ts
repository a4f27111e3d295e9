// The closed list of verdicts. Exit codes, reports and tables take all that follows from a verdict from
// here. The order is that of precedence: of several that apply, the first is given. What keeps a
// submission from being judged stands before what it does wrong, so that a doubt is never its fault.

interface Row {
  readonly id: string;
  /** Whose fault it is; null where nothing failed, or nobody is at fault. */
  readonly blame: 'candidate' | 'package' | 'grader' | 'machine' | 'usage' | null;
  /** The failure that leads to it: a fault, and a code where it is for that one alone. */
  readonly fault: string | null;
  readonly code?: string;
  /** Null where nothing was judged: an empty cell in every export. */
  readonly points: 'scored' | 0 | null;
  readonly countsAsAttempt: boolean;
  readonly exitCode: number;
}

const unjudged = { points: null, countsAsAttempt: false } as const;
const refused = { blame: 'candidate', points: 0, countsAsAttempt: true } as const;
const scored = { blame: null, fault: null, points: 'scored', countsAsAttempt: true } as const;

export const verdicts = [
  { id: 'interrupted', blame: null, fault: 'interrupted', ...unjudged, exitCode: 130 },
  { id: 'grader-fault', blame: 'grader', fault: 'grader', ...unjudged, exitCode: 6 },
  { id: 'machine-fault', blame: 'machine', fault: 'machine', ...unjudged, exitCode: 6 },
  { id: 'package-fault', blame: 'package', fault: 'package', ...unjudged, exitCode: 5 },
  { id: 'wrong-usage', blame: 'usage', fault: 'usage', ...unjudged, exitCode: 2 },
  { id: 'limit-exceeded', fault: 'limit', ...refused, exitCode: 4 },
  { id: 'crashed', fault: 'candidate', code: 'crash', ...refused, exitCode: 3 },
  { id: 'invalid-submission', fault: 'candidate', ...refused, exitCode: 3 },
  { id: 'below-pass-mark', ...scored, exitCode: 1 },
  { id: 'passed', ...scored, exitCode: 0 },
] as const satisfies readonly Row[];

type Known = (typeof verdicts)[number];

export type Verdict = Known['id'];

/** Whose fault a failure is. Only `candidate` and `limit` concern the submission. */
export type Fault = NonNullable<Known['fault']>;

export type VerdictRow = Row & { readonly id: Verdict; readonly fault: Fault | null };

/** What follows from a verdict. */
export function rowOf(verdict: Verdict): VerdictRow {
  return first(({ id }) => id === verdict);
}

/** What a failure leads to. */
export function rowOfFailure(failure: {
  readonly fault: Fault;
  readonly code: string;
}): VerdictRow {
  return first((row) => isOf(row, failure));
}

/** What is known of a grading when its verdict is given. */
export interface Facts {
  readonly failure: { readonly fault: Fault; readonly code: string } | null;
  /** Stopped from outside, whatever came of it. */
  readonly isInterrupted: boolean;
  readonly reachesPassMark: boolean;
}

/** The first verdict of the table that applies. */
export function verdictOf({ failure, isInterrupted, reachesPassMark }: Facts): VerdictRow {
  return first((row) => {
    if (row.id === 'interrupted' && isInterrupted) return true;
    if (failure) return isOf(row, failure);
    return row.id === 'below-pass-mark' ? !reachesPassMark : row.id === 'passed';
  });
}

/** Of several gradings the one that comes first in the table; null where there is none. */
export function gravest(of: readonly Verdict[]): VerdictRow | null {
  return verdicts.find(({ id }) => of.includes(id)) ?? null;
}

function isOf({ fault, code }: VerdictRow, failure: Facts['failure']): boolean {
  return fault === failure?.fault && (code === undefined || code === failure.code);
}

function first(applies: (row: VerdictRow) => boolean): VerdictRow {
  const row = verdicts.find(applies);
  if (!row) throw new Error('no verdict applies');
  return row;
}
