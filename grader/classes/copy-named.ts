import { constants } from 'node:fs';
import { copyFile, readdir, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { temporaryFolder } from '../files/temporary.ts';
import { stemOf } from './problem-names.ts';

/**
 * Copies a submission under another name, so that no message about it has its own: with the recipe and the
 * weights that lie beside it for it. `remove` removes the copy.
 */
export async function copyNamed(
  file: string,
  name: string,
): Promise<{ readonly file: string; readonly remove: () => Promise<void> }> {
  const folder = temporaryFolder('hidden');
  const remove = () => rm(folder, { recursive: true, force: true });
  const [from, own] = [dirname(file), basename(file)];
  const copy = (source: string, target: string) =>
    copyFile(join(from, source), join(folder, target), constants.COPYFILE_FICLONE);
  try {
    await copy(own, name);
    for (const other of await readdir(from)) {
      const recipe = `${stemOf(own)}.recipe.`;
      if (other.startsWith(recipe)) {
        await copy(other, `${stemOf(name)}.recipe.${other.slice(recipe.length)}`);
      } else if (own.endsWith('.json') && other.endsWith('.bin')) {
        await copy(other, other);
      }
    }
    return { file: join(folder, name), remove };
  } catch (error) {
    await remove();
    throw error;
  }
}
