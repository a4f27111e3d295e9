import type { Comparison } from '../contract.ts';
import { compareResults } from '../grade/compare.ts';
import { changeLine } from '../report/view/changes.ts';
import { comparisonView } from '../report/view/comparison.ts';
import type { PlainTable } from '../report/view/plain-table.ts';
import { aligned } from '../text/columns.ts';
import { languages } from '../words/words.ts';
import { attemptFacts } from './attempt-facts.ts';
import type { CliContext } from './context.ts';
import { writeAsked } from './exports.ts';
import type { LanguageFlag } from './language-option.ts';
import { problemNamed, type ProblemsFlag } from './problems-option.ts';
import { followPreparation } from './progress.ts';
import type { Screen } from './screen.ts';

export interface CompareFlags extends ProblemsFlag, LanguageFlag {
  readonly html?: string;
  readonly json?: true;
}

export async function compare(
  [then, now]: readonly [string, string],
  flags: CompareFlags,
  { screen, signal }: CliContext,
): Promise<void> {
  const comparison = await compareResults({
    ...{ then, now, signal },
    findProblem: (id) => problemNamed(id, flags),
    onPrepare: followPreparation(screen),
  }).finally(() => screen.status(''));
  if (flags.html !== undefined) {
    const { renderComparison } = await import('../report/html.ts');
    await writeAsked(flags.html, renderComparison(comparison, flags.lang));
  }
  if (flags.json) screen.print(JSON.stringify(facts(comparison), null, 2));
  else print(comparison, flags, screen);
}

/** A comparison for machines. */
function facts({ then, now, difference, changes }: Comparison): object {
  const isPaired = typeof difference !== 'string';
  return {
    ...{ first: attemptFacts(then), second: attemptFacts(now) },
    ...{ difference: isPaired ? difference : null, unpaired: isPaired ? null : difference },
    changes,
  };
}

function print(comparison: Comparison, { lang, html }: CompareFlags, screen: Screen): void {
  const { words, ...view } = comparisonView(comparison, languages[lang]);
  screen.print(screen.style('bold', view.problem));
  printTable(view.figures, screen);
  screen.print('');
  screen.print(view.difference);
  screen.print(screen.style('dim', words.since.meaning));
  if (view.classes) {
    screen.print('');
    screen.print(screen.style('bold', view.classes.title));
    printTable(view.classes, screen);
  }
  screen.print('');
  screen.print(screen.style('bold', words.changes.title));
  for (const change of view.changes) screen.print(`  ${changeLine(change)}`);
  if (view.unchanged) screen.print(view.unchanged);
  if (html !== undefined) screen.print(`${words.terminal.lines.report.trimEnd()} ${html}`);
}

function printTable({ columns, rows }: PlainTable, screen: Screen): void {
  const lines = aligned([columns, ...rows.map(({ cells }) => cells)]);
  lines.forEach((line, at) => screen.print(at === 0 ? screen.style('dim', line) : line));
}
