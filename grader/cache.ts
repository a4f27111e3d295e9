import { homedir } from 'node:os';
import { join } from 'node:path';

/** The user's cache folder for this program: `GRADER_CACHE`, else below `XDG_CACHE_HOME` or `~/.cache`. */
export function cacheRoot(): string {
  const own = process.env['GRADER_CACHE'];
  if (own) return own;
  return join(process.env['XDG_CACHE_HOME'] || join(homedir(), '.cache'), 'exam-grader');
}
