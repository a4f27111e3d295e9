import { createWriteStream } from 'node:fs';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { openBytes } from '../../zip/open-bytes.ts';
import { readEntry } from '../../zip/read-entry.ts';
import { surveyEntries } from '../../zip/survey-entries.ts';
import { ZipFault } from '../../zip/zip-fault.ts';
import type { ArchiveAnswer, ArchiveJob, Member, RefusedMember } from './archive-job.ts';

/** Unpacks a zip archive into numbered files. Throws a `ZipFault` for what concerns all of it. */
export async function unpackZip({ path, scratch, limits }: ArchiveJob): Promise<ArchiveAnswer> {
  const { entries, refused: unfit } = await surveyEntries(path, {
    maxEntries: limits.members,
    maxBytes: limits.totalBytes,
    maxEntryBytes: limits.memberBytes,
    maxRatio: limits.ratio,
    maxNameLength: limits.nameLength,
  });
  const members: Member[] = [];
  const refused: RefusedMember[] = unfit.map(({ name, fault }) => refusal(name, fault));
  const file = await openBytes(path);
  try {
    for (const [number, entry] of entries.entries()) {
      const { name, changedAt } = entry;
      try {
        await pipeline(readEntry(file, entry), createWriteStream(join(scratch, String(number))));
        members.push({ name, number, changedAt });
      } catch (error) {
        if (!(error instanceof ZipFault)) throw error;
        refused.push(refusal(name, error));
      }
    }
  } finally {
    await file.close();
  }
  return { members, refused };
}

function refusal(name: string, { kind, message }: ZipFault): RefusedMember {
  return { name, kind, reason: message };
}
