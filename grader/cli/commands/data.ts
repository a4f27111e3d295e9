import type { Command } from 'commander';
import { resolve } from 'node:path';
import type { CliContext } from '../context.ts';
import type { DataFlags, ExportFlags } from '../data.ts';
import { addProblemsOption } from './problems-option.ts';

export function registerData(program: Command, context: CliContext): void {
  const data = program.command('data').description('fetch, verify, find and export data sets');
  const ofSeveral = (name: string, description: string) =>
    addProblemsOption(
      data
        .command(name)
        .description(description)
        .argument('[problem...]')
        .option('--json', 'print the result as JSON'),
    );
  ofSeveral('fetch', 'bring data sets to this machine: those of the problems named, or all').action(
    async (ids: string[], flags: DataFlags) =>
      (await import('../data.ts')).resolveAll({ ids, flags, offline: false }, context),
  );
  ofSeveral('verify', 'check every file by its SHA-256; downloads nothing').action(
    async (ids: string[], flags: DataFlags) =>
      (await import('../data.ts')).resolveAll({ ids, flags, offline: true }, context),
  );
  ofSeveral('where', 'print the folders of the data sets; downloads nothing').action(
    async (ids: string[], flags: DataFlags) =>
      (await import('../data.ts')).showPlaces(ids, flags, context),
  );
  const exporting = data
    .command('export')
    .description('write the training and validation arrays of a problem as NumPy files')
    .argument('<problem>')
    .argument('<directory>')
    .option('--sample', 'take the generated sample set');
  addProblemsOption(exporting).action(async (id: string, directory: string, flags: ExportFlags) =>
    (await import('../data.ts')).exportProblem(
      { id, directory: resolve(directory), flags },
      context,
    ),
  );
}
