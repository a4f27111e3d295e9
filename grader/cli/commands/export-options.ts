import type { Command } from 'commander';
import { exportFormats } from '../../report/export-formats.ts';

export function addExportOptions(command: Command): Command {
  for (const [name, { help }] of Object.entries(exportFormats)) {
    command.option(`--${name} <file>`, help);
  }
  return command;
}
