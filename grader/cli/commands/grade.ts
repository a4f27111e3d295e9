import type { Command } from 'commander';
import type { CliContext } from '../context.ts';
import type { GradeOptions } from '../grade.ts';
import { addGradeOptions } from './grade-options.ts';

export function registerGrade(program: Command, context: CliContext): void {
  const command = program
    .command('grade')
    .summary('score and report one submission, trained where it needs training')
    .description(
      'Scores a submission 0 to 5 on held-out data and writes a report. A model file is graded with ' +
        'the weights it has; a recipe is trained first.',
    )
    .argument('<problem>', 'which problem: see `grader problems`')
    .argument(
      '<file>',
      'the submission: a model (.keras, .h5, model.json) or a recipe (.ts, .js, .json)',
    )
    .option('--recipe <file>', "train a model file's architecture by this recipe")
    .option('--out <dir>', 'where the results go (default: a new folder in results/)')
    .option('--json', 'print the report as JSON on stdout');
  addGradeOptions(command).action(async (problem: string, file: string, options: GradeOptions) =>
    (await import('../grade.ts')).grade({ problem, file }, options, context),
  );
}
