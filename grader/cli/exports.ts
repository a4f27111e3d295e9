import { realpathSync } from 'node:fs';
import { mkdir, stat, writeFile } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import type { Roster } from '../contract/hand-in.ts';
import { usageError } from '../errors.ts';
import { writeWhole } from '../files/atomic.ts';
import type { Graded } from '../grade/grade-to-folder.ts';
import type { ExportFormat, Outcomes } from '../report/export-format.ts';
import { exportFormats } from '../report/export-formats.ts';
import { resultNotWritten } from '../results/result-directory.ts';

/** Files by the names of their formats. */
export type ExportFlags = { readonly [Name in keyof typeof exportFormats]?: string };

/** Throws fault `usage` where something is asked for that cannot be written with this roster. */
export function checkExports(flags: ExportFlags, roster: Roster | null): void {
  for (const { format } of askedFor(flags)) format.check?.(roster);
}

/** Of a single grading: throws what both checks throw. */
export async function checkExportsOfOne(
  flags: ExportFlags,
  others: readonly string[],
): Promise<void> {
  checkExports(flags, null);
  await checkExportFiles(flags, others);
}

/**
 * Throws fault `usage` where two files that are asked for are one, and where one is a folder or would replace
 * something that the grading reads or writes.
 */
export async function checkExportFiles(
  flags: ExportFlags,
  others: readonly string[],
): Promise<void> {
  const taken = new Map(others.map((file) => [realOf(file), 'what this command reads or writes']));
  for (const { name, file } of askedFor(flags)) {
    const found = await stat(file).catch(() => null);
    // Such as /dev/stdout.
    if (found && !found.isFile() && !found.isDirectory()) continue;
    const what = found?.isDirectory() ? 'a folder' : taken.get(realOf(file));
    if (what !== undefined) {
      throw usageError('export-file', `--${name} ${file} is ${what}.`, 'Name another file.');
    }
    taken.set(realOf(file), `the file of --${name}`);
  }
}

/** Where a file lies or would lie, whatever links lead there. */
function realOf(file: string): string {
  try {
    return realpathSync(file);
  } catch {
    // It is not there yet.
    const folder = dirname(resolve(file));
    return join(folder === resolve(file) ? folder : realOf(folder), basename(file));
  }
}

/** The files that are asked for. */
export function exportFiles(flags: ExportFlags): readonly string[] {
  return askedFor(flags).map(({ file }) => file);
}

/**
 * Writes what was asked for, each file whole or not at all; what keeps one from being written is thrown
 * when the others are. Throws fault `machine` where a file cannot be written, and what `render` throws.
 */
export async function writeExports(flags: ExportFlags, outcomes: Outcomes): Promise<void> {
  const failures: unknown[] = [];
  for (const { file, format } of askedFor(flags)) {
    try {
      await writeAsked(file, await format.render(outcomes));
    } catch (error) {
      failures.push(error);
    }
  }
  if (failures.length > 0) throw failures[0];
}

interface Asked {
  readonly name: string;
  readonly file: string;
  readonly format: ExportFormat;
}

function askedFor(flags: ExportFlags): Asked[] {
  const files: Readonly<Record<string, string | undefined>> = flags;
  return Object.entries<ExportFormat>(exportFormats).flatMap(([name, format]) => {
    const file = files[name];
    return file === undefined ? [] : [{ name, file, format }];
  });
}

/** What came of a single grading. */
export function outcomesOfOne({ report, directory }: Graded): Outcomes {
  const { file } = report.submission;
  return {
    graded: [{ report, name: file, cameAs: file, handIn: null, reportFile: 'report.html' }],
    ...{ ungraded: [], absent: [], roster: null },
    problems: [report.problem],
    minPoints: report.problem.passMark,
    results: directory,
  };
}

/** Writes a file that a flag names, with its folder. Throws fault `machine` where it cannot be. */
export async function writeAsked(file: string, content: string | Uint8Array): Promise<void> {
  try {
    await mkdir(dirname(file), { recursive: true });
    const known = await stat(file).catch(() => null);
    // What is no file, such as /dev/stdout, is not replaced.
    if (known && !known.isFile() && !known.isDirectory()) await writeFile(file, content);
    else await writeWhole(file, content);
  } catch (cause) {
    throw resultNotWritten(file, cause);
  }
}
