import { closeSync, openSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import type { ZipEntry } from '../../zip/zip-entry.ts';
import { readEntry } from '../../zip/read-entry.ts';
import type { OpenSetting } from '../container.ts';
import { type ByteSource, type OpenedBytes, openFile } from './byte-source.ts';

interface UnpackedEntry extends ByteSource {
  close(): void;
}

/**
 * A large entry as a source of bytes, its checksum checked: where it lies, if it is stored as Keras
 * stores it, or else unpacked into a file in the scratch folder. Throws what `readEntry` throws.
 */
export async function unpackEntry(
  archive: OpenedBytes,
  entry: ZipEntry,
  { scratch, onProgress, refusals }: OpenSetting,
): Promise<UnpackedEntry> {
  if (!entry.isDeflated) {
    const chunks = readEntry(archive, entry);
    while (!(await chunks.next()).done) onProgress();
    return { ...archive.part(entry.start, entry.packedBytes), close: () => undefined };
  }
  const path = join(scratch, 'unpacked.h5');
  const target = openSync(path, 'wx');
  try {
    for await (const chunk of readEntry(archive, entry)) {
      onProgress();
      writeAll(target, chunk);
    }
  } finally {
    closeSync(target);
  }
  return openFile(path, refusals);
}

function writeAll(descriptor: number, bytes: Uint8Array): void {
  for (let written = 0; written < bytes.length;) {
    written += writeSync(descriptor, bytes, written);
  }
}
