import { problemName } from '../../problems/load-problems.ts';
import type { Failure, Problem } from '../contract.ts';
import type { Candidate, HandIn } from '../contract/hand-in.ts';
import { toFailure, usageError } from '../errors.ts';
import { withoutSubmission, type FilesOfFolder } from './folder-walk.ts';
import { resultFolders } from './result-folders.ts';
import { sortFiles, type Sorted } from './sort-files.ts';

/** A submission in a folder. */
export interface CheckEntry {
  readonly problem: Problem;
  readonly file: string;
  /** By which everything names it: its path from the checked folder, or one without names. */
  readonly name: string;
  /** Its path from the checked folder. */
  readonly cameAs: string;
  /** Name of its result folder below `--out`, different for each. */
  readonly folder: string;
  readonly handIn: HandIn;
  /** Canvas's own mark; null where there is none. */
  readonly isMarkedLate: boolean | null;
  /** When the file was changed, or the archive that it came in, in milliseconds since 1970. */
  readonly changedAt: number;
}

/** What is in the folder and is not graded. */
export interface LeftOut {
  readonly name: string;
  /** The problem that its name means; null where it means none or several. */
  readonly problem: string | null;
  readonly reason: string;
  /** True for what may be a submission: then not all have reached their points. */
  readonly isMissed: boolean;
  /** What the candidate did wrong; null where nothing was. */
  readonly failure: Failure | null;
  readonly handIn: HandIn;
}

interface Entries {
  readonly entries: readonly CheckEntry[];
  readonly leftOut: readonly LeftOut[];
  /** What tools and systems leave everywhere. */
  readonly ignored: readonly string[];
}

interface Sought {
  readonly problems: readonly Problem[];
  /** What the checked folder is called, which may be the name of its problem. */
  readonly called: string;
  /** The problem of what says none; null leaves it out. */
  readonly fallback: string | null;
}

/**
 * The submissions of a folder and of its folders, whose names say which problem they are for and whose they
 * are, and what else is there.
 */
export function findEntries(found: FilesOfFolder, { problems, called, fallback }: Sought): Entries {
  const names = problems.map(problemName);
  const sorted = sortFiles(found, { problems: names, directory: called, fallback });
  const leftOut = [...leftOutOf(sorted), ...emptyArchives(found, sorted)];
  return {
    entries: entriesOf(problems, sorted),
    leftOut: leftOut.sort((a, b) => (a.name < b.name ? -1 : 1)),
    ignored: found.ignored,
  };
}

/** Throws fault `usage`: a check of nothing is a mistake, not a success. */
export function refuseEmpty(directory: string, problems: readonly Problem[]): never {
  throw usageError(
    'check-empty',
    `${directory} has no file or folder named after a problem. Problems: ${problems.map(problemName).join(', ')}.`,
    'Where all in it is for one problem, say which: --problem sunspots.',
  );
}

/** A submission whose problem package cannot be read, so that there is no report of it. */
export interface BrokenEntry {
  readonly name: string;
  readonly problem: string;
  readonly reason: string;
  readonly failure: Failure;
  readonly handIn: HandIn;
}

/** Sorts out what cannot be graded whatever is in it. */
export function withoutBroken(entries: readonly CheckEntry[]): {
  readonly whole: readonly CheckEntry[];
  readonly broken: readonly BrokenEntry[];
} {
  const broken: BrokenEntry[] = [];
  const whole = entries.filter(({ problem, name, handIn }) => {
    try {
      return problem.definition.id !== '';
    } catch (error) {
      const failure = toFailure(error);
      const reason = failure.message;
      broken.push({ name, problem: problemName(problem), reason, failure, handIn });
      return false;
    }
  });
  return { whole, broken };
}

function entriesOf(problems: readonly Problem[], sorted: readonly Sorted[]): CheckEntry[] {
  const folderOf = resultFolders();
  // By category, not by what definitions say: one of them may be broken.
  return problems.flatMap((problem) =>
    sorted.flatMap(({ problem: id, reason, parts, whose, found }) => {
      if (reason !== null || found === null || id !== problemName(problem)) return [];
      return {
        ...{ problem, file: found.path, changedAt: found.changedAt },
        ...{ name: parts.join('/'), cameAs: parts.join('/') },
        folder: folderOf(id, shortPath(parts, whose)),
        handIn: broughtBy(whose.candidate),
        isMarkedLate: whose.isLate,
      };
    }),
  );
}

/** `Anna Müller 77`, `sunspots.ts` for what a platform calls `Anna Müller_77_assignsubmission_file_/sunspots.ts`. */
function shortPath(parts: readonly string[], { candidate, isOfPlatform, own }: Sorted['whose']) {
  if (!isOfPlatform || candidate === null) return parts;
  const { name, platformId } = candidate;
  const who = name.includes(platformId ?? '') ? name : `${name} ${platformId ?? ''}`;
  return [who, ...own.filter((part) => part !== '')];
}

function broughtBy(candidate: Candidate | null): HandIn {
  return { candidate, at: null, isLate: null };
}

/** An archive in which no submission was found is one that is missed. */
function emptyArchives({ archives }: FilesOfFolder, sorted: readonly Sorted[]): LeftOut[] {
  return archives.flatMap((archive) => {
    const name = archive.join('/');
    const inside = sorted.filter(({ parts }) => parts.join('/').startsWith(`${name}/`));
    if (inside.some(({ reason, failure }) => reason === null || failure !== null)) return [];
    const { code, reason } = withoutSubmission;
    const failure = { fault: 'candidate', code, message: `${name}: ${reason}.` } as const;
    const [first] = inside;
    const handIn = broughtBy(first?.whose.candidate ?? null);
    return { name, problem: first?.problem ?? null, reason, isMissed: true, failure, handIn };
  });
}

/** In one line where a whole folder has nothing to do with any problem. */
function leftOutOf(sorted: readonly Sorted[]): LeftOut[] {
  const isOther = ({ problem, isMissed }: Sorted) => problem === null && !isMissed;
  const known = new Set(
    sorted.filter((item) => !isOther(item)).flatMap(({ parts }) => foldersAbove(parts)),
  );
  const folders = new Map<string, Sorted[]>();
  const leftOut = sorted.flatMap((item): LeftOut[] => {
    if (item.reason === null) return [];
    const folder = foldersAbove(item.parts).find((path) => !known.has(path));
    if (folder === undefined || !isOther(item)) return [leftOutAs(item.parts.join('/'), item)];
    folders.set(folder, [...(folders.get(folder) ?? []), item]);
    return [];
  });
  const whole = [...folders].flatMap(([name, items]) => {
    const [first] = items;
    const count = `${items.length} ${items.length === 1 ? 'file' : 'files'}`;
    const reason = `${count}, none with the name of a problem`;
    return first ? [leftOutAs(`${name}/`, { ...first, reason })] : [];
  });
  return [...leftOut, ...whole];
}

function leftOutAs(name: string, { problem, reason, isMissed, failure, whose }: Sorted): LeftOut {
  const handIn = broughtBy(whose.candidate);
  return { name, problem, reason: reason ?? '', isMissed, failure, handIn };
}

/** `a/b/c.ts` lies in `a` and `a/b`. */
function foldersAbove(parts: readonly string[]): string[] {
  return parts.slice(0, -1).map((_, index) => parts.slice(0, index + 1).join('/'));
}
