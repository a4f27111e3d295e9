import { findAttempts } from '../history/attempts.ts';
import { shortened } from '../text/printable.ts';
import { languages } from '../words/words.ts';
import { attemptFacts } from './attempt-facts.ts';
import type { CliContext } from './context.ts';
import { printAttempts } from './history-table.ts';
import type { LanguageFlag } from './language-option.ts';

export interface HistoryFlags extends LanguageFlag {
  readonly results: string;
  readonly json?: true;
}

const skippedShown = 10;

export async function history(
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
