import { createHash } from 'node:crypto';
import type { FileHandle } from 'node:fs/promises';
import { open, stat } from 'node:fs/promises';
import { basename } from 'node:path';
import type { Submission } from '../contract.ts';
import { GraderError } from '../errors.ts';
import { maxRecipeBytes, normaliseRecipe } from '../recipe/normalise.ts';
import { clean } from '../recipe/show.ts';
import type { OpenContext, SubmissionFormat } from './format.ts';
import { formats } from './formats.ts';
import { refusals } from './refusals.ts';

const headBytes = 4096;

/**
 * Opens what a candidate hands in: tells its format by content first, reads it, and makes a validated
 * recipe of it. Throws a `GraderError`: `usage` where there is no such file, `candidate` or `limit`
 * for what is wrong with it.
 */
export async function openSubmission(file: string, context: OpenContext = {}): Promise<Submission> {
  await checkIsFile(file);
  const handle = await open(file).catch((cause: unknown) => {
    throw unreadable(file, cause);
  });
  try {
    const format = await findFormat(file, handle);
    const bytes = await readAll(file, handle);
    const opened = await format.open({ path: file, bytes }, context);
    const { recipe, notes } = normaliseRecipe(opened.document);
    return {
      file,
      sha256: createHash('sha256').update(bytes).digest('hex'),
      format: format.id,
      recipe,
      notes: [...opened.notes, ...notes],
    };
  } finally {
    await handle.close();
  }
}

/** Throws with fault `usage` where the name is not that of a readable regular file. */
export async function checkIsFile(file: string): Promise<void> {
  const found = await stat(file).catch((cause: unknown) => {
    throw unreadable(file, cause);
  });
  if (found.isFile()) return;
  const what = found.isDirectory() ? 'a folder' : 'not a regular file';
  throw new GraderError({
    fault: 'usage',
    code: 'not-a-file',
    message: `${file} is ${what}; a submission is one file.`,
    help: 'Name the recipe itself, such as sunspots.ts.',
  });
}

function unreadable(file: string, cause: unknown): GraderError {
  const code = (cause as NodeJS.ErrnoException).code ?? 'unknown error';
  const missing = code === 'ENOENT' || code === 'ENOTDIR';
  return new GraderError(
    {
      fault: 'usage',
      code: missing ? 'no-such-file' : 'unreadable-file',
      message: missing ? `There is no file ${file}.` : `${file} cannot be read (${code}).`,
    },
    { cause },
  );
}

async function findFormat(file: string, handle: FileHandle): Promise<SubmissionFormat> {
  const name = basename(file);
  const { bytesRead, buffer } = await handle.read(Buffer.alloc(headBytes), 0, headBytes, 0);
  const start = { name, head: buffer.subarray(0, bytesRead) };
  if (/^\s*$/.test(start.head.toString('utf8')) && bytesRead < headBytes) {
    throw invalid(
      'empty-file',
      `${clean(name, 80)} is empty.`,
      'Save the recipe, then hand it in.',
    );
  }
  const refusal = refusals.find((each) => each.matches(start));
  if (refusal) throw invalid(refusal.code, `${clean(name, 80)} is ${refusal.what}.`, refusal.help);
  const format = formats.find((each) => each.matches(start));
  if (format) return format;
  const known = formats.map((each) => `${each.title} (${each.extensions.join(', ')})`).join('; ');
  throw invalid(
    'unknown-format',
    `${clean(name, 80)} is in no known format.`,
    `Formats: ${known}.`,
  );
}

/** Formats have limits of their own; this one keeps a huge file out of memory. */
async function readAll(file: string, handle: FileHandle): Promise<Uint8Array> {
  const { size } = await handle.stat();
  if (size > maxRecipeBytes) {
    throw new GraderError({
      fault: 'limit',
      code: 'source-too-large',
      message: `${clean(basename(file), 80)} has ${size} bytes; a submission may have ${maxRecipeBytes}.`,
    });
  }
  const buffer = Buffer.alloc(size);
  const { bytesRead } = await handle.read(buffer, 0, size, 0);
  return buffer.subarray(0, bytesRead);
}

function invalid(code: string, message: string, help: string): GraderError {
  return new GraderError({ fault: 'candidate', code, message, help });
}
