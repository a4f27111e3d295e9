import { problemName } from '../../problems/load-problems.ts';
import type { Candidate, HandIn, Roster } from '../contract/hand-in.ts';
import { arrivalOf, tellTimes, type Deadline } from './deadline.ts';
import type { CheckEntry, LeftOut } from './entries.ts';
import { rosterMatcher } from './match-roster.ts';
import { stemOf } from './problem-names.ts';

interface Found {
  readonly entries: readonly CheckEntry[];
  readonly leftOut: readonly LeftOut[];
}

interface Circumstances {
  readonly roster: Roster | null;
  readonly deadline: Deadline | null;
}

export interface Arranged extends Found {
  /** On the roster, and handed in nothing. */
  readonly absent: readonly Candidate[];
  /** Names of submissions of nobody on the roster. */
  readonly strangers: readonly string[];
  /** Submissions that may be of several. */
  readonly undecided: readonly { readonly name: string; readonly among: readonly Candidate[] }[];
  /** Whether the times of files tell when they came. */
  readonly areTimesTold: boolean;
}

/** Puts what was found beside the roster and the deadline: whose it is, and whether it came late. */
export function arrange(
  { entries, leftOut }: Found,
  { roster, deadline }: Circumstances,
): Arranged {
  const isTold = tellTimes(entries.filter(({ isMarkedLate }) => isMarkedLate === null));
  const match = roster ? rosterMatcher(roster) : null;
  /** Keys, also of all whose a submission may be. */
  const present = new Set<string>();
  const strangers: string[] = [];
  const undecided: { name: string; among: readonly Candidate[] }[] = [];
  const whose = (item: LeftOut | CheckEntry, problem: string | null): Candidate | null => {
    const { candidate } = item.handIn;
    if (match === null) return candidate;
    const found = match({ candidate, rest: restOf(item.name, problem) });
    if (found.candidate === null) {
      for (const { key } of found.among) present.add(key);
      if (found.among.length > 0) undecided.push({ name: item.name, among: found.among });
      else if ('folder' in item) strangers.push(item.name);
      return candidate;
    }
    present.add(found.candidate.key);
    return found.candidate;
  };
  const withHandIn = <Item extends LeftOut | CheckEntry>(item: Item, handIn: HandIn): Item => ({
    ...item,
    handIn,
  });
  return {
    entries: entries.map((entry) => {
      const candidate = whose(entry, problemName(entry.problem));
      return withHandIn(entry, { candidate, ...arrivalOf(entry, { deadline, isTold }) });
    }),
    leftOut: leftOut.map((item) =>
      // Whose folder is empty has handed in nothing.
      item.reason === 'empty'
        ? withHandIn(item, { ...item.handIn, candidate: null })
        : withHandIn(item, { ...item.handIn, candidate: whose(item, item.problem) }),
    ),
    absent: (roster?.rows ?? []).flatMap(({ candidate }) =>
      candidate === null || present.has(candidate.key) ? [] : [candidate],
    ),
    ...{ strangers, undecided, areTimesTold: isTold },
  };
}

/** `anna` of `anna_sunspots.ts`. */
function restOf(name: string, problem: string | null): string {
  const stem = stemOf(name.split('/').at(-1) ?? '');
  const words = problem?.split(/[^\p{L}\p{N}]+/u).join('[\\W_]*');
  return words === undefined ? stem : stem.replace(new RegExp(words, 'giu'), ' ').trim();
}
