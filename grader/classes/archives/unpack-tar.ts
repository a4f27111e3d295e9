import { closeSync, createReadStream, openSync, readSync, statSync, writeSync } from 'node:fs';
import { join, posix } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import { Parser, type ReadEntry } from 'tar';
import { fileSize } from '../../text/bytes.ts';
import { clean } from '../../text/show.ts';
import { wordsOf, ZipFault, type ZipFaultKind } from '../../zip/zip-fault.ts';
import type { ArchiveAnswer, ArchiveJob, Member, RefusedMember } from './archive-job.ts';

/** Unpacks a tar, packed or not, into numbered files. Throws a `ZipFault` for what concerns all of it. */
export async function unpackTar(job: ArchiveJob): Promise<ArchiveAnswer> {
  const unpacking = new TarUnpacking(job);
  const parser = new Parser({ strict: true });
  parser.on('entry', (entry: ReadEntry) => {
    const fault = unpacking.take(entry);
    if (fault === null) return;
    entry.resume();
    parser.abort(fault);
  });
  try {
    const packed = createReadStream(job.path);
    const isPacked = isGzip(job.path);
    // The parser passes over half a header at the end.
    if (!isPacked && statSync(job.path).size % blockBytes !== 0) throw new Error('it is cut short');
    // The parser's own way passes over a gzip file that is cut short.
    await (isPacked ? pipeline(packed, createGunzip(), parser) : pipeline(packed, parser));
  } catch (cause) {
    if (unpacking.fault !== null) throw unpacking.fault;
    throw new ZipFault('damaged', `it is no whole tar file (${clean(wordsOf(cause))}).`, cause);
  }
  return unpacking;
}

const blockBytes = 512;

function isGzip(path: string): boolean {
  const file = openSync(path, 'r');
  const head = Buffer.alloc(2);
  readSync(file, head);
  closeSync(file);
  return head[0] === 0x1f && head[1] === 0x8b;
}

/** Kinds of entries that are plain files. */
const plain = ['File', 'OldFile', 'ContiguousFile'];

class TarUnpacking implements ArchiveAnswer {
  readonly members: Member[] = [];
  readonly refused: RefusedMember[] = [];
  fault: ZipFault | null = null;
  private readonly job: ArchiveJob;
  private readonly mostBytes: number;
  private bytes = 0;
  private count = 0;

  constructor(job: ArchiveJob) {
    const { limits } = job;
    this.job = job;
    // What is skipped is unpacked as well.
    const byRatio = limits.ratio * (statSync(job.path).size + 10_000);
    this.mostBytes = Math.min(limits.totalBytes, byRatio);
  }

  /** Writes or passes over an entry; answers what ends all. */
  take(entry: ReadEntry): ZipFault | null {
    const { limits } = this.job;
    this.bytes += entry.size;
    this.count += 1;
    if (this.count > limits.members) {
      this.fault = new ZipFault('too-many', `it has more than ${limits.members} entries.`);
    } else if (this.bytes > this.mostBytes) {
      const most = fileSize(this.mostBytes);
      this.fault = new ZipFault('too-large', `it unpacks to more than ${most}.`);
    } else if (entry.type === 'Directory') {
      entry.resume();
    } else {
      this.takeFile(entry);
    }
    return this.fault;
  }

  private takeFile(entry: ReadEntry): void {
    const unfit = this.unfit(entry);
    if (unfit !== null) {
      const [kind, reason] = unfit;
      this.refused.push({ name: entry.path, kind, reason });
      entry.resume();
      return;
    }
    const number = this.count;
    const file = openSync(join(this.job.scratch, String(number)), 'wx', 0o600);
    entry.on('data', (chunk: Uint8Array) => writeSync(file, chunk));
    entry.on('end', () => closeSync(file));
    const changedAt = entry.mtime?.getTime() ?? null;
    this.members.push({ name: entry.path, number, changedAt });
  }

  private unfit({ path, type, size }: ReadEntry): readonly [ZipFaultKind, string] | null {
    const { nameLength, memberBytes } = this.job.limits;
    if (posix.isAbsolute(path) || path.split(/[\\/]/).includes('..')) {
      return ['name', 'its name leads out of the archive.'];
    }
    if (/[\p{Cc}\ufffd]/u.test(path)) return ['name', 'its name has characters that no name has.'];
    if (path.length > nameLength) return ['long-name', `its name has ${path.length} characters.`];
    if (!plain.includes(type))
      return ['link', 'it is a link or another thing that is no plain file.'];
    const most = `it has ${fileSize(size)}; a file has at most ${fileSize(memberBytes)}.`;
    return size > memberBytes ? ['too-large', most] : null;
  }
}
