import type { Command } from 'commander';
import { findAttempts } from '../history/attempts.ts';
import { resultsFolder } from '../results/result-directory.ts';
import { shortened } from '../text/printable.ts';
import { languages } from '../words/words.ts';
import { attemptFacts } from './attempt-facts.ts';
import type { CliContext } from './context.ts';
import { printAttempts } from './history-table.ts';
import { addLanguageOption, type LanguageFlag } from './language-option.ts';

interface HistoryFlags extends LanguageFlag {
  readonly results: string;
  readonly json?: true;
}

export function registerHistory(program: Command, context: CliContext): void {
  const command = program
    .command('history')
    .description('list earlier attempts by problem and submission, oldest first')
    .argument('[problem]', 'of this problem alone')
    .option('--results <dir>', 'the folder with a result folder for each attempt', resultsFolder)
    .option('--json', 'print {"attempts": [...], "skipped": [...]} on stdout');
  addLanguageOption(command).action((problem: string | undefined, flags: HistoryFlags) =>
    history(problem ?? null, flags, context),
  );
}

const skippedShown = 10;

async function history(
  problem: string | null,
  { results, json, lang }: HistoryFlags,
  { screen }: CliContext,
): Promise<void> {
  const { attempts, skipped } = await findAttempts(results, problem);
  if (json) {
    screen.print(JSON.stringify({ attempts: attempts.map(attemptFacts), skipped }, null, 2));
    return;
  }
  const words = languages[lang];
  for (const { folder, reason } of skipped.slice(0, skippedShown)) {
    screen.note(words.history.skipped(shortened(folder), words.history.unread[reason]));
  }
  const more = skipped.length - skippedShown;
  if (more > 0) screen.note(words.history.moreSkipped(more));
  if (attempts.length === 0) screen.print(words.history.none(shortened(results)));
  printAttempts(attempts, screen, words);
}
