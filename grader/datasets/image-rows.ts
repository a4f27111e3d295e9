import { basename } from 'node:path';
import type { LazyArray } from '../contract.ts';
import { GraderError } from '../errors.ts';
import { decodeImage } from './image.ts';
import { type RgbImage, unreadable } from './rgb-image.ts';
import type { ZipEntry } from '../zip/zip-entry.ts';
import { readZip, type ZipMember } from './zip.ts';

/**
 * Pictures of a zip archive as [number of entries, height, width, 3], read and decoded one at a time.
 * Throws a `GraderError` with fault `package` that names the member that cannot be read or has
 * another size than the first; an `Error` when the archive is damaged.
 */
export async function imageRows(archive: string, entries: readonly ZipEntry[]): Promise<LazyArray> {
  const { width, height } = await firstOf(archive, entries);
  return {
    dtype: 'uint8',
    shape: [entries.length, height, width, 3],
    async *blocks() {
      for await (const member of readZip(archive, entries)) {
        const image = await decodeMember(archive, member);
        if (image.width !== width || image.height !== height) {
          const first = entries[0]?.name ?? '';
          const what = `${image.width}x${image.height} pixels, but ${first} has ${width}x${height}`;
          throw inMember({ archive, member, what, help: 'Make all pictures of one size.' });
        }
        yield image.data;
      }
    },
  };
}

async function firstOf(archive: string, entries: readonly ZipEntry[]): Promise<RgbImage> {
  for await (const member of readZip(archive, entries.slice(0, 1))) {
    return decodeMember(archive, member);
  }
  throw new Error(`${basename(archive)}: no picture`);
}

async function decodeMember(archive: string, member: ZipMember): Promise<RgbImage> {
  try {
    return await decodeImage(member.content);
  } catch (error) {
    if (!(error instanceof GraderError)) throw error;
    const { message, help = '' } = error.failure;
    throw inMember({ archive, member, what: message, help }, error);
  }
}

interface Unread {
  readonly archive: string;
  readonly member: ZipMember;
  readonly what: string;
  readonly help: string;
}

function inMember({ archive, member, what, help }: Unread, cause?: unknown): GraderError {
  return unreadable(
    `${basename(archive)}, ${member.name}: ${what}.`,
    `The submission is not at fault. ${help}`,
    cause,
  );
}
