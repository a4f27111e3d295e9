import { open, stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { GraderError, candidateError } from '../errors.ts';
import { clean } from '../text/show.ts';
import { formatTitles, headBytes, type FileStart, type SubmissionFormat } from './format.ts';
import { formats } from './formats.ts';
import { textOf } from './magic.ts';
import { isTooSmall, refusals, saveIt } from './refusals.ts';

/**
 * The format of a file, by its content first. Throws fault `candidate` for one that is handed in by
 * mistake and says what it is.
 */
export async function findFormat(file: string): Promise<SubmissionFormat> {
  const start = await readStart(file);
  const name = clean(start.name, 80);
  if (isTooSmall(start)) {
    throw candidateError(
      'no-model-inside',
      `${name} has ${start.size} bytes, too few for a model.`,
      `It was not written to its end, or is a placeholder. ${saveIt}`,
    );
  }
  if (start.size < headBytes && /^\s*$/.test(textOf(start.head))) {
    throw candidateError('empty-file', `${name} is empty.`, 'Save it again, then hand it in.');
  }
  const refusal = refusals.find((each) => each.matches(start));
  if (refusal) throw candidateError(refusal.code, `${name} is ${refusal.what}.`, refusal.help);
  const format = formats.find((each) => each.matches(start));
  if (format) return format;
  const known = formats.flatMap(({ ids, extensions }) =>
    ids.map((id) => `${formatTitles[id]} (${extensions.join(', ')})`),
  );
  throw candidateError(
    'unknown-format',
    `${name} is in no known format.`,
    `Formats: ${known.join('; ')}.`,
  );
}

async function readStart(file: string): Promise<FileStart> {
  const handle = await open(file).catch((cause: unknown) => {
    throw unreadable(file, cause);
  });
  try {
    const { size } = await handle.stat();
    const { bytesRead, buffer } = await handle.read(Buffer.alloc(headBytes), 0, headBytes, 0);
    const head = buffer.subarray(0, bytesRead);
    return { name: basename(file), size, head, isJson: beginsAsJson(textOf(head)) };
  } finally {
    await handle.close();
  }
}

/** As an object with members, which a program in braces has not. */
function beginsAsJson(head: string): boolean {
  return /^\uFEFF?\s*\{\s*(["}]|$)/.test(head);
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
    help: found.isDirectory() ? await folderAdvice(file) : 'Name the file itself.',
  });
}

async function folderAdvice(folder: string): Promise<string> {
  const has = (name: string) =>
    stat(`${folder}/${name}`).then(
      (found) => found.isFile(),
      () => false,
    );
  if (await has('saved_model.pb')) {
    return 'It is a SavedModel: load it with Keras and save the model as one file, model.keras or model.h5.';
  }
  if (await has('model.json')) return `Name the model in it: ${folder}/model.json.`;
  return 'Name the file itself, such as sunspots.h5 or sunspots.ts.';
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
