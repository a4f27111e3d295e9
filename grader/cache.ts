import { chmodSync, mkdirSync, readdirSync, statSync, type Stats } from 'node:fs';
import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { GraderError } from './errors.ts';

/** The user's cache folder for this program: `GRADER_CACHE`, else below `XDG_CACHE_HOME` or `~/.cache`. */
export function cacheRoot(): string {
  return (
    namedRoot() ?? join(process.env['XDG_CACHE_HOME'] || join(homedir(), '.cache'), folderName)
  );
}

const folderName = 'exam-grader';

function namedRoot(): string | null {
  const named = process.env['GRADER_CACHE'];
  return named ? resolve(named) : null;
}

/** Makes the folder where there is none: in a home for its user alone. */
export function makeCache(): void {
  const isNamed = namedRoot() !== null;
  try {
    mkdirSync(cacheRoot(), { recursive: true, mode: isNamed ? 0o755 : 0o700 });
  } catch {
    // Whoever needs to write there tells why that cannot be.
  }
}

/**
 * Throws with fault `machine` where somebody else could have put in what is in the cache: programs of
 * it are run, and data of it decide points.
 */
export function checkCache(): void {
  const root = cacheRoot();
  const engines = join(root, 'engine');
  const folders = [
    ...[root, engines, join(root, 'prepared'), join(root, 'datasets'), join(root, 'compiled')],
    ...namesIn(engines).map((name) => join(engines, name)),
  ];
  for (const folder of folders) {
    const status = statusOf(folder);
    const flaw = status && flawOf(status);
    if (status && flaw && !mend(folder, status)) throw untrusted(folder, flaw);
  }
}

/** Null where there is none, or a file stands in the way: whoever needs to write there tells. */
function statusOf(folder: string): Stats | null {
  try {
    return statSync(folder);
  } catch {
    return null;
  }
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    // Not made yet, or not readable, which shows where it is needed.
    return [];
  }
}

const [groupMayWrite, allMayWrite] = [0o020, 0o002];

function flawOf({ uid, gid, mode }: Stats): string | null {
  const own = process.getuid?.();
  if (own === undefined) return null;
  if (uid !== 0 && uid !== own) {
    return `belongs to user ${uid}, who is neither you (${own}) nor root`;
  }
  if (mode & allMayWrite) return 'may be written by everybody';
  // A group with its user's number is that user's alone.
  const isPrivate = gid === 0 || gid === own;
  return mode & groupMayWrite && !isPrivate ? `may be written by the group ${gid}` : null;
}

/** A cache in the user's home that an earlier version made under a generous umask. */
function mend(folder: string, { uid, mode }: Stats): boolean {
  if (namedRoot() !== null || uid !== process.getuid?.()) return false;
  chmodSync(folder, mode & 0o755);
  return true;
}

function untrusted(folder: string, flaw: string): GraderError {
  return new GraderError({
    fault: 'machine',
    code: 'cache-untrusted',
    message: `The cache folder ${folder} ${flaw}. It is not used, since others could change the programs and data in it.`,
    help: `Correct it (chmod go-w, chown), or name another cache folder in GRADER_CACHE.`,
  });
}
