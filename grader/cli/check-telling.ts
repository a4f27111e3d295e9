import type { Arranged } from '../classes/arrange.ts';
import type { Deadline } from '../classes/deadline.ts';
import type { CheckEntry } from '../classes/entries.ts';
import type { Pace } from '../classes/pace.ts';
import { shortened } from '../text/printable.ts';
import { languages } from '../words/words.ts';
import type { CheckOptions } from './check-options.ts';
import type { Screen } from './screen.ts';

interface Told extends Pick<CheckOptions, 'lang' | 'roster'> {
  readonly deadline: Deadline | null;
  /** Whether times are those that an archive tells. */
  readonly isArchive: boolean;
}

/** Who is missing, who is not known, and what is late: before anything is graded. */
export function tellClass(
  { entries, absent, strangers, undecided, areTimesTold }: Arranged,
  { lang, roster, deadline, isArchive }: Told,
  screen: Screen,
): void {
  const words = languages[lang].terminal.class;
  const named = (names: readonly string[]) => names.map((name) => shortened(name, 80)).join(', ');
  if (roster !== undefined) {
    screen.note(words.absent(absent.length, named(absent.map(({ name }) => name))));
    if (strangers.length > 0) screen.note(words.strangers(strangers.length, named(strangers)));
    for (const { name, among } of undecided) {
      screen.note(words.undecided(shortened(name, 80), named(among.map((each) => each.name))));
    }
  }
  const isMarked = entries.some(({ isMarkedLate }) => isMarkedLate !== null);
  const late = entries.filter(({ handIn }) => handIn.isLate === true);
  // Canvas's marks tell without a deadline.
  if (deadline === null && late.length === 0) return;
  const source = areTimesTold ? (isArchive ? 'archive' : 'files') : 'none';
  if (deadline) screen.note(words.deadline(new Date(deadline.at).toISOString(), deadline.isLocal));
  if (isMarked) screen.note(words.timesOf.canvas);
  if (deadline && !entries.every(({ isMarkedLate }) => isMarkedLate !== null))
    screen.note(words.timesOf[source]);
  screen.note(words.late(late.length, named(late.map(({ name }) => name))));
}

/** How many there are and how long they will take, and by which thresholds. */
export function tellPlan(
  entries: readonly CheckEntry[],
  {
    lang,
    jobs,
    profile,
    pace,
  }: Pick<CheckOptions, 'lang' | 'jobs' | 'profile'> & { readonly pace: Pace },
  screen: Screen,
): void {
  const words = languages[lang].terminal.class;
  const lacking = new Set(
    entries.flatMap(({ problem: { definition } }) =>
      Object.hasOwn(definition.profiles, profile) ? [] : [definition.id],
    ),
  );
  for (const problem of lacking) screen.note(words.strictInstead(problem, profile));
  const candidates = new Set(entries.flatMap(({ handIn }) => handIn.candidate?.key ?? []));
  screen.note(words.plan(entries.length, candidates.size, pace.ofAll(entries, jobs)));
}

/** After an interrupt, the command that goes on. */
export function tellHowToGoOn(
  { lang, out, resume }: Pick<CheckOptions, 'lang' | 'out' | 'resume'>,
  screen: Screen,
): void {
  const words = languages[lang].terminal.class;
  if (out === undefined) {
    screen.note(words.nothingToResume);
    return;
  }
  const asked = process.argv.slice(2).map(quoted);
  screen.note(words.goOn(['grader', ...asked, ...(resume ? [] : ['--resume'])].join(' ')));
}

/** As a shell takes it. */
function quoted(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}
