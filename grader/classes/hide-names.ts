import { extname } from 'node:path';
import { problemName } from '../../problems/load-problems.ts';
import type { Candidate, HandIn, Roster } from '../contract/hand-in.ts';
import type { Arranged } from './arrange.ts';
import type { CheckEntry, LeftOut } from './entries.ts';
import { resultFolders } from './result-folders.ts';
import { pseudonymsIn, type Person } from './who-is-who.ts';

type Class = Arranged & { readonly roster: Roster | null };
type Item = CheckEntry | LeftOut;

/**
 * The class with a pseudonym for each name, of candidates as of files. A roster keeps its cells, which go
 * back to the platform as they came. Throws what `pseudonymsIn` throws.
 */
export async function hideNames(found: Class, results: string): Promise<Class> {
  const persons = await pseudonymsIn(results, peopleOf(found));
  const byKey = new Map(persons.map((person) => [person.key, person]));
  const hidden = (candidate: Candidate) => asHidden(byKey.get(candidate.key));
  const names = new Map<string, string>();
  for (const item of [...found.entries, ...found.leftOut]) {
    names.set(item.name, hiddenName(item, byKey.get(keyOf(item))));
  }
  const nameOf = (name: string) => names.get(name) ?? '';
  const handInOf = ({ handIn }: Item): HandIn => {
    return { ...handIn, candidate: handIn.candidate && hidden(handIn.candidate) };
  };
  const folderOf = resultFolders();
  return {
    ...found,
    entries: found.entries.map((entry) => {
      const name = nameOf(entry.name);
      const folder = folderOf(problemName(entry.problem), name.split('/'));
      return { ...entry, name, folder, handIn: handInOf(entry) };
    }),
    leftOut: found.leftOut.map((item) => {
      const name = nameOf(item.name);
      const failure = item.failure && { ...item.failure, message: `${name}: ${item.reason}.` };
      return { ...item, name, failure, handIn: handInOf(item) };
    }),
    absent: found.absent.map(hidden),
    strangers: found.strangers.map(nameOf),
    undecided: found.undecided.map(({ name, among }) => {
      return { name: nameOf(name), among: among.map(hidden) };
    }),
    roster: found.roster && {
      ...found.roster,
      rows: found.roster.rows.map(({ cells, candidate }) => {
        return { cells, candidate: candidate && hidden(candidate) };
      }),
    },
  };
}

/** Everyone of a class, each with what they handed in. */
function peopleOf({ entries, leftOut, roster, undecided }: Class): Omit<Person, 'pseudonym'>[] {
  const people = new Map<string, { name: string | null; files: string[] }>();
  const listed = (roster?.rows ?? []).flatMap(({ candidate }) => candidate ?? []);
  for (const { key, name } of [...listed, ...undecided.flatMap(({ among }) => among)]) {
    people.set(key, { name, files: [] });
  }
  for (const item of [...entries, ...leftOut]) {
    const key = keyOf(item);
    const person = people.get(key) ?? { name: item.handIn.candidate?.name ?? null, files: [] };
    person.files.push(item.name);
    people.set(key, person);
  }
  return Array.from(people, ([key, person]) => ({ key, ...person }));
}

/** What nothing tells the candidate of stands for itself. */
function keyOf({ handIn, name }: Item): string {
  return handIn.candidate?.key ?? `file-${name}`;
}

function asHidden(person: Person | undefined): Candidate {
  const pseudonym = person?.pseudonym ?? '';
  const unknown = { platformId: null, email: null, idNumber: null, login: null };
  return { key: pseudonym, name: pseudonym, ...unknown };
}

/** `candidate-017/sunspots-2.ts`: the second of what they handed in. */
function hiddenName({ name, problem }: Item, person: Person | undefined): string {
  const folder = (person?.pseudonym ?? '').toLowerCase().replace(' ', '-');
  const what = problem === null || typeof problem === 'string' ? problem : problemName(problem);
  const number = (person?.files.indexOf(name) ?? 0) + 1;
  const [extension = ''] = /^\.\w{1,8}$/.exec(extname(name)) ?? [];
  return `${folder}/${what ?? 'file'}-${number}${extension}`;
}
