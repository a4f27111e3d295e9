import { join } from 'node:path';
import { holderOf } from '../files/claim.ts';
import { isResult } from '../results/result-directory.ts';
import { namesIn, storedAt, type Stored } from './stored.ts';

/** The result folders of a folder; what else lies in them is somebody's and keeps them. */
export async function findResults(folder: string): Promise<readonly Stored[]> {
  const found: Stored[] = [];
  for (const name of await namesIn(folder)) {
    const path = join(folder, name);
    const present = await namesIn(path);
    if (!present.includes('report.json')) continue;
    const own = isResult(present) ? null : 'other files lie in it';
    const held = (await holderOf(path)) ? 'being written' : own;
    const stored = await storedAt({ kind: 'result', name, path, held });
    if (stored) found.push(stored);
  }
  return found;
}
