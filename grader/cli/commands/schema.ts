import { Argument, type Command } from 'commander';
import type { CliContext } from '../context.ts';
import type { SchemaName } from '../schema.ts';

export function registerSchema(program: Command, context: CliContext): void {
  program
    .command('schema')
    .description('print the JSON schema of what programs read of this one')
    .addArgument(
      new Argument('<name>', 'a report.json, check --json, or a line of --progress json').choices([
        'report',
        'check',
        'progress',
      ]),
    )
    .action(async (name: SchemaName) => (await import('../schema.ts')).printSchema(name, context));
}
