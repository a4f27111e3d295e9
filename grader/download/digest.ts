import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import type { DatasetFile } from '../contract.ts';

/** SHA-256 of a file, in hex. */
export async function fileDigest(path: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(path, { highWaterMark: 1 << 20 }), hash);
  return hash.digest('hex');
}

/**
 * Why a file on this machine is not the wanted one, or null when it is. Packagers rewrite gzip
 * headers, so the unpacked content may answer for the file where its hash is known.
 */
export async function mismatch(path: string, wanted: DatasetFile): Promise<string | null> {
  const size = await sizeOf(path);
  if (size === null) return 'not there';
  const { contentSha256 } = wanted;
  const hasOtherSize = wanted.bytes !== null && size !== wanted.bytes;
  if (hasOtherSize && contentSha256 === undefined) {
    return `${size} bytes, expected ${String(wanted.bytes)}`;
  }
  const digest = hasOtherSize ? null : await fileDigest(path);
  if (digest === wanted.sha256) return null;
  if (contentSha256 !== undefined && (await contentDigest(path)) === contentSha256) return null;
  return `SHA-256 ${digest ?? (await fileDigest(path))}, expected ${wanted.sha256}`;
}

async function sizeOf(path: string): Promise<number | null> {
  try {
    const status = await stat(path);
    return status.isFile() ? status.size : null;
  } catch {
    // Missing and unreadable are the same here: this place does not have the file.
    return null;
  }
}

async function contentDigest(path: string): Promise<string | null> {
  const hash = createHash('sha256');
  try {
    await pipeline(createReadStream(path), createGunzip(), hash);
  } catch {
    // Not gzip, or cut off: it has no content to compare.
    return null;
  }
  return hash.digest('hex');
}
