import type { Candidate, Roster } from '../contract/hand-in.ts';
import { sharedName } from './whose.ts';

/** What names say of a submission. */
interface Named {
  readonly candidate: Candidate | null;
  /** Its file's name without extension and without the words of a problem, for one that nothing else tells. */
  readonly rest: string;
}

type Match =
  | { readonly candidate: Candidate }
  /** Several are possible, or none. */
  | { readonly candidate: null; readonly among: readonly Candidate[] };

/**
 * Finds a submission's candidate on a roster: by the platform's id, then by id number, login or address, then
 * by name, also with its parts turned round, joined as Canvas does or without accents.
 */
export function rosterMatcher({ kind, rows }: Roster): (named: Named) => Match {
  const listed = rows.flatMap(({ candidate }) => candidate ?? []);
  const byId = index(listed, ({ platformId }) =>
    platformId === null ? [] : [`${kind}-${platformId}`],
  );
  const byLogin = index(listed, ({ idNumber, login, email }) =>
    [idNumber, login, email, email?.split('@')[0]].flatMap((each) =>
      each ? [each.toLowerCase()] : [],
    ),
  );
  const byName = index(listed, ({ name }) => keysOf(name));
  const byPlainName = index(listed, ({ name }) => keysOf(name).map(withoutAccents));
  return ({ candidate, rest }) => {
    const { name, isShared } = candidate ? sharedName(candidate) : { name: rest, isShared: false };
    const said = name.normalize('NFC');
    const words = candidate ? [said] : [said, ...said.split(/[\s_.()-]+/)];
    // A group's name stands before that of a person.
    const names = said.split('-').map((_, at, all) => all.slice(at).join('-'));
    const keys = names.map(squashed).filter((each) => each !== '');
    const [identified] = candidate ? (byId.get(candidate.key) ?? []) : [];
    if (identified) return { candidate: identified };
    const found = [
      words.flatMap((word) => byLogin.get(word.trim().toLowerCase()) ?? []),
      ...keys.map((key) => byName.get(key) ?? []),
      ...keys.map((key) => byPlainName.get(withoutAccents(key)) ?? []),
    ].map((each) => [...new Set(each)]);
    const [first, ...others] = found.find((each) => each.length > 0) ?? [];
    if (first === undefined) return { candidate: null, among: [] };
    // Of two who are called the same either may be the one that is listed.
    return others.length > 0 || isShared
      ? { candidate: null, among: [first, ...others] }
      : { candidate: first };
  };
}

function index(
  listed: readonly Candidate[],
  keysFor: (candidate: Candidate) => readonly string[],
): ReadonlyMap<string, readonly Candidate[]> {
  const found = new Map<string, Candidate[]>();
  for (const candidate of listed) {
    for (const key of new Set(keysFor(candidate))) {
      found.set(key, [...(found.get(key) ?? []), candidate]);
    }
  }
  return found;
}

/** `Lee, Anna May` and `Anna May Lee` are the same, and so is Canvas's `leeannamay`. */
function keysOf(name: string): readonly string[] {
  const [last = '', ...first] = name.split(',').map((part) => part.trim());
  const words = first.length > 0 ? [...first, last].join(' ').split(/\s+/) : name.split(/\s+/);
  const turned = [words.at(-1) ?? '', ...words.slice(0, -1)];
  return [words, turned].map((each) => squashed(each.join('')));
}

function squashed(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{M}\p{N}]/gu, '');
}

function withoutAccents(text: string): string {
  return text.normalize('NFKD').replace(/\p{M}/gu, '').normalize('NFC');
}
