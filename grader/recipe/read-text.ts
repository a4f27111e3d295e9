import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { GraderError } from '../errors.ts';
import { clean } from '../text/show.ts';

/**
 * The text of a submission, its byte order mark removed. Throws a `GraderError` with fault `limit`
 * above `limitBytes`, before anything is read, and `candidate` where it is not UTF-8.
 */
export async function readText(
  { path, size }: { readonly path: string; readonly size: number },
  limitBytes: number,
): Promise<string> {
  const name = clean(basename(path), 80);
  if (size > limitBytes) {
    throw new GraderError({
      fault: 'limit',
      code: 'source-too-large',
      message: `${name} has ${size} bytes; a recipe may have ${limitBytes}.`,
    });
  }
  const bytes = await readFile(path);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (cause) {
    throw new GraderError(
      {
        fault: 'candidate',
        code: 'not-utf-8',
        message: `${name} is not UTF-8 text.`,
        help: 'Save it as UTF-8 in the editor.',
      },
      { cause },
    );
  }
}
