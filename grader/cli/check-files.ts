import type { Dirent } from 'node:fs';
import { access, constants, readdir, realpath, stat } from 'node:fs/promises';
import { join, resolve, sep } from 'node:path';
import { isNeverHandedIn } from './check-names.ts';

/** Something in a checked folder, by the names that lead to it from there. */
export interface FoundFile {
  readonly parts: readonly string[];
  /** All names of the folder that it lies in. */
  readonly beside: readonly string[];
}

/** What is not looked into, and why. */
export interface PassedOver {
  readonly parts: readonly string[];
  /** Completes "<name>: …". */
  readonly reason: string;
  /** Whether a submission may be missed: always, where its name is that of a problem, or never. */
  readonly mayBeMissed: 'always' | 'where-named' | 'never';
}

interface FilesOfFolder {
  readonly files: readonly FoundFile[];
  readonly passedOver: readonly PassedOver[];
}

/**
 * Every regular file below a folder, in the order of their names, also through links that stay in it.
 * The folders in `skipped`, with full paths, are left alone. Throws what `readdir` throws of the folder
 * itself.
 */
export async function filesOf(
  directory: string,
  skipped: readonly string[],
): Promise<FilesOfFolder> {
  const root = await realpath(directory);
  const walk = new Walk(root, skipped);
  await walk.through({ path: directory, parts: [], within: [root] }, await entriesOf(directory));
  return walk;
}

interface Folder {
  readonly path: string;
  readonly parts: readonly string[];
  /** Real paths of the folder and of those that led to it. */
  readonly within: readonly string[];
}

/** An entry of a folder. */
interface Item extends Folder {
  readonly entry: Dirent<Buffer>;
  readonly beside: readonly string[];
}

class Walk implements FilesOfFolder {
  readonly files: FoundFile[] = [];
  readonly passedOver: PassedOver[] = [];
  private readonly root: string;
  private readonly skipped: readonly string[];
  /** Folders reached by a link: each once, since links among them may lead in circles. */
  private readonly linked = new Set<string>();

  constructor(root: string, skipped: readonly string[]) {
    this.root = root;
    this.skipped = skipped;
  }

  async through(folder: Folder, entries: readonly Dirent<Buffer>[]): Promise<void> {
    const beside = namesOf(entries);
    for (const entry of entries) {
      const name = entry.name.toString();
      if (isNeverHandedIn(name)) continue;
      const item = {
        path: join(folder.path, name),
        parts: [...folder.parts, name],
        within: folder.within,
        ...{ entry, beside },
      };
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
    this.files.push({ parts, beside });
    return null;
  }

  private whyNotFollowed(real: string, { within }: Item): string | null {
    if (real !== this.root && !real.startsWith(`${this.root}${sep}`)) {
      return 'a link out of the folder: put what it leads to in its place';
    }
    if (within.includes(real)) return 'a link to a folder that it lies in';
    return this.linked.has(real) ? 'a link to where another one leads' : null;
  }

  private async enterFolder(real: string, { path, parts, within, entry }: Item): Promise<void> {
    if (this.skipped.includes(resolve(path))) return;
    if (entry.isSymbolicLink()) this.linked.add(real);
    const entries = await entriesOf(path);
    const names = namesOf(entries);
    const known = wholeFolders.find(({ files }) => files.every((file) => names.includes(file)));
    if (known) this.passedOver.push({ parts, ...known });
    else await this.through({ path, parts, within: [...within, real] }, entries);
  }

  private passOver({ parts, entry }: Item, reason: string): void {
    const mayBeMissed = entry.isDirectory() ? 'always' : 'where-named';
    this.passedOver.push({ parts, reason, mayBeMissed });
  }
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
