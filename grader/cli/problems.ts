import type { Command } from 'commander';
import { readProblems } from '../../problems/index.ts';
import type { Problem, Profile } from '../contract.ts';
import { rowOf } from '../contract/verdicts.ts';
import type { CliContext } from './context.ts';
import { translate } from '../text/translate.ts';
import type { Words } from '../words/en.ts';
import { languages } from '../words/words.ts';
import { addLanguageOption, type LanguageFlag } from './language-option.ts';
import { packageText } from './package-text.ts';
import {
  addProblemsOption,
  problemNamed,
  problemsOf,
  type ProblemsFlag,
} from './problems-option.ts';

interface Flags extends ProblemsFlag {
  readonly json?: boolean;
}

type ListFlags = Flags & LanguageFlag;

export function registerProblems(program: Command, context: CliContext): void {
  const command = program
    .command('problems')
    .description('list the problems')
    .option('--json', 'print the definitions as JSON');
  addLanguageOption(addProblemsOption(command)).action((flags: ListFlags) => list(flags, context));
}

export function registerShow(program: Command, { screen }: CliContext): void {
  const command = program
    .command('show')
    .description('print the statement of a problem and its thresholds')
    .argument('<problem>', 'which problem: see `grader problems`')
    .option('--json', 'print the definition as JSON');
  addLanguageOption(addProblemsOption(command)).action(async (id: string, flags: ListFlags) => {
    const problem = problemNamed(id, flags);
    if (flags.json) {
      screen.print(JSON.stringify(problem.definition, null, 2));
      return;
    }
    const statement = await packageText(problem, 'statement.md', flags.lang);
    screen.print(statement.trimEnd());
    screen.print('');
    for (const line of thresholds(problem, languages[flags.lang])) screen.print(line);
  });
}

function list(flags: ListFlags, context: CliContext): void {
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
