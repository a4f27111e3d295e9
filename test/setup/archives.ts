import { Header } from 'tar';
import { crc32 } from 'node:zlib';

export interface TarEntry {
  readonly path: string;
  readonly content?: Buffer;
  readonly type?: 'File' | 'SymbolicLink' | 'Link' | 'Directory';
  readonly linkpath?: string;
}

/** A tar with exactly these entries, however hostile. */
export function tarOf(entries: readonly TarEntry[]): Buffer {
  const blocks = entries.flatMap(({ path, content = Buffer.alloc(0), type = 'File', linkpath }) => {
    const header = new Header({
      path,
      type,
      mode: 0o644,
      size: content.length,
      mtime: new Date(0),
      ...(linkpath === undefined ? {} : { linkpath }),
    });
    const block = Buffer.alloc(512);
    header.encode(block, 0);
    return [block, content, Buffer.alloc((512 - (content.length % 512)) % 512)];
  });
  return Buffer.concat([...blocks, Buffer.alloc(1024)]);
}

export interface ZipEntry {
  readonly name: string;
  readonly content: Buffer;
  /** Unix mode with its file type bits. */
  readonly mode?: number;
  /** What the directory claims, where it lies. */
  readonly claimedBytes?: number;
}

/** A zip with exactly these entries, stored. */
export function zipOf(entries: readonly ZipEntry[]): Buffer {
  const locals: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const entry of entries) {
    const name = Buffer.from(entry.name);
    const local = Buffer.concat([
      sizes(entry, Buffer.from('504b03041400', 'hex')),
      name,
      entry.content,
    ]);
    const central = Buffer.concat([
      sizes(entry, Buffer.from('504b010214031400', 'hex')),
      Buffer.alloc(14),
      name,
    ]);
    central.writeUInt32LE(((entry.mode ?? 0o100644) << 16) >>> 0, 38);
    central.writeUInt32LE(offset, 42);
    locals.push(local);
    directory.push(central);
    offset += local.length;
  }
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(entries.length, 8);
  end.writeUInt16LE(entries.length, 10);
  end.writeUInt32LE(Buffer.concat(directory).length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...locals, ...directory, end]);
}

/** The fields that the local and the central header share, after their first bytes. */
function sizes(entry: ZipEntry, start: Buffer): Buffer {
  const fields = Buffer.alloc(24);
  fields.writeUInt32LE(crc32(entry.content), 8);
  fields.writeUInt32LE(entry.content.length, 12);
  fields.writeUInt32LE(entry.claimedBytes ?? entry.content.length, 16);
  fields.writeUInt16LE(Buffer.byteLength(entry.name), 20);
  return Buffer.concat([start, fields]);
}
