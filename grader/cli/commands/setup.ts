import { Option, type Command } from 'commander';
import type { CliContext } from '../context.ts';
import type { SetupFlags } from '../setup.ts';

export function registerSetup(program: Command, context: CliContext): void {
  program
    .command('setup')
    .description('bring TensorFlow and compile the binding (also done by the first grading)')
    .option('--libtensorflow <dir>', "a folder with TensorFlow's C library and headers")
    .addOption(new Option('--cpu', 'the build without CUDA').conflicts('gpu'))
    .addOption(new Option('--gpu', 'the build with CUDA, about 5 GB'))
    .option('--force', 'make the engine anew')
    .option('--json', 'print the result as JSON')
    .action(async (flags: SetupFlags) => (await import('../setup.ts')).setup(flags, context));
}
