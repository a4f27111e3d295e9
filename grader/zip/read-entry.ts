import { pipeline } from 'node:stream';
import { crc32, createInflateRaw } from 'node:zlib';
import { clean } from '../text/show.ts';
import type { ZipEntry } from './zip-entry.ts';
import { wordsOf, ZipFault } from './zip-fault.ts';

/** An archive's bytes. */
export interface ByteReader {
  /** Fills the target from the position on; fewer bytes only at the end. */
  read(target: Uint8Array, position: number): number | Promise<number>;
}

const chunkBytes = 1024 * 1024;

/**
 * The content of an entry chunk by chunk, never more of it than the archive states. Throws a `ZipFault`
 * where it cannot be unpacked, and at the end where its size or its checksum is another than stated.
 */
export async function* readEntry(file: ByteReader, entry: ZipEntry): AsyncGenerator<Uint8Array> {
  const packed = packedChunks(file, entry);
  let bytes = 0;
  let crc = 0;
  for await (const chunk of entry.isDeflated ? inflated(packed, entry) : packed) {
    bytes += chunk.length;
    if (bytes > entry.bytes) break;
    crc = crc32(chunk, crc);
    yield chunk;
  }
  const name = clean(entry.name, 80);
  if (bytes !== entry.bytes) {
    const came = bytes > entry.bytes ? 'more' : String(bytes);
    throw new ZipFault('damaged', `${name} should have ${entry.bytes} bytes, got ${came}.`);
  }
  if (crc !== entry.crc) throw new ZipFault('damaged', `the checksum of ${name} is wrong.`);
}

/** The content of a small entry, whose size is to be checked before. Throws what `readEntry` throws. */
export async function entryBytes(file: ByteReader, entry: ZipEntry): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of readEntry(file, entry)) chunks.push(chunk);
  return Buffer.concat(chunks);
}

async function* packedChunks(
  file: ByteReader,
  { name, start, packedBytes }: ZipEntry,
): AsyncGenerator<Uint8Array> {
  for (let done = 0; done < packedBytes; done += chunkBytes) {
    const chunk = new Uint8Array(Math.min(chunkBytes, packedBytes - done));
    if ((await file.read(chunk, start + done)) < chunk.length) {
      throw new ZipFault('damaged', `the archive ends within ${clean(name, 80)}.`);
    }
    yield chunk;
  }
}

async function* inflated(
  packed: AsyncIterable<Uint8Array>,
  { name }: ZipEntry,
): AsyncGenerator<Uint8Array> {
  // What fails is thrown by the stream that is read.
  const stream = pipeline(packed, createInflateRaw({ chunkSize: chunkBytes }), () => undefined);
  try {
    for await (const chunk of stream) yield chunk as Uint8Array;
  } catch (cause) {
    if (cause instanceof ZipFault) throw cause;
    const words = clean(wordsOf(cause));
    throw new ZipFault('damaged', `${clean(name, 80)} cannot be unpacked (${words}).`, cause);
  }
}
