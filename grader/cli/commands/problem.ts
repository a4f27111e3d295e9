import { Option, type Command } from 'commander';
import { taskNames } from '../../contract/task.ts';
import type { CliContext } from '../context.ts';
import { upTo64 } from '../numbers.ts';
import type { NewFlags, ProblemFlags } from '../problem.ts';
import type { CalibrateFlags, ReferenceFlags } from '../problem-measures.ts';

export function registerProblem(program: Command, context: CliContext): void {
  const problem = program
    .command('problem')
    .description('make a problem package, check it, and measure what its thresholds are worth');
  registerNew(problem, context);
  onPackage(
    problem,
    'validate',
    'tell all that is wrong with a package, or looks wrong, each with file and place. Exit code 0: usable, 5: not',
  ).action(async (named: string, flags: ProblemFlags) =>
    (await import('../problem.ts')).validateProblem(named, flags, context),
  );
  registerMeasures(problem, context);
}

const ofReference = 'a solution that earns five points (default: reference.ts in the package)';

function registerMeasures(problem: Command, context: CliContext): void {
  onPackage(
    problem,
    'test',
    'ask a package what is known: the same data twice, no points for a constant, few for the starter, five for the reference. Exit code 0: all right, 5: not',
  )
    .option('--reference <file>', ofReference)
    .action(async (named: string, flags: ReferenceFlags) =>
      (await import('../problem-measures.ts')).testProblem(named, flags, context),
    );
  onPackage(
    problem,
    'calibrate',
    'train the reference by several seeds, tell how often each threshold errs, and propose others',
  )
    .option('--seeds <n>', 'how many seeds, from 1', upTo64, 5)
    .option('--reference <file...>', `${ofReference}; of several the weakest decides`)
    .option('--write', 'write the proposed thresholds into problem.json')
    .action(async (named: string, flags: CalibrateFlags) =>
      (await import('../problem-measures.ts')).calibrateProblem(named, flags, context),
    );
  onPackage(
    problem,
    'mutate',
    'grade the reference with mistakes in it and in the data: what loses no points, the thresholds do not see. Exit code 5: shuffled labels or a leak are not seen',
  )
    .option('--reference <file>', ofReference)
    .action(async (named: string, flags: ReferenceFlags) =>
      (await import('../problem-measures.ts')).mutateProblem(named, flags, context),
    );
}

/** A command on a package that is named by its folder or its id. */
function onPackage(problem: Command, name: string, description: string): Command {
  return problem
    .command(name)
    .description(description)
    .argument('<dir>', "a problem package's folder, or the id of a problem")
    .option('--problems <dir>', 'where a problem of that id is, beside those of the grader')
    .option('--json', 'print what was found as JSON');
}

function registerNew(problem: Command, context: CliContext): void {
  problem
    .command('new')
    .description('write a problem package that runs, to be changed into your own')
    .argument('<id>', 'its name, and that of its folder')
    .addOption(
      new Option(
        '--task <name>',
        'what is predicted; classification is multiclass, sequence is forecast',
      )
        .choices(Object.keys(taskNames))
        .default('regression'),
    )
    .option('--dir <dir>', 'the folder in which its own is made', '.')
    .option(
      '--data <file...>',
      'the files of its data set, which are copied and listed with their hashes',
    )
    .action(async (id: string, flags: NewFlags) =>
      (await import('../problem.ts')).makeProblem(id, flags, context),
    );
}
