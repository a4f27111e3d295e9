import { randomInt } from 'node:crypto';
import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { usageError } from '../errors.ts';
import { writeWhole } from '../files/atomic.ts';
import { resultNotWritten } from '../results/result-directory.ts';

/** In the folder of results: whose the pseudonyms are. */
export const whoIsWhoFile = 'who-is-who.json';

/** Someone whose name is hidden. */
export interface Person {
  /** `Candidate 017`. */
  readonly pseudonym: string;
  readonly key: string;
  /** Null for a file that nothing tells the candidate of. */
  readonly name: string | null;
  /** Paths of what was handed in, by the names that it came with; never reordered. */
  readonly files: readonly string[];
}

type Named = Omit<Person, 'pseudonym'>;

/**
 * Gives everyone a pseudonym: that of an earlier run into the same folder, else the next number, drawn at
 * random among those who are new, so that no order tells a name. Throws fault `usage` where the earlier
 * run's file cannot be read, and `machine` where it cannot be written.
 */
export async function pseudonymsIn(folder: string, found: readonly Named[]): Promise<Person[]> {
  const path = join(folder, whoIsWhoFile);
  const earlier = await readEarlier(path);
  const known = new Set(earlier.map(({ key }) => key));
  const byKey = new Map(found.map((each) => [each.key, each]));
  const kept = earlier.map((person) => {
    const files = byKey.get(person.key)?.files ?? [];
    return { ...person, files: [...new Set([...person.files, ...files])] };
  });
  const fresh = shuffled(found.filter(({ key }) => !known.has(key)));
  const first = kept.length + 1;
  const added = fresh.map((each, at) => ({ pseudonym: pseudonymOf(first + at), ...each }));
  const persons = [...kept, ...added];
  try {
    await mkdir(folder, { recursive: true });
    await writeWhole(path, `${JSON.stringify(persons, null, 2)}\n`, 0o600);
  } catch (cause) {
    throw resultNotWritten(path, cause);
  }
  return persons;
}

function pseudonymOf(number: number): string {
  return `Candidate ${String(number).padStart(3, '0')}`;
}

async function readEarlier(path: string): Promise<readonly Person[]> {
  const text = await readFile(path, 'utf8').catch((error: unknown) => {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT') return '[]';
    throw notRead(path, message);
  });
  const persons: unknown = parsed(text);
  if (Array.isArray(persons) && persons.every(isPerson)) return persons;
  throw notRead(path, 'it is no list of pseudonyms');
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function isPerson(value: unknown): value is Person {
  const { pseudonym, key, name, files } = Object(value) as Record<string, unknown>;
  const isNamed = typeof name === 'string' || name === null;
  const areFiles = Array.isArray(files) && files.every((each) => typeof each === 'string');
  return typeof pseudonym === 'string' && typeof key === 'string' && isNamed && areFiles;
}

function notRead(path: string, reason: string) {
  return usageError(
    'who-is-who',
    `${path}, which says whose the pseudonyms are, cannot be read: ${reason}.`,
    'Correct it, or name another folder with --out.',
  );
}

/** Fisher and Yates. */
function shuffled<Item>(items: readonly Item[]): Item[] {
  const rest = [...items];
  return items.flatMap(() => rest.splice(randomInt(rest.length), 1));
}
