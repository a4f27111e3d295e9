import { mkdirSync, rmSync, statSync } from 'node:fs';
import { basename, join, relative, resolve, sep } from 'node:path';
import type { Problem } from '../contract.ts';
import { GraderError, usageError } from '../errors.ts';
import { temporaryFolder } from '../files/temporary.ts';
import { archiveKind } from './archives/is-archive.ts';
import { downloadLimits, submissionLimits } from './archives/limits.ts';
import { openArchive } from './archives/open-archive.ts';
import { findEntries, type LeftOut } from './entries.ts';
import { filesOf, refusedInside, type FilesOfFolder } from './folder-walk.ts';

interface ClassRequest {
  /** A folder, or a platform's download as the archive that it is. */
  readonly path: string;
  readonly problems: readonly Problem[];
  readonly fallback: string | null;
  /** Folders that are left alone, with full paths. */
  readonly skipped: readonly string[];
  /** Full paths of tables and exports of this command: where they lie in the folder, they are not told. */
  readonly own: readonly string[];
  readonly signal: AbortSignal;
}

interface OpenedClass extends ReturnType<typeof findEntries> {
  /** Whether times are those that an archive tells. */
  readonly isArchive: boolean;
  /** Removes what was unpacked. */
  close(): void;
}

/**
 * Finds all that was handed in, in a folder or in an archive of one. Throws with fault `usage` where that
 * cannot be read, and `interrupted`.
 */
export async function openClass(request: ClassRequest): Promise<OpenedClass> {
  const room = new Room(request.signal);
  try {
    const called = basename(resolve(request.path));
    const isArchive = !isFolder(request.path);
    const files = await (isArchive ? filesOfArchive(request, room) : filesOfFolder(request, room));
    const entries = findEntries(files, { ...request, called });
    const own = request.own.map((path) =>
      relative(resolve(request.path), path).split(sep).join('/'),
    );
    const isOwn = ({ name }: LeftOut) => own.some((each) => `${name}/`.startsWith(`${each}/`));
    const leftOut = entries.leftOut.filter((item) => !isOwn(item));
    return { ...entries, leftOut, isArchive, close: () => room.remove() };
  } catch (error) {
    room.remove();
    throw error;
  }
}

/** Where archives are unpacked. */
class Room {
  private folder: string | null = null;
  private count = 0;
  private readonly signal: AbortSignal;

  constructor(signal: AbortSignal) {
    this.signal = signal;
  }

  async open(path: string, limits: typeof submissionLimits) {
    this.folder ??= temporaryFolder('class');
    const folder = join(this.folder, String(this.count++));
    mkdirSync(folder);
    const kind = (await archiveKind(path)) ?? 'zip';
    return { folder, left: await openArchive({ path, kind, limits, folder, signal: this.signal }) };
  }

  remove(): void {
    if (this.folder !== null) rmSync(this.folder, { recursive: true, force: true });
  }
}

function isFolder(path: string): boolean {
  const found = statSync(path, { throwIfNoEntry: false });
  if (found?.isDirectory() || found?.isFile()) return found.isDirectory();
  throw unreadable(path, found ? 'it is neither a folder nor a file' : 'there is none');
}

function filesOfFolder({ path, skipped }: ClassRequest, room: Room): Promise<FilesOfFolder> {
  const open = (archive: string) => room.open(archive, submissionLimits);
  return filesOf(path, { skipped, open }).catch((cause: unknown) => {
    if (cause instanceof GraderError) throw cause;
    throw unreadable(path, cause instanceof Error ? cause.message : String(cause));
  });
}

async function filesOfArchive(request: ClassRequest, room: Room): Promise<FilesOfFolder> {
  const { path } = request;
  if ((await archiveKind(path)) === null) {
    throw usageError(
      'check-directory',
      `${path} is a file, and no .zip or .tar of a class.`,
      'To grade one file: `grader grade <problem> <file>`.',
    );
  }
  const { folder, left } = await room.open(path, downloadLimits).catch((error: unknown) => {
    if (!(error instanceof GraderError) || error.failure.fault !== 'candidate') throw error;
    throw unreadable(path, error.message.replace(/\.$/, ''));
  });
  const found = await filesOfFolder({ ...request, path: folder }, room);
  return { ...found, passedOver: [...found.passedOver, ...left.map(refusedInside)] };
}

function unreadable(path: string, reason: string): GraderError {
  return usageError('check-directory', `${path} cannot be read: ${reason}.`);
}
