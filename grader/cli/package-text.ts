import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Problem } from '../contract.ts';
import { GraderError } from '../errors.ts';
import type { Language } from '../words/words.ts';

/**
 * A text that every package has, in a language where the package has it in that one (`statement.ko.md`),
 * else in English. Throws fault `package` where it is not there.
 */
export async function packageText(
  { directory }: Problem,
  name: 'statement.md' | 'starter.ts' | 'starter.py',
  language: Language,
): Promise<string> {
  const own = join(directory, name.replace('.', `.${language}.`));
  const path = existsSync(own) ? own : join(directory, name);
  try {
    return await readFile(path, 'utf8');
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new GraderError(
      {
        fault: 'package',
        code: 'problem-text',
        message: `${path} cannot be read: ${reason}.`,
        help: 'Correct the problem package.',
      },
      { cause },
    );
  }
}
