import { readProblems } from '../../problems/index.ts';
import { fillStatement } from '../authoring/fill-statement.ts';
import type { Problem, Profile } from '../contract.ts';
import { rowOf } from '../contract/verdicts.ts';
import type { CliContext } from './context.ts';
import { translate } from '../text/translate.ts';
import type { Words } from '../words/en.ts';
import { languages } from '../words/words.ts';
import type { LanguageFlag } from './language-option.ts';
import { packageText } from './package-text.ts';
import { problemNamed, problemsOf, type ProblemsFlag } from './problems-option.ts';

interface Flags extends ProblemsFlag {
  readonly json?: boolean;
}

export type ListFlags = Flags & LanguageFlag;

export function listProblems(flags: ListFlags, context: CliContext): void {
  const { screen } = context;
  const definitions = wholeProblems(flags, context).map(({ definition }) => definition);
  if (flags.json) {
    screen.print(JSON.stringify(definitions, null, 2));
    return;
  }
  const width = Math.max(...definitions.map(({ id }) => id.length));
  for (const { id, category, summary, texts } of definitions) {
    const about = translate(summary, texts?.[flags.lang] ?? {});
    screen.print(`${category}  ${screen.style('bold', id.padEnd(width))}  ${about}`);
  }
}

export async function showProblem(
  id: string,
  flags: ListFlags,
  { screen }: CliContext,
): Promise<void> {
  const problem = problemNamed(id, flags);
  if (flags.json) {
    screen.print(JSON.stringify(problem.definition, null, 2));
    return;
  }
  const statement = await packageText(problem, 'statement.md', flags.lang);
  const words = languages[flags.lang];
  screen.print(fillStatement(statement, problem.definition, words).trimEnd());
  screen.print('');
  for (const line of thresholds(problem, words)) screen.print(line);
}

/** The packages that are in order; the others are told and decide the exit code. */
export function wholeProblems(flag: ProblemsFlag, context: CliContext): readonly Problem[] {
  const { screen } = context;
  const { whole, broken } = readProblems(problemsOf(flag));
  for (const { message, help } of broken) {
    screen.note(`${screen.style('red', 'error')} ${message}`);
    if (help) screen.note(help);
  }
  if (broken.length > 0) context.exit(rowOf('package-fault').exitCode);
  return whole;
}

function thresholds({ definition }: Problem, words: Words): string[] {
  const { metric, profiles, passMark } = definition;
  const lines = Object.entries(profiles).map(([name, profile]: [string, Profile]) => {
    const bars = profile.bars.map(({ points, value }) => `${points}: ${value}`).join('  ');
    const sign = metric.better === 'lower' ? '<' : '>';
    return `${name.padEnd(8)} ${words.metricName(metric.name)} ${sign}${profile.inclusive ? '=' : ''}  ${bars}`;
  });
  return [words.terminal.pointsByProfile, ...lines, words.terminal.passMark(passMark)];
}
