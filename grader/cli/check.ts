import { resolve } from 'node:path';
import { problemName } from '../../problems/load-problems.ts';
import { cacheRoot } from '../cache.ts';
import { refuseEmpty, withoutBroken } from '../classes/entries.ts';
import { openClass, type OpenedClass } from '../classes/open-class.ts';
import { rowOf } from '../contract/verdicts.ts';
import { GraderError } from '../errors.ts';
import { problemOf } from '../grade/assemble-report.ts';
import { resultsFolder } from '../results/results-folder.ts';
import { languages } from '../words/words.ts';
import { gradeAll, type CheckOptions } from './check-grading.ts';
import { outcomesOf, printChecked, tellLeftOut } from './check-outcome.ts';
import type { CliContext } from './context.ts';
import { exitCodeOfCheck, outcomeOf } from './exit-code.ts';
import { explain } from './explain.ts';
import { writeClassIndex } from './class-index.ts';
import { checkExports, writeExports } from './exports.ts';
import { tellGithub } from './github.ts';
import { problemNamed, problemsOf } from './problems-option.ts';

/** Grades every submission of a folder, prints the outcomes and sets the exit code. */
export async function check(
  directory: string,
  options: CheckOptions,
  context: CliContext,
): Promise<void> {
  checkExports(options, null);
  const problems = problemsOf(options);
  const boards = options.tensorboard === undefined ? [] : [resolve(options.tensorboard)];
  const { problem } = options;
  const opened = await openClass({
    path: directory,
    problems,
    fallback: problem === undefined ? null : problemName(problemNamed(problem, options)),
    skipped: [resolve(options.out ?? resultsFolder), cacheRoot(), ...boards],
    signal: context.signal,
  });
  try {
    const isAnyMissed = opened.leftOut.some(({ isMissed }) => isMissed);
    if (opened.entries.length === 0 && !isAnyMissed) refuseEmpty(directory, problems);
    await gradeClass(opened, options, context);
  } finally {
    opened.close();
  }
}

async function gradeClass(
  { entries, leftOut, ignored }: OpenedClass,
  options: CheckOptions,
  context: CliContext,
): Promise<void> {
  const { screen } = context;
  tellLeftOut({ leftOut, ignored }, screen, languages[options.lang]);
  const { whole, broken } = withoutBroken(entries);
  for (const { failure } of broken) explain(new GraderError(failure), screen);
  const { graded, unbegun } = await gradeAll(whole, options, context);
  const ofClass = new Set(whole.map(({ problem }) => problem));
  const checked = {
    ...{ graded, broken, leftOut: [...leftOut, ...unbegun] },
    ...{ absent: [], roster: null },
    problems: Array.from(ofClass, ({ definition }) => problemOf(definition)),
  };
  printChecked(checked, options, screen);
  const outcomes = [
    ...graded.map(({ report }) => report),
    ...broken.map(({ failure }) => outcomeOf(failure)),
  ];
  const { minPoints } = options;
  const isAnyMissed = leftOut.some(({ isMissed }) => isMissed);
  const code = exitCodeOfCheck(outcomes, { minPoints, isAnyMissed });
  context.exit(context.signal.aborted ? rowOf('interrupted').exitCode : code);
  // Last, since it may fail: by then everything is told.
  const results = options.out ?? resultsFolder;
  const told = outcomesOf(checked, { minPoints, results });
  await tellGithub(told, options, screen);
  if (graded.length > 0) {
    const path = await writeClassIndex(told, { problems: [...ofClass], language: options.lang });
    if (!options.json) screen.print(`${languages[options.lang].classPage.file} ${path}`);
  }
  await writeExports(options, told);
}
