import { basename, join, resolve } from 'node:path';
import { problemName } from '../../problems/load-problems.ts';
import type { Failure, Problem } from '../contract.ts';
import { GraderError, toFailure } from '../errors.ts';
import { filesOf, type FoundFile, type PassedOver } from './check-files.ts';
import { looksHandedIn, meaningOf, stemOf, type Meaning } from './check-names.ts';
import { resultFolders } from './check-result-folders.ts';

/** A submission in a folder. */
export interface CheckEntry {
  readonly problem: Problem;
  readonly file: string;
  /** Its path from the checked folder, by which everything names it. */
  readonly name: string;
  /** Name of its result folder below `--out`, different for each. */
  readonly folder: string;
}

/** What is in the folder and is not graded. */
export interface LeftOut {
  readonly name: string;
  /** The problem that its name means; null where it means none or several. */
  readonly problem: string | null;
  readonly reason: string;
  /** True for what may be a submission: then not all have reached their points. */
  readonly isMissed: boolean;
}

interface Entries {
  readonly entries: readonly CheckEntry[];
  readonly leftOut: readonly LeftOut[];
}

/**
 * The submissions of a folder and of its folders, whose names say which problem they are for, and what
 * else is there. `skipped` are full paths. Throws with fault `usage` where the folder cannot be read.
 */
export async function findEntries(
  directory: string,
  problems: readonly Problem[],
  skipped: readonly string[],
): Promise<Entries> {
  const { files, passedOver } = await filesOf(directory, skipped).catch((cause: unknown) => {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw usage('check-directory', `${directory} cannot be read: ${reason}.`);
  });
  const names = problems.map(problemName);
  const sortAll = (above: readonly string[]) => [
    ...files.filter(isByItself).map(({ parts }) => sortFile(parts, problemOf(parts, above, names))),
    ...passedOver.map((item) => sortPassedOver(item, problemOf(item.parts, above, names))),
  ];
  const sorted = sortAll([]);
  const isNothing = !sorted.some(({ reason }) => reason === null);
  // The folder of one problem, given by itself.
  const above = isNothing
    ? [basename(resolve(directory))].filter((name) => names.includes(name))
    : [];
  const found = above.length > 0 ? sortAll(above) : sorted;
  return { entries: entriesOf(directory, problems, found), leftOut: leftOutOf(found) };
}

/** Throws fault `usage`: a check of nothing is a mistake, not a success. */
export function refuseEmpty(directory: string, problems: readonly Problem[]): never {
  throw usage(
    'check-empty',
    `${directory} has no file or folder named after a problem. Problems: ${problems.map(problemName).join(', ')}.`,
  );
}

/** A submission whose problem package cannot be read, so that there is no report of it. */
export interface BrokenEntry {
  readonly name: string;
  readonly problem: string;
  readonly reason: string;
  readonly failure: Failure;
}

/** Sorts out what cannot be graded whatever is in it. */
export function withoutBroken(entries: readonly CheckEntry[]): {
  readonly whole: readonly CheckEntry[];
  readonly broken: readonly BrokenEntry[];
} {
  const broken: BrokenEntry[] = [];
  const whole = entries.filter(({ problem, name }) => {
    try {
      return problem.definition.id !== '';
    } catch (error) {
      const failure = toFailure(error);
      const reason = failure.message;
      broken.push({ name, problem: problemName(problem), reason, failure });
      return false;
    }
  });
  return { whole, broken };
}

/** False for weights beside a model.json and for the recipe of a model file. */
function isByItself({ parts, beside }: FoundFile): boolean {
  const name = parts.at(-1) ?? '';
  const [, model] = /^(.+)\.recipe\.\w+$/.exec(name) ?? [];
  if (beside.some((other) => other !== name && stemOf(other) === model)) return false;
  return !beside.includes('model.json') || looksHandedIn(name);
}

/** What was found, sorted out; it is graded where there is no reason against it. */
interface Sorted extends Omit<LeftOut, 'name' | 'reason'> {
  readonly parts: readonly string[];
  readonly reason: string | null;
}

/** By the file's own name and those of its folders, of which one that is just a problem's counts more. */
function problemOf(
  parts: readonly string[],
  above: readonly string[],
  problems: readonly string[],
): Meaning {
  const own = meaningOf(stemOf(parts.at(-1) ?? ''), problems);
  const folders = [...above, ...parts.slice(0, -1)]
    .map((name) => meaningOf(name, problems))
    .reverse();
  const exact = folders.find((folder) => folder.problem !== null && folder.isExact);
  if (exact?.problem && own.problem && own.isExact && own.problem !== exact.problem) {
    return { problem: null, among: [exact.problem, own.problem] };
  }
  const says = (meaning: Meaning) => meaning.problem !== null || meaning.among.length > 0;
  return exact ?? [own, ...folders].find(says) ?? own;
}

function sortFile(parts: readonly string[], meaning: Meaning): Sorted {
  const name = parts.at(-1) ?? '';
  const { problem } = meaning;
  if (problem === null) {
    const among = meaning.among.join(' and ');
    const isMissed = among !== '' && looksHandedIn(name);
    const reason = among === '' ? 'its name is that of no problem' : `its name is that of ${among}`;
    return { parts, problem, reason, isMissed };
  }
  const own = meaningOf(stemOf(name), [problem]);
  // What is just called after its problem is graded whatever its extension: its content tells.
  const isNamed = own.problem !== null && own.isExact;
  if (isNamed || looksHandedIn(name)) return { parts, problem, reason: null, isMissed: false };
  const reason = 'a submission has another extension';
  return { parts, problem, reason, isMissed: false };
}

function sortPassedOver({ parts, reason, mayBeMissed }: PassedOver, { problem }: Meaning): Sorted {
  const isNamed = mayBeMissed === 'where-named' && problem !== null;
  return { parts, problem, reason, isMissed: isNamed || mayBeMissed === 'always' };
}

function entriesOf(
  directory: string,
  problems: readonly Problem[],
  found: readonly Sorted[],
): CheckEntry[] {
  const folderOf = resultFolders();
  // By category, not by what definitions say: one of them may be broken.
  return problems.flatMap((problem) =>
    found
      .filter(({ problem: id, reason }) => reason === null && id === problemName(problem))
      .map(({ parts }) => ({
        problem,
        file: join(directory, ...parts),
        name: parts.join('/'),
        folder: folderOf(problemName(problem), parts),
      })),
  );
}

/** In one line where a whole folder has nothing to do with any problem. */
function leftOutOf(found: readonly Sorted[]): LeftOut[] {
  const isOther = ({ problem, isMissed }: Sorted) => problem === null && !isMissed;
  const known = new Set(
    found.filter((item) => !isOther(item)).flatMap(({ parts }) => foldersAbove(parts)),
  );
  const folders = new Map<string, number>();
  const leftOut = found.flatMap(({ parts, reason, ...rest }): LeftOut[] => {
    if (reason === null) return [];
    const folder = foldersAbove(parts).find((path) => !known.has(path));
    if (folder === undefined || !isOther({ parts, reason, ...rest }))
      return [{ name: parts.join('/'), reason, ...rest }];
    folders.set(folder, (folders.get(folder) ?? 0) + 1);
    return [];
  });
  const whole = [...folders].map(([name, count]) => ({
    name: `${name}/`,
    problem: null,
    reason: `${count} ${count === 1 ? 'file' : 'files'}, none with the name of a problem`,
    isMissed: false,
  }));
  return [...leftOut, ...whole].sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** `a/b/c.ts` lies in `a` and `a/b`. */
function foldersAbove(parts: readonly string[]): string[] {
  return parts.slice(0, -1).map((_, index) => parts.slice(0, index + 1).join('/'));
}

function usage(code: string, message: string): GraderError {
  return new GraderError({ fault: 'usage', code, message });
}
