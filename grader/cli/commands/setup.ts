import { Option, type Command } from 'commander';
import type { CliContext } from '../context.ts';
import type { SetupFlags } from '../setup.ts';

export function registerSetup(program: Command, context: CliContext): void {
  program
    .command('setup')
    .description('bring TensorFlow and compile the binding (also done by the first grading)')
    .option('--libtensorflow <dir>', "a folder with TensorFlow's C library and headers")
    .addOption(
      new Option('--wheel <file>', "TensorFlow's wheel, already fetched").conflicts(
        'libtensorflow',
      ),
    )
    .option(
      '--offline',
      'fetch nothing; says what is missing and where to put it (GRADER_OFFLINE=1)',
    )
    .option('--cache-key', 'print the key by which a CI system keeps the engine, and do nothing')
    .addOption(new Option('--cpu', 'the build without CUDA').conflicts('gpu'))
    .addOption(new Option('--gpu', 'the build with CUDA, about 5 GB'))
    .option('--force', 'make the engine anew')
    .option('--json', 'print the result as JSON')
    .action(async (flags: SetupFlags) => (await import('../setup.ts')).setup(flags, context));
}
