import { existsSync } from 'node:fs';
import { copyFile, mkdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { problems } from '../../../problems/index.ts';
import { problemName } from '../../../problems/load-problems.ts';
import type { Task } from '../../contract/task.ts';
import { usageError } from '../../errors.ts';
import { fileDigest } from '../../files/digest.ts';
import { temporaryFolder } from '../../files/temporary.ts';
import { packageRoot } from '../../package-root.ts';
import { firstDefinition, type ListedFile } from './first-definition.ts';
import { madeUpData } from './made-up-data.ts';
import { textFills } from './text-fills.ts';

interface NewProblem {
  readonly id: string;
  readonly task: Task;
  /** The folder in which the package's own is made. */
  readonly parent: string;
  /** Files of its data set, copied to its `data/`; without any it begins with made-up numbers. */
  readonly files: readonly string[];
}

/**
 * Makes the folder of a new problem, whole or not at all, and answers its path and what is in it. Throws
 * fault `usage` where it has no good name, is there already, or a file is none.
 */
export async function newProblem(
  request: NewProblem,
): Promise<{ readonly directory: string; readonly files: readonly string[] }> {
  const directory = join(request.parent, request.id);
  checkName(request.id);
  if (existsSync(directory)) throw usageError('problem-there', `${directory} is there already.`);
  await checkFiles(request.files);
  await mkdir(request.parent, { recursive: true });
  const scratch = temporaryFolder('problem', request.parent);
  try {
    const made = join(scratch, request.id);
    const files = await writeInto(made, request);
    await rename(made, directory);
    return { directory, files };
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}

function checkName(id: string): void {
  if (problems.some((problem) => problemName(problem) === id)) {
    throw usageError(
      'problem-name',
      `The grader has a problem "${id}" of its own.`,
      'Take another name.',
    );
  }
  if (/^[A-Za-z0-9][A-Za-z0-9._-]*$/.test(id) && id.length <= 60) return;
  throw usageError(
    'problem-name',
    `A problem's name is made of a to z, A to Z, 0 to 9, ".", "_" and "-", begins with none of these three and has 60 characters at most, got "${id}".`,
  );
}

async function checkFiles(files: readonly string[]): Promise<void> {
  const names = files.map((file) => basename(file));
  for (const [at, file] of files.entries()) {
    const isFile = (await stat(file).catch(() => null))?.isFile() ?? false;
    if (!isFile) throw usageError('no-file', `${file} is no file.`);
    const name = names[at] ?? '';
    if (names.indexOf(name) !== at) throw usageError('no-file', `Two files have the name ${name}.`);
    if (/^[A-Za-z0-9][A-Za-z0-9._-]*$/.test(name)) continue;
    throw usageError(
      'no-file',
      `${file}: rename it with a to z, A to Z, 0 to 9, ".", "_" and "-" alone.`,
    );
  }
}

async function writeInto(folder: string, { id, task, files }: NewProblem): Promise<string[]> {
  const data = join(folder, 'data');
  await mkdir(data, { recursive: true });
  for (const file of files) await copyFile(file, join(data, basename(file)));
  if (files.length === 0) await writeFile(join(data, madeUpName(task)), madeUpData(task));
  const names = files.length === 0 ? [madeUpName(task)] : files.map((file) => basename(file));
  const listed = await Promise.all(names.map((name) => listedFile(data, name)));
  const definition = JSON.stringify(firstDefinition(id, task, listed), null, 2);
  const fills = textFills(task, names[0] ?? '');
  const texts: Record<string, string> = {
    'problem.json': `${compact(definition)}\n`,
    'data.ts': await template(task === 'forecast' ? 'series.data.ts' : 'rows.data.ts', fills),
    'statement.md': await template('statement.md', { classLine: fills.classLine }),
    'starter.ts': await template('starter.ts', fills),
    'reference.ts': await template('reference.ts', fills),
  };
  for (const [name, text] of Object.entries(texts)) await writeFile(join(folder, name), text);
  return [...Object.keys(texts), ...names.map((name) => `data/${name}`)];
}

/** Lists of numbers on one line. */
function compact(json: string): string {
  return json.replace(
    /\[\s+([\d,\s]+?)\s+\]/g,
    (_, sizes: string) => `[${sizes.replace(/\s+/g, ' ')}]`,
  );
}

function madeUpName(task: Task): string {
  return task === 'forecast' ? 'series.csv' : 'rows.csv';
}

async function listedFile(folder: string, name: string): Promise<ListedFile> {
  const path = join(folder, name);
  return { name, bytes: (await stat(path)).size, sha256: await fileDigest(path) };
}

/** Three braces are filled now; two are a statement's own, filled when it is shown. */
async function template(name: string, fills: Readonly<Record<string, string>>): Promise<string> {
  const folder = join(packageRoot, 'grader/authoring/scaffold/templates');
  const text = await readFile(join(folder, `${name}.txt`), 'utf8');
  return text.replace(/\{\{\{(\w+)\}\}\}/g, (_, key: string) => fills[key] ?? '');
}
