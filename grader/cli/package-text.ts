import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Problem } from '../contract.ts';
import { GraderError } from '../errors.ts';

/** A text that every package has. Throws fault `package` where it is not there. */
export async function packageText(
  { directory }: Problem,
  name: 'statement.md' | 'starter.ts',
): Promise<string> {
  const path = join(directory, name);
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
