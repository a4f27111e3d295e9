import { InvalidArgumentError, type Command } from 'commander';
import { resultsFolder } from '../../results/results-folder.ts';
import type { CacheFlags, PruneFlags } from '../cache.ts';
import type { CliContext } from '../context.ts';

export function registerCache(program: Command, context: CliContext): void {
  const command = program
    .command('cache')
    .description('show what the grader keeps on disk, and prune it');
  command
    .command('show', { isDefault: true })
    .description(
      'list TensorFlow, data sets, prepared data, compiled code, downloads that broke off, what was left over ' +
        'and results, with what `cache prune` would remove (`grader cache` alone does so)',
    )
    .option('--results-dir <dir>', 'the folder of results', resultsFolder)
    .option('--json', 'print what was found as JSON')
    .action(async (flags: CacheFlags) => (await import('../cache.ts')).showCache(flags, context));
  command
    .command('prune')
    .summary('remove what is old or left over')
    .description(
      'Removes what processes that are gone have left, and what has not been used for 30 days and is of other ' +
        'versions or prepared from data sets. TensorFlow, data sets and results stay unless asked for; what a ' +
        'running grading uses, links, and what belongs to other users always stay. Exit code 6: something ' +
        'could not be removed.',
    )
    .option('--all', 'also what the next grading brings again: TensorFlow, data sets; of any age')
    .option('--older-than <age>', 'only what was last used so long ago: 30d, 12h, 2w', age)
    .option('--results', 'also old results')
    .option('--results-dir <dir>', 'the folder of results', resultsFolder)
    .option('--dry-run', 'remove nothing, and say what would go')
    .option('--json', 'print what was removed as JSON')
    .action(async (flags: PruneFlags) => (await import('../cache.ts')).pruneCache(flags, context));
}

const hourMilliseconds = 3_600_000;
const units: Readonly<Record<string, number>> = { h: 1, d: 24, w: 168 };

/** Milliseconds of `30d`. */
function age(text: string): number {
  const [, count = '', unit = ''] = /^(\d{1,5})([hdw])$/.exec(text) ?? [];
  const hours = units[unit];
  if (hours !== undefined) return Number(count) * hours * hourMilliseconds;
  throw new InvalidArgumentError(`Expected an age such as 30d, 12h or 2w, got "${text}".`);
}
