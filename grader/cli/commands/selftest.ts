import type { Command } from 'commander';
import type { CliContext } from '../context.ts';
import { upTo64 } from '../numbers.ts';
import type { SelftestFlags } from '../selftest.ts';

export function registerSelftest(program: Command, context: CliContext): void {
  const command = program
    .command('selftest')
    .summary('attack this grader on this machine, and say what held')
    .description(
      'Does to this grader, on this machine, what hostile recipes and model files would, and says for ' +
        'each attack what held it. Exit code 0: all that should hold held, 6: something did not.',
    )
    .option('--attacks', 'run the attacks; it takes a few minutes')
    .option(
      '--only <text...>',
      'those alone whose kind and name, "recipe: loop", hold one of these',
    )
    .option('--jobs <n>', 'attacks at once', upTo64, 2)
    .option('--json', 'print the outcomes as JSON on stdout');
  command.action(async (flags: SelftestFlags) => {
    if (flags.attacks) await (await import('../selftest.ts')).selftest(flags, context);
    else context.screen.print(command.helpInformation());
  });
}
