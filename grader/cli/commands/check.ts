import type { Command } from 'commander';
import { join } from 'node:path';
import { packageRoot } from '../../package-root.ts';
import type { CheckOptions } from '../check-options.ts';
import type { CliContext } from '../context.ts';
import { pointsNumber, upTo64 } from '../numbers.ts';
import { addGradeOptions } from './grade-options.ts';

export function registerCheck(program: Command, context: CliContext): void {
  const command = program
    .command('check')
    .summary('grade every submission of a folder, for CI')
    .description(
      'Grades every submission of a folder and of its folders, such as one for each student. Its ' +
        "problem is in its file's name (sunspots.ts, anna_123_sunspots-v2.h5) or in that of a folder " +
        'that it lies in (sunspots/anna.keras). What is not graded is named with the reason.',
    )
    .argument(
      '[dir]',
      "the folder, or a learning platform's download as it is, also the .zip itself (default: the reference solutions)",
    )
    .option('--problem <id>', 'the problem of every file whose name says none')
    .option('--min-points <n>', 'how many points each must reach', pointsNumber, 5)
    .option(
      '--jobs <n>',
      'submissions at once; the cores are shared among them unless --threads says otherwise. ' +
        'Each takes 0.5 to 1 GB of memory, large models more',
      upTo64,
      1,
    )
    .option('--out <dir>', 'where the results go, a folder each (default: results/)')
    .option(
      '--roster <csv>',
      "who was to hand in: Canvas's gradebook, Moodle's grading worksheet, or a list with names, ids or addresses",
    )
    .option(
      '--deadline <time>',
      'flag what came later: 2026-11-30T18:00+09:00, or without a zone in local time',
    )
    .option(
      '--time-budget <time>',
      'begin nothing that would not end within 5400 (seconds), 90m or 2h; what does not fit is named',
    )
    .option(
      '--anonymous',
      'hide names, on the screen as in all results; what goes back to a platform (--canvas, --moodle, --zip) has them',
    )
    .option(
      '--resume',
      'with --out: keep whole results there of the same file, problem and settings',
    )
    .option(
      '--json',
      'print {"reports": [...], "notGraded": [...], "handIns": [...], "absent": [...], "notOnRoster": [...]} on stdout',
    )
    .addHelpText('after', exitCodes);
  addGradeOptions(command).action(async (directory: string | undefined, options: CheckOptions) =>
    (await import('../check.ts')).check(
      directory ?? join(packageRoot, 'solutions'),
      options,
      context,
    ),
  );
}

const exitCodes = `
Exit codes:
  0 each has reached the points
  1 one has not, is refused, may be a submission and is not graded, or did not fit into the time
  2 wrong usage      5 a problem package at fault
  130 interrupted    6 machine or grader at fault`;
