import { Buffer } from 'node:buffer';
import { crc32, deflateRawSync } from 'node:zlib';

interface HostileEntry {
  readonly name: string;
  readonly content: Uint8Array;
  /** Its size as the archive says it, where that is a lie. */
  readonly declared?: number;
}

/** A zip archive of deflated entries, which does not mind what they are called or claim. */
export function hostileZip(entries: readonly HostileEntry[]): Uint8Array {
  const files: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const { name, content, declared = content.length } of entries) {
    const title = Buffer.from(name);
    const packed = deflateRawSync(content);
    // What the local header and the directory share: version to lengths, without a date.
    const common = Buffer.alloc(26);
    common.writeUInt16LE(20, 0);
    common.writeUInt16LE(8, 4);
    common.writeUInt16LE(0x21, 8);
    common.writeUInt32LE(crc32(content), 10);
    common.writeUInt32LE(packed.length, 14);
    common.writeUInt32LE(declared, 18);
    common.writeUInt16LE(title.length, 22);
    const place = Buffer.alloc(14);
    place.writeUInt32LE(offset, 10);
    const local = Buffer.concat([Buffer.from('PK\x03\x04'), common, title, packed]);
    directory.push(Buffer.from('PK\x01\x02\x14\x00'), common, place, title);
    files.push(local);
    offset += local.length;
  }
  const central = Buffer.concat(directory);
  const end = Buffer.alloc(18);
  end.writeUInt16LE(entries.length, 4);
  end.writeUInt16LE(entries.length, 6);
  end.writeUInt32LE(central.length, 8);
  end.writeUInt32LE(offset, 12);
  return Buffer.concat([...files, central, Buffer.from('PK\x05\x06'), end]);
}
