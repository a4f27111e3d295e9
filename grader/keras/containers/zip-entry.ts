import { closeSync, openSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { crc32, createInflateRaw, inflateRawSync } from 'node:zlib';
import { GraderError } from '../../errors.ts';
import { clean } from '../../recipe/show.ts';
import { type ByteSource, openFile } from './byte-source.ts';
import type { OpenSetting } from './open-setting.ts';
import { reasonOf, type Refusals } from './refusal.ts';
import type { Archive, ZipPlace } from './zip-archive.ts';

/** A small entry as a whole; its size is to be checked before. */
export function readEntry({ file }: Archive, place: ZipPlace, refusals: Refusals): Uint8Array {
  const packed = new Uint8Array(place.packedBytes);
  if (file.read(packed, place.start) < packed.length) throw endsWithin(place, refusals);
  const content = place.isDeflated ? inflate(packed, place, refusals) : packed;
  checkContent(place, { bytes: content.length, crc: crc32(content) }, refusals);
  return content;
}

export interface UnpackedEntry extends ByteSource {
  close(): void;
}

/**
 * A large entry as a source of bytes, its checksum checked: where it lies, if it is stored as Keras
 * stores it, or else unpacked into a file in the scratch folder.
 */
export async function unpackEntry(
  archive: Archive,
  place: ZipPlace,
  setting: OpenSetting,
): Promise<UnpackedEntry> {
  if (place.isDeflated) return unpackDeflated(archive, place, setting);
  const source = archive.file.part(place.start, place.packedBytes);
  let crc = 0;
  let bytes = 0;
  for (const chunk of chunksOf(source, setting)) {
    crc = crc32(chunk, crc);
    bytes += chunk.length;
  }
  checkContent(place, { bytes, crc }, setting.refusals);
  return { ...source, close: () => undefined };
}

async function unpackDeflated(
  { file }: Archive,
  place: ZipPlace,
  setting: OpenSetting,
): Promise<UnpackedEntry> {
  const { refusals } = setting;
  const path = join(setting.scratch, 'unpacked.h5');
  const target = openSync(path, 'wx');
  const packed = copies(chunksOf(file.part(place.start, place.packedBytes), setting));
  try {
    const unpacked = { bytes: 0, crc: 0 };
    await pipeline(packed, createInflateRaw(), async (chunks: AsyncIterable<Uint8Array>) => {
      for await (const chunk of chunks) {
        unpacked.bytes += chunk.length;
        unpacked.crc = crc32(chunk, unpacked.crc);
        if (unpacked.bytes > place.bytes) break;
        writeAll(target, chunk);
      }
    });
    checkContent(place, unpacked, refusals);
  } catch (cause) {
    throw cause instanceof GraderError ? cause : cannotUnpack(place, cause, refusals);
  } finally {
    closeSync(target);
  }
  return openFile(path, refusals);
}

const chunkBytes = 1024 * 1024;

/** The source chunk by chunk, all in the same memory. */
function* chunksOf(source: ByteSource, { onProgress }: OpenSetting): Generator<Uint8Array> {
  const chunk = new Uint8Array(chunkBytes);
  for (let position = 0; position < source.bytes; position += chunkBytes) {
    onProgress();
    yield chunk.subarray(0, source.read(chunk, position));
  }
}

function* copies(chunks: Iterable<Uint8Array>): Generator<Uint8Array> {
  for (const chunk of chunks) yield chunk.slice();
}

function writeAll(descriptor: number, bytes: Uint8Array): void {
  for (let written = 0; written < bytes.length;) {
    written += writeSync(descriptor, bytes, written);
  }
}

function inflate(packed: Uint8Array, place: ZipPlace, refusals: Refusals): Uint8Array {
  try {
    return inflateRawSync(packed, { maxOutputLength: Math.max(place.bytes, 1) });
  } catch (cause) {
    throw cannotUnpack(place, cause, refusals);
  }
}

function checkContent(
  place: ZipPlace,
  found: { readonly bytes: number; readonly crc: number },
  refusals: Refusals,
): void {
  const name = clean(place.name, 80);
  if (found.bytes !== place.bytes) {
    const came = found.bytes > place.bytes ? 'more' : String(found.bytes);
    throw refusals.damaged(`${name} should have ${place.bytes} bytes, got ${came}.`);
  }
  if (found.crc !== place.crc) throw refusals.damaged(`the checksum of ${name} is wrong.`);
}

function endsWithin(place: ZipPlace, refusals: Refusals) {
  return refusals.damaged(`the archive ends within ${clean(place.name, 80)}.`);
}

function cannotUnpack(place: ZipPlace, cause: unknown, refusals: Refusals) {
  const reason = reasonOf(cause);
  return refusals.damaged(`${clean(place.name, 80)} cannot be unpacked (${reason}).`, cause);
}
