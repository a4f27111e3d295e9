import { Option, type Command } from 'commander';
import type { CliContext } from '../context.ts';
import type { NewFlags } from '../exam.ts';
import { positiveNumber, wholeNumber } from '../numbers.ts';
import { addProblemsOption } from './problems-option.ts';

export function registerExam(program: Command, context: CliContext): void {
  const exam = program
    .command('exam')
    .description('exams over several problems, against the clock');
  registerNew(exam, context);
}

function registerNew(exam: Command, context: CliContext): void {
  const command = exam
    .command('new')
    .description(
      'write the file of an exam, to be edited; weights rise with the order of its problems',
    )
    .argument('[file]', 'where to write it', 'exam.json')
    .option('--only <id...>', "these problems, in this order (default: the grader's own)")
    .option('--title <text>', 'what it is called (default: its file)')
    .option('--minutes <n>', 'the time limit', positiveNumber, 300)
    .option('--attempts <n>', 'at each problem (default: any number)', positiveNumber)
    .addOption(
      new Option('--counts <which>', 'of several attempts')
        .choices(['best', 'last'])
        .default('best'),
    )
    .option('--pass-mark <n>', 'of 100', wholeNumber, 90)
    .addOption(
      new Option('--results <when>', 'when points are told')
        .choices(['at-once', 'at-end'])
        .default('at-once'),
    )
    .option('--seed <n>', "of every grading (default: the recipe's, else 1)", wholeNumber)
    .addOption(
      new Option('--profile <name>', 'which thresholds count')
        .choices(['strict', 'exam'])
        .default('strict'),
    )
    .option('--supervised-by <name>', 'who watches over the candidates');
  addProblemsOption(command).action(async (file: string, flags: NewFlags) =>
    (await import('../exam.ts')).newExamFile(file, flags, context),
  );
}
