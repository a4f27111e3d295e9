import type { Command } from 'commander';

export function addProblemsOption(command: Command): Command {
  return command.option(
    '--problems <dir>',
    'a folder of more problems: a problem package, or one in each of its folders',
  );
}
