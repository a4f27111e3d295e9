import type { Dirent } from 'node:fs';
import { access, constants, readdir, realpath, stat } from 'node:fs/promises';
import { join, resolve, sep } from 'node:path';
import type { Failure } from '../contract.ts';
import { GraderError } from '../errors.ts';
import { shortened } from '../text/printable.ts';
import type { LeftInside } from './archives/open-archive.ts';
import { isArchive } from './archives/is-archive.ts';
import { isNeverHandedIn } from './problem-names.ts';

/** Something in a checked folder, by the names that lead to it from there. */
export interface FoundFile {
  readonly parts: readonly string[];
  /** Where it lies; what was in an archive lies in a temporary folder. */
  readonly path: string;
  /** All names of the folder that it lies in. */
  readonly beside: readonly string[];
  /** When it was changed, or the archive that it came in, in milliseconds since 1970. */
  readonly changedAt: number;
}

/** What is not looked into, and why. */
export interface PassedOver {
  readonly parts: readonly string[];
  /** Completes "<name>: …". */
  readonly reason: string;
  /** Whether a submission may be missed: always, where its name is that of a problem, or never. */
  readonly mayBeMissed: 'always' | 'where-named' | 'never';
  /** What the candidate did wrong: then it is refused, and not just left out. */
  readonly failure?: Failure;
}

export interface FilesOfFolder {
  readonly files: readonly FoundFile[];
  readonly passedOver: readonly PassedOver[];
  /** What tools and systems leave everywhere. */
  readonly ignored: readonly string[];
  /** Archives that were opened: folders to all that follows. */
  readonly archives: readonly (readonly string[])[];
}

interface WalkOptions {
  /** Folders that are left alone, with full paths. */
  readonly skipped: readonly string[];
  /** Unpacks an archive into a folder that it answers. Throws what `openArchive` throws. */
  readonly open: (
    path: string,
  ) => Promise<{ readonly folder: string; readonly left: readonly LeftInside[] }>;
}

/**
 * Every regular file below a folder, in the order of their names, also through links that stay in it and in
 * archives, which are opened once and not within each other. Throws what `readdir` throws of the folder
 * itself, and `interrupted`.
 */
export async function filesOf(directory: string, options: WalkOptions): Promise<FilesOfFolder> {
  const root = await realpath(directory);
  const walk = new Walk(root, options);
  const folder = { path: directory, parts: [], within: [root], archive: null };
  await walk.through(folder, await entriesOf(directory));
  return walk;
}

interface Folder {
  readonly path: string;
  readonly parts: readonly string[];
  /** Real paths of the folder and of those that led to it. */
  readonly within: readonly string[];
  /** When the archive that it lies in was changed; null outside of any. */
  readonly archive: number | null;
}

/** An entry of a folder. */
interface Item extends Folder {
  readonly entry: Dirent<Buffer>;
  readonly beside: readonly string[];
}

class Walk implements FilesOfFolder {
  readonly files: FoundFile[] = [];
  readonly passedOver: PassedOver[] = [];
  readonly ignored: string[] = [];
  readonly archives: (readonly string[])[] = [];
  private readonly roots: string[];
  private readonly options: WalkOptions;
  /** Folders reached by a link: each once, since links among them may lead in circles. */
  private readonly linked = new Set<string>();

  constructor(root: string, options: WalkOptions) {
    this.roots = [root];
    this.options = options;
  }

  async through(folder: Folder, entries: readonly Dirent<Buffer>[]): Promise<void> {
    const beside = namesOf(entries);
    for (const entry of entries) {
      const name = entry.name.toString();
      if (isNeverHandedIn(name)) {
        this.ignored.push([...folder.parts, name].join('/'));
        continue;
      }
      const { within, archive } = folder;
      const path = join(folder.path, name);
      const item = { path, parts: [...folder.parts, name], within, archive, entry, beside };
      // Bytes that are no UTF-8 were replaced.
      if (Buffer.from(name).equals(entry.name)) await this.enter(item);
      else this.passOver(item, 'its name is not UTF-8: rename it');
    }
  }

  private async enter(item: Item): Promise<void> {
    try {
      const reason = await this.look(item);
      if (reason !== null) this.passOver(item, reason);
    } catch (error) {
      if (error instanceof GraderError) throw error;
      const { code = 'unknown error' } = error as NodeJS.ErrnoException;
      const what = item.entry.isSymbolicLink() ? 'a link that leads nowhere' : 'cannot be read';
      this.passOver(item, `${what} (${code})`);
    }
  }

  /** Why it is passed over; null where it is not. */
  private async look(item: Item): Promise<string | null> {
    const { path, parts, entry, beside } = item;
    const real = await realpath(path);
    const reason = entry.isSymbolicLink() ? this.whyNotFollowed(real, item) : null;
    if (reason !== null) return reason;
    const found = await stat(path);
    if (found.isDirectory()) {
      await this.enterFolder(real, item);
      return null;
    }
    if (!found.isFile()) return 'neither a file nor a folder';
    await access(path, constants.R_OK);
    if (await isArchive(path)) await this.enterArchive(item, found.mtimeMs);
    else this.files.push({ parts, path, beside, changedAt: item.archive ?? found.mtimeMs });
    return null;
  }

  private async enterArchive(item: Item, changedAt: number): Promise<void> {
    const { parts } = item;
    if (item.archive !== null) {
      const reason = 'an archive in an archive, which is not opened: pack the files themselves';
      this.passedOver.push(refusedInside({ parts, code: 'archive-in-archive', reason }));
      return;
    }
    try {
      const { folder, left } = await this.options.open(item.path);
      const real = await realpath(folder);
      this.roots.push(real);
      const refused = left.map((each) =>
        refusedInside({ ...each, parts: [...parts, ...each.parts] }),
      );
      this.passedOver.push(...refused);
      const entered = { ...item, path: folder, within: [...item.within, real], archive: changedAt };
      const before = this.files.length + this.passedOver.length;
      await this.through(entered, await entriesOf(folder));
      const isEmpty = left.length === 0 && this.files.length + this.passedOver.length === before;
      if (isEmpty) this.passedOver.push(refusedInside({ parts, ...withoutSubmission }));
      else this.archives.push(parts);
    } catch (error) {
      if (!(error instanceof GraderError) || error.failure.fault !== 'candidate') throw error;
      const { code, message: reason } = error.failure;
      this.passedOver.push(refusedInside({ parts, code, reason }));
    }
  }

  private whyNotFollowed(real: string, { within }: Item): string | null {
    if (!this.roots.some((root) => real === root || real.startsWith(`${root}${sep}`))) {
      return 'a link out of the folder: put what it leads to in its place';
    }
    if (within.includes(real)) return 'a link to a folder that it lies in';
    return this.linked.has(real) ? 'a link to where another one leads' : null;
  }

  private async enterFolder(real: string, item: Item): Promise<void> {
    const { path, parts, within, entry, archive } = item;
    if (this.options.skipped.includes(resolve(path))) return;
    if (entry.isSymbolicLink()) this.linked.add(real);
    const entries = await entriesOf(path);
    if (entries.length === 0)
      this.passedOver.push({ parts, reason: 'empty', mayBeMissed: 'never' });
    const names = namesOf(entries);
    const known = wholeFolders.find(({ files }) => files.every((file) => names.includes(file)));
    if (known) this.passedOver.push({ parts, ...known });
    else await this.through({ path, parts, within: [...within, real], archive }, entries);
  }

  private passOver({ parts, entry }: Item, reason: string): void {
    const mayBeMissed = entry.isDirectory() ? 'always' : 'where-named';
    this.passedOver.push({ parts, reason, mayBeMissed });
  }
}

export const withoutSubmission = {
  code: 'archive-without-submission',
  reason: 'an archive in which no file is a submission by its name',
} as const;

/** What the candidate did wrong with an archive, or with a file in one. */
export function refusedInside({ parts, code, reason: sentence }: LeftInside): PassedOver {
  const reason = sentence.replace(/\.$/, '');
  const message = `${shortened(parts.join('/'), 200)}: ${reason}.`;
  const failure = { fault: 'candidate', code, message } as const;
  return { parts, reason, mayBeMissed: 'always', failure };
}

/** Folders that are one thing, by the files that tell. */
const wholeFolders = [
  {
    files: ['saved_model.pb'],
    reason: 'a SavedModel folder: load it with Keras and save the model as one file, .keras or .h5',
    mayBeMissed: 'where-named',
  },
  {
    files: ['report.json', 'log.txt'],
    reason: 'the result of an earlier grading',
    mayBeMissed: 'never',
  },
  { files: ['problem.json'], reason: 'a problem package', mayBeMissed: 'never' },
] as const;

/** Names as bytes, since they need not be text. */
async function entriesOf(folder: string): Promise<Dirent<Buffer>[]> {
  const entries = await readdir(folder, { withFileTypes: true, encoding: 'buffer' });
  return entries.sort((a, b) => Buffer.compare(a.name, b.name));
}

function namesOf(entries: readonly Dirent<Buffer>[]): string[] {
  return entries.map(({ name }) => name.toString());
}
