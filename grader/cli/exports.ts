import type { Command } from 'commander';
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { Outcomes } from '../report/export-format.ts';
import { exportFormats } from '../report/export-formats.ts';
import { resultNotWritten } from '../results/result-directory.ts';

/** Files by the names of their formats. */
export type ExportFlags = { readonly [Name in keyof typeof exportFormats]?: string };

export function addExportOptions(command: Command): Command {
  for (const [name, { help }] of Object.entries(exportFormats)) {
    command.option(`--${name} <file>`, help);
  }
  return command;
}

/** Writes what was asked for. Throws fault `machine` where a file cannot be written. */
export async function writeExports(flags: ExportFlags, outcomes: Outcomes): Promise<void> {
  const files: Readonly<Record<string, string | undefined>> = flags;
  for (const [name, { render }] of Object.entries(exportFormats)) {
    const file = files[name];
    if (file !== undefined) await writeAsked(file, render(outcomes));
  }
}

/** Writes a file that a flag names, with its folder. Throws fault `machine` where it cannot be. */
export async function writeAsked(file: string, text: string): Promise<void> {
  await mkdir(dirname(file), { recursive: true })
    .then(() => writeFile(file, text))
    .catch((cause: unknown) => {
      throw resultNotWritten(file, cause);
    });
}
