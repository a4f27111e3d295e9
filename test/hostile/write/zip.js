import { Buffer } from 'node:buffer';
import { crc32, deflateRawSync } from 'node:zlib';
import { integer } from './hdf5-types.js';

/**
 * A zip archive by its bytes. An entry is `{name, data}` and whatever shall be a lie: `method`,
 * `crc`, `size`, `compressedSize`, `flags`, `attributes` (external), `localName`, `extra`, `raw`
 * (the bytes as stored), `at` (the address of another entry's header).
 */
export function zip(entries, end = {}) {
  const locals = [];
  const directory = [];
  let offset = 0;
  for (const entry of entries) {
    const written = headers(entry, offset);
    directory.push(written.central);
    if (entry.at !== undefined) continue;
    locals.push(written.local);
    offset += written.local.length;
  }
  const central = Buffer.concat(directory);
  const count = end.count ?? Math.min(entries.length, 0xffff);
  return Buffer.concat([
    ...locals,
    central,
    end.before ?? Buffer.alloc(0),
    Buffer.from('PK\x05\x06'),
    ...[integer(0, 4), integer(count, 2), integer(count, 2)],
    ...[integer(end.size ?? central.length, 4), integer(end.offset ?? offset, 4), integer(0, 2)],
  ]);
}

function headers(entry, offset) {
  const {
    name,
    data = Buffer.alloc(0),
    method = 0,
    flags = 0x800,
    extra = Buffer.alloc(0),
  } = entry;
  const stored = entry.raw ?? (method === 8 ? deflateRawSync(data) : Buffer.from(data));
  const title = Buffer.from(name);
  const localTitle = Buffer.from(entry.localName ?? name);
  const common = (nameBytes, extraBytes) =>
    Buffer.concat([
      ...[integer(20, 2), integer(flags, 2), integer(method, 2), integer(0, 2), integer(0x21, 2)],
      integer(entry.crc ?? crc32(data), 4),
      integer(entry.compressedSize ?? stored.length, 4),
      integer(entry.size ?? Buffer.byteLength(data), 4),
      ...[integer(nameBytes, 2), integer(extraBytes, 2)],
    ]);
  const local = [Buffer.from('PK\x03\x04'), common(localTitle.length, 0), localTitle, stored];
  const place = [integer(0, 6), integer(entry.attributes ?? 0, 4), integer(entry.at ?? offset, 4)];
  const central = [
    Buffer.from([0x50, 0x4b, 0x01, 0x02, 20, 3]),
    common(title.length, extra.length),
    ...place,
    title,
    extra,
  ];
  return { local: Buffer.concat(local), central: Buffer.concat(central) };
}
