import { Option, type Command } from 'commander';
import { addLanguageOption } from '../language-option.ts';
import { positiveNumber, upTo64, wholeNumber } from '../numbers.ts';
import { addExportOptions } from './export-options.ts';
import { addProblemsOption } from './problems-option.ts';

/** The options that `grade` and `check` share. */
export function addGradeOptions(command: Command): Command {
  return addExportOptions(addLanguageOption(addProblemsOption(command)))
    .addOption(
      new Option('--profile <name>', 'which thresholds count')
        .choices(['strict', 'exam'])
        .default('strict'),
    )
    .option(
      '--seed <n>',
      "seed of weights, shuffles and dropout (default: the recipe's, else 1)",
      wholeNumber,
    )
    .option(
      '--seeds <n>',
      'train by so many seeds, grade the median and show how far they lie apart; the time limit ' +
        'is that of each training',
      upTo64,
    )
    .option(
      '--sweep',
      'try other learning rates afterwards, by nine short trainings; changes no points',
    )
    .option('--retrain', "train a model file's architecture anew, with its compile settings")
    .option('--explain', 'show what the model looked at, asked when the score stands: up to 10 s')
    .option('--sample', 'generated sample data instead of the real data set')
    .option(
      '--time-limit <s>',
      "seconds of training, or of predictions alone (default: the problem's limit)",
      positiveNumber,
    )
    .option(
      '--threads <n>',
      "threads of TensorFlow, 1 to 64 (default: the job's share of the cores, at most 8)",
      upTo64,
    )
    .addOption(
      new Option('--device <name>', 'where to train; auto: on a GPU what is faster there')
        .choices(['auto', 'cpu', 'gpu'])
        .default('auto'),
    )
    .addOption(
      new Option(
        '--require-isolation <level>',
        'grade only where submissions are held so far: `grader doctor` says what this machine has',
      ).choices(['jail', 'interpreter']),
    )
    .option(
      '--tensorboard <dir>',
      'write curves, graph and hyperparameters for TensorBoard; of a model that is not trained, its score',
    )
    .addOption(
      new Option('--progress <form>', 'what stderr says: lines for people, or a JSON object a line')
        .choices(['text', 'json'])
        .default('text'),
    )
    .option('--libtensorflow <dir>', 'use the TensorFlow library in this folder');
}
