import { buffer } from 'node:stream/consumers';
import { fromBufferPromise } from 'yauzl';

export interface ZipBounds {
  /** Entries whose name it refuses are skipped, unread. */
  readonly accept: (name: string) => boolean;
  readonly maxEntries: number;
  /** Bound on the sum of the accepted entries, unpacked. */
  readonly maxBytes: number;
}

/**
 * Reads the accepted entries of a zip archive into memory, by name.
 * Throws an `Error` when the archive is damaged or larger than the bounds.
 */
export async function readZip(
  archive: Uint8Array,
  bounds: ZipBounds,
): Promise<Map<string, Uint8Array>> {
  const zip = await fromBufferPromise(
    Buffer.from(archive.buffer, archive.byteOffset, archive.byteLength),
    { lazyEntries: true },
  );
  if (zip.entryCount > bounds.maxEntries) {
    throw new Error(`zip: ${zip.entryCount} entries, at most ${bounds.maxEntries} are read`);
  }
  const contents = new Map<string, Uint8Array>();
  let total = 0;
  for await (const entry of zip.eachEntry()) {
    if (entry.fileName.endsWith('/') || !bounds.accept(entry.fileName)) continue;
    total += entry.uncompressedSize;
    if (total > bounds.maxBytes) {
      throw new Error(`zip: more than ${bounds.maxBytes} bytes unpacked, at ${entry.fileName}`);
    }
    contents.set(entry.fileName, await buffer(await zip.openReadStreamPromise(entry)));
  }
  return contents;
}
