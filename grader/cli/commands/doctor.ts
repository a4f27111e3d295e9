import type { Command } from 'commander';
import type { CliContext } from '../context.ts';
import type { DoctorFlags } from '../doctor.ts';

export function registerDoctor(program: Command, context: CliContext): void {
  program
    .command('doctor')
    .description('say what this machine has for grading, and what it lacks; downloads nothing')
    .option('--verify', "read every byte of TensorFlow's programs and compare hashes")
    .option('--json', 'print the findings as JSON')
    .action(async (flags: DoctorFlags) => (await import('../doctor.ts')).doctor(flags, context));
}
