import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';

/** A program in the user's path, or in the system's folders where that has none; null where it is not. */
export function findProgram(name: string): string | null {
  const folders = [...(process.env['PATH'] ?? '').split(delimiter), '/usr/bin', '/bin'];
  const paths = folders.filter((each) => each.startsWith('/')).map((each) => join(each, name));
  return paths.find(isProgram) ?? null;
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
