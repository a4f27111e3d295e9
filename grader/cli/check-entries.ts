import { readdir } from 'node:fs/promises';
import { basename, extname, join, resolve } from 'node:path';
import { problemName } from '../../problems/load-problems.ts';
import type { Failure, Problem } from '../contract.ts';
import { GraderError, toFailure } from '../errors.ts';

/** A submission in a folder. */
export interface CheckEntry {
  readonly problem: Problem;
  readonly file: string;
  /** Name of its result folder below `--out`, different for each. */
  readonly folder: string;
}

/**
 * The submissions of a folder, named after their problems or in folders that are. Throws with fault
 * `usage` where there is none.
 */
export async function findEntries(
  directory: string,
  problems: readonly Problem[],
): Promise<CheckEntry[]> {
  const names = await readdir(directory, { withFileTypes: true }).catch((cause: unknown) => {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw usage('check-directory', `${directory} cannot be read: ${reason}.`);
  });
  const found: Found[] = [];
  for (const entry of names) {
    const path = join(directory, entry.name);
    if (entry.isDirectory()) found.push(...(await entriesInFolder(path, problems)));
    else found.push(...entriesFor(path, basename(entry.name, extname(entry.name)), problems));
  }
  // The folder of one problem, given by itself.
  if (found.length === 0) found.push(...(await entriesInFolder(resolve(directory), problems)));
  if (found.length > 0) {
    // Not by what their definitions say: one of them may be broken.
    found.sort((a, b) => problems.indexOf(a.problem) - problems.indexOf(b.problem));
    return withFolders(found);
  }
  const ids = problems.map(problemName).join(', ');
  throw usage(
    'check-empty',
    `${directory} has no file or folder named after a problem. Problems: ${ids}.`,
  );
}

/** A submission whose problem package cannot be read, so that there is no report of it. */
export interface BrokenEntry {
  readonly problem: string;
  readonly file: string;
  readonly failure: Failure;
}

/** Sorts out what cannot be graded whatever is in it. */
export function withoutBroken(entries: readonly CheckEntry[]): {
  readonly whole: readonly CheckEntry[];
  readonly broken: readonly BrokenEntry[];
} {
  const broken: BrokenEntry[] = [];
  const whole = entries.filter(({ problem, file }) => {
    try {
      return problem.definition.id !== '';
    } catch (error) {
      broken.push({ problem: problemName(problem), file, failure: toFailure(error) });
      return false;
    }
  });
  return { whole, broken };
}

type Found = Omit<CheckEntry, 'folder'>;

/** A folder each: `sunspots`, and `sunspots-2` where there is a second submission. */
function withFolders(found: readonly Found[]): CheckEntry[] {
  const counts = new Map<string, number>();
  return found.map(({ problem, file }) => {
    const id = problemName(problem);
    const count = (counts.get(id) ?? 0) + 1;
    counts.set(id, count);
    return { problem, file, folder: count === 1 ? id : `${id}-${count}` };
  });
}

async function entriesInFolder(folder: string, problems: readonly Problem[]): Promise<Found[]> {
  const files = await readdir(folder, { withFileTypes: true });
  const names = files.filter((file) => file.isFile()).map(({ name }) => name);
  return names
    .filter((name) => !belongsToAnother(name, names))
    .flatMap((name) => entriesFor(join(folder, name), basename(folder), problems));
}

/** Weights beside a model.json, the recipe of a model file, and the work of editors. */
function belongsToAnother(name: string, names: readonly string[]): boolean {
  if (name.startsWith('.')) return true;
  if (/\.recipe\.\w+$/.test(name)) return true;
  return names.includes('model.json') && name.endsWith('.bin');
}

function entriesFor(file: string, id: string, problems: readonly Problem[]): Found[] {
  const problem = problems.find((candidate) => problemName(candidate) === id);
  return problem ? [{ problem, file }] : [];
}

function usage(code: string, message: string): GraderError {
  return new GraderError({ fault: 'usage', code, message });
}
