import type { Command } from 'commander';
import type { CliContext } from '../context.ts';
import type { KeyFlags } from '../key.ts';

export function registerKey(program: Command, context: CliContext): void {
  const command = program.command('key').description('the key that signs the results of exams');
  const named = 'the private key (default: GRADER_SIGNING_KEY, else in the folder of settings)';
  command
    .command('show', { isDefault: true })
    .summary('print the public key (`grader key` alone does so)')
    .description(
      'Prints the public key in PEM on stdout, for those who check results, and its fingerprint on stderr.',
    )
    .option('--key <file>', named)
    .action(async (flags: KeyFlags) => (await import('../key.ts')).showKey(flags, context));
  command
    .command('new')
    .description('make a private key, which never replaces one, and print the public one')
    .option('--key <file>', named)
    .action(async (flags: KeyFlags) => (await import('../key.ts')).newKey(flags, context));
}
