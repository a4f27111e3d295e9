import type { Candidate } from '../contract/hand-in.ts';
import { withoutArchiveExtension } from './archives/is-archive.ts';
import { platformName } from './platform-names.ts';
import { meaningOf, stemOf } from './problem-names.ts';

/** What the names that lead to a file say of who handed it in. */
export interface Whose {
  readonly candidate: Candidate | null;
  /** Whether a platform has made one of the names. */
  readonly isOfPlatform: boolean;
  /** Canvas's own mark; null where there is none. */
  readonly isLate: boolean | null;
  /** Text typed on the platform's page, not a file. */
  readonly isText: boolean;
  /** The names without what platforms have put around them, from the outermost; the last is the file's. */
  readonly own: readonly string[];
}

type Path = readonly string[];

/**
 * Tells of each of these files whose it is: by a platform's name, else by the first folder that is none of
 * a problem, else by the file's name where a folder of a problem holds several.
 */
export function whoseFiles(
  paths: readonly Path[],
  problems: readonly string[],
): (path: Path) => Whose {
  const wrapping = wrappingFolders(paths, problems);
  const inFolder = new Map<string, number>();
  for (const path of paths) inFolder.set(folderOf(path), (inFolder.get(folderOf(path)) ?? 0) + 1);
  const names = new Map<string, Set<string>>();
  const candidateOf = (path: Path): Candidate | null => {
    const named = path.map(platformName).find((each) => each !== null);
    if (named) {
      const { platform, platformId, name } = named;
      const shown = name ?? `Participant ${platformId ?? ''}`;
      return candidate(platformId === null ? null : `${platform}-${platformId}`, shown, platformId);
    }
    const folder = path
      .slice(wrapping, -1)
      .map(withoutArchiveExtension)
      .find((each) => meaningOf(each, problems).problem === null);
    if (folder !== undefined) return candidate(null, folder.normalize('NFC'), null);
    const stem = stemOf(path.at(-1) ?? '');
    const isOne = (inFolder.get(folderOf(path)) ?? 0) > 1 && path.length > wrapping + 1;
    const isName = isOne && meaningOf(stem, problems).problem === null;
    return isName ? candidate(null, stem.normalize('NFC'), null) : null;
  };
  for (const path of paths) {
    const found = candidateOf(path);
    if (found) names.set(found.name, (names.get(found.name) ?? new Set()).add(found.key));
  }
  return (path) => {
    const found = candidateOf(path);
    const isShared = found !== null && (names.get(found.name)?.size ?? 0) > 1;
    const name = isShared ? `${found.name}${markOf(found)}` : found?.name;
    const platforms = path.map(platformName);
    return {
      candidate: found === null || name === undefined ? null : { ...found, name },
      isOfPlatform: platforms.some((each) => each !== null),
      isLate: platforms.find((each) => (each?.isLate ?? null) !== null)?.isLate ?? null,
      isText: platforms.some((each) => each?.kind === 'text'),
      own: path.map((part) => platformName(part)?.own ?? part),
    };
  };
}

/** After the name of one of several who are called the same. */
function markOf({ platformId }: Pick<Candidate, 'platformId'>): string {
  return ` (${platformId ?? 'no number'})`;
}

/** A name as it came, and whether several have it. */
export function sharedName(candidate: Candidate): {
  readonly name: string;
  readonly isShared: boolean;
} {
  const { name } = candidate;
  const mark = markOf(candidate);
  const isShared = name.endsWith(mark);
  return { name: isShared ? name.slice(0, -mark.length) : name, isShared };
}

function candidate(key: string | null, name: string, platformId: string | null): Candidate {
  const unknown = { email: null, idNumber: null, login: null };
  return { key: key ?? `name-${name}`, name, platformId, ...unknown };
}

function folderOf(path: Path): string {
  return path.slice(0, -1).join('/');
}

/** How many outer folders only wrap all others, as archives often have one. */
function wrappingFolders(paths: readonly Path[], problems: readonly string[]): number {
  const [first] = paths;
  for (let depth = 0; first !== undefined; depth++) {
    const outer = first[depth] ?? '';
    const isSame = paths.every((path) => path[depth] === outer && path.length > depth + 2);
    const within = new Set(paths.map((path) => path[depth + 1]));
    const isOwn = platformName(outer) !== null || meaningOf(outer, problems).problem !== null;
    if (!isSame || within.size < 2 || isOwn) return depth;
  }
  return 0;
}
