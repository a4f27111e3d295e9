import { basename, join, resolve } from 'node:path';
import { problemName } from '../../problems/load-problems.ts';
import { cacheRoot } from '../cache.ts';
import { refuseEmpty, withoutBroken, type CheckEntry } from '../classes/entries.ts';
import { arrange, type Arranged } from '../classes/arrange.ts';
import { readDeadline } from '../classes/deadline.ts';
import { hideNames } from '../classes/hide-names.ts';
import { openClass } from '../classes/open-class.ts';
import { Pace } from '../classes/pace.ts';
import { readRoster } from '../classes/roster.ts';
import { readBudget } from '../classes/time-budget.ts';
import { whoIsWhoFile } from '../classes/who-is-who.ts';
import type { Roster } from '../contract/hand-in.ts';
import { rowOf } from '../contract/verdicts.ts';
import { GraderError, usageError } from '../errors.ts';
import { problemOf } from '../grade/assemble-report.ts';
import { findAttempts } from '../history/attempts.ts';
import { unfinishedOf } from '../report/class-grades.ts';
import { filesOfResult } from '../results/result-directory.ts';
import { resultsFolder } from '../results/results-folder.ts';
import { languages } from '../words/words.ts';
import { gradeAll } from './check-grading.ts';
import type { CheckOptions } from './check-options.ts';
import { tellClass, tellHowToGoOn, tellPlan } from './check-telling.ts';
import { outcomesOf, printChecked, tellLeftOut } from './check-outcome.ts';
import type { CliContext } from './context.ts';
import { exitCodeOfCheck, outcomeOf } from './exit-code.ts';
import { explain } from './explain.ts';
import { writeClassIndex } from './class-index.ts';
import { checkExportFiles, checkExports, exportFiles, writeExports } from './exports.ts';
import { tellGithub } from './github.ts';
import { problemNamed, problemsOf } from './problems-option.ts';
import type { Screen } from './screen.ts';

/** Grades every submission of a folder, prints the outcomes and sets the exit code. */
export async function check(
  directory: string,
  options: CheckOptions,
  context: CliContext,
): Promise<void> {
  const roster = options.roster === undefined ? null : readRoster(options.roster);
  const deadline = options.deadline === undefined ? null : readDeadline(options.deadline);
  const seconds = options.timeBudget === undefined ? Infinity : readBudget(options.timeBudget);
  const time = { pace: new Pace(), end: performance.now() + 1000 * seconds };
  checkExports(options, roster);
  if (options.resume && options.out === undefined) {
    throw usageError('resume', '--resume needs the folder of the results: --out DIR.');
  }
  const problems = problemsOf(options);
  const boards = options.tensorboard === undefined ? [] : [resolve(options.tensorboard)];
  const { problem } = options;
  const lists = [options.roster, options.recipe].filter((file) => file !== undefined);
  const results = options.out ?? resultsFolder;
  const opened = await openClass({
    path: directory,
    problems,
    fallback: problem === undefined ? null : problemName(problemNamed(problem, options)),
    skipped: [resolve(results), cacheRoot(), ...boards],
    own: [...lists, ...exportFiles(options)].map((file) => resolve(file)),
    signal: context.signal,
  });
  try {
    const isAnyMissed = opened.leftOut.some(({ isMissed }) => isMissed);
    if (opened.entries.length === 0 && !isAnyMissed) refuseEmpty(directory, problems);
    const { screen } = context;
    const words = languages[options.lang];
    const found = { ...arrange(opened, { roster, deadline }), roster, ignored: opened.ignored };
    const arranged = options.anonymous ? await hidden(found, options, screen) : found;
    const others = arranged.entries.flatMap((entry) => filesOf(entry, directory, results));
    const pages = ['index.html', whoIsWhoFile].map((name) => join(results, name));
    await checkExportFiles(options, [directory, ...lists, ...pages, ...others]);
    tellLeftOut(arranged, screen, words);
    tellClass(arranged, { ...options, deadline: deadline, isArchive: opened.isArchive }, screen);
    await gradeClass(arranged, { ...options, ...time }, context);
  } finally {
    opened.close();
  }
}

/** Where a submission came from, with the archives around it, and what is written of it. */
function filesOf({ cameAs, folder }: CheckEntry, directory: string, out: string): string[] {
  const parts = cameAs.split('/');
  const around = parts.map((_, at) => join(directory, ...parts.slice(0, at + 1)));
  return [...around, ...filesOfResult(join(out, folder))];
}

type ClassFound = Arranged & { readonly roster: Roster | null };
type WithIgnored = ClassFound & { readonly ignored: readonly string[] };

/** All of it without names, and where these are. */
async function hidden(
  { ignored, ...found }: WithIgnored,
  { out, lang }: CheckOptions,
  screen: Screen,
): Promise<WithIgnored> {
  const results = out ?? resultsFolder;
  const without = await hideNames(found, results);
  screen.note(languages[lang].terminal.class.hidden(join(results, whoIsWhoFile)));
  return { ...without, ignored: ignored.map((name) => basename(name)) };
}

async function gradeClass(
  { entries, leftOut, ...found }: ClassFound,
  options: CheckOptions & Parameters<typeof gradeAll>[1],
  context: CliContext,
): Promise<void> {
  const { screen } = context;
  const { whole, broken } = withoutBroken(entries);
  for (const { failure } of broken) explain(new GraderError(failure), screen);
  const results = options.out ?? resultsFolder;
  for (const { attempt } of (await findAttempts(results, null)).attempts)
    options.pace.learn(attempt);
  tellPlan(whole, options, screen);
  const { graded, unbegun } = await gradeAll(whole, options, context);
  tellLeftOut({ leftOut: unbegun, ignored: [] }, screen, languages[options.lang]);
  const ofClass = new Set(whole.map(({ problem }) => problem));
  const checked = {
    ...{ graded, broken, leftOut: [...leftOut, ...unbegun], ...found },
    problems: Array.from(ofClass, ({ definition }) => problemOf(definition)),
  };
  printChecked(checked, options, screen);
  const outcomes = [
    ...graded.map(({ report }) => report),
    ...broken.map(({ failure }) => outcomeOf(failure)),
  ];
  const { minPoints } = options;
  const isAnyMissed = unbegun.length > 0 || leftOut.some(({ isMissed }) => isMissed);
  const code = exitCodeOfCheck(outcomes, { minPoints, isAnyMissed });
  context.exit(context.signal.aborted ? rowOf('interrupted').exitCode : code);
  const told = outcomesOf(checked, { minPoints, results });
  const { classPage: words } = languages[options.lang];
  const left = unfinishedOf(told);
  if (left > 0) {
    screen.note(words.partial(left, graded.length + unbegun.length));
    tellHowToGoOn(options, screen);
  }
  // Last, since it may fail: by then everything is told.
  await tellGithub(told, options, screen);
  try {
    if (graded.length > 0) {
      const path = await writeClassIndex(told, { problems: [...ofClass], language: options.lang });
      if (!options.json) screen.print(`${words.file} ${path}`);
    }
    await writeExports(options, told);
  } catch (error) {
    if (!context.signal.aborted) throw error;
    explain(error, screen);
  }
}
