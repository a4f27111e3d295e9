import type { Command } from 'commander';
import type { CliContext } from '../context.ts';
import type { VerifyFlags } from '../verify.ts';

export function registerVerify(program: Command, context: CliContext): void {
  program
    .command('verify')
    .summary('whether signed results are as they were signed')
    .description(
      "Checks a sitting's folder, a result in it, its records.jsonl, its certificate.html, or a file with the text of " +
        "a certificate's QR code by the public key of whoever graded. Works offline. Exit code 0: all is as it was " +
        'signed; 1: something was changed, deleted or added, or the sitting is not closed; 2: wrong usage.',
    )
    .argument('<path>', 'the file or folder')
    .requiredOption('--key <file>', 'the public key in PEM, as `grader key show` prints it')
    .option('--json', 'print {"path", "kind", "good", "key", "records", "discrepancies"} on stdout')
    .action(async (path: string, flags: VerifyFlags) =>
      (await import('../verify.ts')).verify(path, flags, context),
    );
}
