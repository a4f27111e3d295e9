import { constants } from 'node:fs';
import { open } from 'node:fs/promises';
import type { Attempt } from '../contract.ts';
import { isAttempt } from '../report/schema.ts';

/** Why a file holds no attempt that can be read. */
export type Unread = 'no-report' | 'foreign' | 'broken' | 'too-large' | 'newer' | 'other-parts';

/** No report of ours comes near: most have some ten kilobytes. */
const largest = 64 * 2 ** 20;

/** The attempt in a `report.json`, or why there is none. Never throws. */
export async function readAttempt(path: string): Promise<Attempt | Unread> {
  const content = await readWhole(path);
  if (typeof content === 'string') return content;
  try {
    return attemptOf(JSON.parse(content.toString()));
  } catch {
    return 'broken';
  }
}

function attemptOf(value: unknown): Attempt | Unread {
  if (typeof value !== 'object' || value === null) return 'foreign';
  if (!('format' in value) || value.format !== 'grade-report') return 'foreign';
  if (!('version' in value) || value.version !== 1) return 'newer';
  return isAttempt(value) ? value : 'other-parts';
}

async function readWhole(path: string): Promise<Buffer | Unread> {
  // Opening a pipe would wait for its other end.
  const flags = constants.O_RDONLY | constants.O_NONBLOCK;
  const handle = await open(path, flags).catch(() => null);
  if (handle === null) return 'no-report';
  try {
    const status = await handle.stat();
    if (!status.isFile()) return 'foreign';
    return status.size > largest ? 'too-large' : await handle.readFile();
  } catch {
    return 'broken';
  } finally {
    await handle.close();
  }
}
