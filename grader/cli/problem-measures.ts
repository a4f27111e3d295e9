import { calibrate, type BarChances, type Calibration } from '../authoring/calibrate/calibrate.ts';
import { writeBars } from '../authoring/calibrate/write-bars.ts';
import { findPackage } from '../authoring/find-package.ts';
import type { Measuring } from '../authoring/measure/grade-recipe.ts';
import { knownAnswers } from '../authoring/measure/known-answers.ts';
import { describeMutant, mustBeCaught, mutate, type Mutation } from '../authoring/mutate/mutate.ts';
import { rowOf } from '../contract/verdicts.ts';
import { stageNames } from '../grade/stage-names.ts';
import { problemIn } from '../../problems/load-problems.ts';
import { aligned } from '../text/columns.ts';
import { percent, significant } from '../text/numbers.ts';
import type { CliContext } from './context.ts';
import { printJson, type ProblemFlags } from './problem.ts';
import { followPreparation } from './progress.ts';
import type { Screen } from './screen.ts';
import { setupListener } from './setup.ts';

export interface ReferenceFlags extends ProblemFlags {
  readonly reference?: string;
}

export interface CalibrateFlags extends ProblemFlags {
  readonly seeds: number;
  readonly reference?: readonly string[];
  readonly write?: true;
}

export async function testProblem(
  named: string,
  { problems, json, reference }: ReferenceFlags,
  context: CliContext,
): Promise<void> {
  const { screen } = context;
  const directory = findPackage(named, problems);
  const answers = await knownAnswers(directory, { ...measuring(context), reference });
  screen.status('');
  const { id } = problemIn(directory).definition;
  const wrong = answers.filter(({ isRight }) => !isRight).length;
  if (json) printJson('grader-problem-test', { problem: id, answers }, screen);
  else {
    for (const { isRight, text } of answers) {
      screen.print(`${isRight ? screen.style('green', '✓') : screen.style('red', '✗')} ${text}`);
    }
    screen.print(`${id}: ${answers.length - wrong} of ${answers.length} answers are right.`);
  }
  if (wrong > 0) context.exit(rowOf('package-fault').exitCode);
}

export async function calibrateProblem(
  named: string,
  { problems, json, reference = [], seeds, write }: CalibrateFlags,
  context: CliContext,
): Promise<void> {
  const { screen, signal } = context;
  const directory = findPackage(named, problems);
  const asked = { ...measuring(context), seeds, references: reference };
  const calibration = await calibrate(directory, asked);
  screen.status('');
  if (json) printJson('grader-problem-calibration', calibration, screen);
  else for (const line of calibrationLines(calibration)) screen.print(line);
  if (!write) return;
  await writeBars(directory, calibration, signal);
  screen.note(
    'Wrote the proposed thresholds into problem.json. Its version counts up where it has been graded by.',
  );
}

export async function mutateProblem(
  named: string,
  { problems, json, reference }: ReferenceFlags,
  context: CliContext,
): Promise<void> {
  const { screen } = context;
  const directory = findPackage(named, problems);
  const mutation = await mutate(directory, { ...measuring(context), reference });
  screen.status('');
  if (json) printJson('grader-problem-mutation', mutation, screen);
  else printMutation(mutation, problemIn(directory).definition, screen);
  const isBlind = mutation.mutants.some(
    ({ id, isCaught }) => !isCaught && mustBeCaught.includes(id),
  );
  if (isBlind) context.exit(rowOf('package-fault').exitCode);
}

/** What goes on as one rewritten line, and a line on each training that is done. */
function measuring({ screen, signal, kill }: CliContext): Measuring {
  return {
    ...{ signal, kill },
    onRun: (text) => screen.note(text),
    listener: {
      onStage: (stage) => screen.status(stageNames[stage]),
      onSetup: setupListener(screen),
      onPrepare: followPreparation(screen),
      onTrain: (progress, epochs) => {
        if (progress.type === 'epoch') screen.status(`Epoch ${progress.record.epoch}/${epochs}`);
      },
    },
  };
}

function calibrationLines(calibration: Calibration): readonly string[] {
  const { metric, better, heldOutRows, references, constant, starter } = calibration;
  const measured = [
    ['', metric, 'by other seeds', 'by other rows'],
    [
      'one answer for all',
      significant(constant.value),
      '',
      `± ${significant(constant.standardError, 2)}`,
    ],
    ['starter', significant(starter.value), '', `± ${significant(starter.standardError, 2)}`],
    ...references.map(({ file, spread: { mean, deviation, standardError } }) => [
      file,
      significant(mean),
      deviation === null ? '' : `± ${significant(deviation, 2)}`,
      `± ${significant(standardError, 2)}`,
    ]),
  ];
  const seeds = references[0]?.spread.values.length ?? 0;
  const sign = better === 'lower' ? '<=' : '>=';
  return [
    `${seeds === 1 ? '1 seed' : `${seeds} seeds`}, ${heldOutRows} held-out rows; ± is one standard error.`,
    ...aligned(measured),
    ...['', 'Thresholds as they are:', ...barLines(calibration.current, sign)],
    ...['', 'Proposed:', ...barLines(calibration.proposed, sign)],
  ];
}

function barLines(bars: readonly BarChances[], sign: string): readonly string[] {
  const rows = bars.map(({ points, value, falseFail, falsePass }) => [
    String(points),
    `${sign} ${value}`,
    falseFail.bySeed === null ? '–' : chance(falseFail.bySeed),
    chance(falseFail.byRows),
    chance(falsePass.constant),
    chance(falsePass.starter),
  ]);
  const head = [
    'points',
    'from',
    'reference fails by seed',
    'by rows',
    'constant passes',
    'starter passes',
  ];
  return aligned([head, ...rows]);
}

/** None is certain. */
function chance(share: number): string {
  if (share < 0.001) return '< 0.1%';
  return share > 0.999 ? '> 99.9%' : percent(share);
}

function printMutation(
  { problem, metric, reference, mutants, leftOut, power }: Mutation,
  definition: Parameters<typeof describeMutant>[1],
  screen: Screen,
): void {
  const rows = mutants.map(({ id, value, points, lost, isCaught, note }) => [
    isCaught ? '✓' : '✗',
    id,
    value === null ? 'no score' : significant(value),
    `${points}/5`,
    lost > 0 ? `−${lost}` : '',
    id === 'leak' && note !== null ? note : describeMutant(id, definition),
  ]);
  const head = ['', 'mutant', metric, 'points', 'lost', ''];
  const own = ['', 'reference', significant(reference.value), `${reference.points}/5`, '', ''];
  for (const line of aligned([head, own, ...rows])) screen.print(line);
  for (const { id, reason } of leftOut) screen.print(`- ${id} is left out: ${reason}`);
  const caught = mutants.filter(({ isCaught }) => isCaught).length;
  screen.print(
    `${problem}: ${caught} of ${mutants.length} mutants are caught, a power of ${percent(power)}.`,
  );
}
