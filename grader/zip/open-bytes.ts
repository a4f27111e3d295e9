import { open } from 'node:fs/promises';
import type { ByteReader } from './read-entry.ts';

/** An archive whose bytes are read where they lie; whoever opens it closes it. */
export async function openBytes(path: string): Promise<ByteReader & { close(): Promise<void> }> {
  const file = await open(path, 'r');
  return {
    read: async (target, position) =>
      (await file.read(target, 0, target.length, position)).bytesRead,
    close: () => file.close(),
  };
}
