import { stat } from 'node:fs/promises';
import type { DatasetFile } from '../contract.ts';
import { contentDigest, fileDigest } from '../files/digest.ts';

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
  // What is not gzip, or cut off, has no content to compare.
  const content = contentSha256 && (await contentDigest(path).catch(() => null));
  if (content !== undefined && content === contentSha256) return null;
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
