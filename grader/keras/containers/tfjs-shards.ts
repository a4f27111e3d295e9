import { lstatSync } from 'node:fs';
import { join } from 'node:path';
import { show } from '../../text/show.ts';
import { modelFileLimits } from '../limits.ts';
import { type ByteSource, fileTooLarge, type OpenedBytes, openFile } from './byte-source.ts';
import { reasonOf, type Refusals } from './refusal.ts';
import type { TfjsGroup } from './tfjs-manifest.ts';

/** The shards of a group, one after the other. */
export interface Shards extends ByteSource {
  close(): void;
}

interface ShardFiles {
  readonly folder: string;
  readonly groups: readonly TfjsGroup[];
  readonly jsonBytes: number;
}

/** Opens all shards, by group, once their sizes are what the manifest declares. */
export function openShards(files: ShardFiles, refusals: Refusals): readonly Shards[] {
  const { folder, groups, jsonBytes } = files;
  const sizes = groups.map(({ shards }) => shards.map((name) => sizeOf(folder, name, refusals)));
  const total = sizes.flat().reduce((sum, size) => sum + size, jsonBytes);
  if (total > modelFileLimits.fileBytes) throw fileTooLarge(total, refusals);
  groups.forEach((group, index) => checkSize(group, sum(sizes[index] ?? []), refusals));
  return groups.map(({ shards }) =>
    joined(shards.map((name) => openFile(join(folder, name), refusals))),
  );
}

function sizeOf(folder: string, name: string, refusals: Refusals): number {
  const state = stateOf(folder, name, refusals);
  if (state.isFile()) return state.size;
  throw refusals.candidate(
    'tfjs-shard',
    `its weights lie in ${show(name)}, which is ${state.isSymbolicLink() ? 'a symbolic link' : 'no file'}.`,
    { help: 'Put the files of weights beside the model.json.' },
  );
}

function stateOf(folder: string, name: string, refusals: Refusals) {
  try {
    return lstatSync(join(folder, name));
  } catch (cause) {
    const isMissing = (cause as NodeJS.ErrnoException).code === 'ENOENT';
    throw refusals.candidate(
      'tfjs-shard',
      isMissing
        ? `the file of weights ${show(name)} is missing beside it.`
        : `the file of weights ${show(name)} cannot be opened (${reasonOf(cause)}).`,
      { help: 'Hand in the folder with all files that belong to the model.', cause },
    );
  }
}

function checkSize(group: TfjsGroup, bytes: number, refusals: Refusals): void {
  if (bytes === group.bytes) return;
  throw refusals.candidate(
    'tfjs-shard-size',
    `its weights declare ${group.bytes} bytes in ${show(group.shards.join(', '))}, ` +
      `which ${group.shards.length === 1 ? 'has' : 'have'} ${bytes}.`,
    { help: 'The files do not belong together or are cut short. Save the model again.' },
  );
}

function sum(sizes: readonly number[]): number {
  return sizes.reduce((all, size) => all + size, 0);
}

function joined(files: readonly OpenedBytes[]): Shards {
  return {
    bytes: sum(files.map(({ bytes }) => bytes)),
    read(target, position) {
      let filled = 0;
      let start = 0;
      for (const file of files) {
        const inFile = position + filled - start;
        if (filled < target.length && inFile >= 0 && inFile < file.bytes) {
          filled += file.read(target.subarray(filled), inFile);
        }
        start += file.bytes;
      }
      return filled;
    },
    close: () => files.forEach((file) => file.close()),
  };
}
