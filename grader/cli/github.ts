import { appendFile, stat } from 'node:fs/promises';
import type { Outcomes } from '../report/export-format.ts';
import { githubAnnotations, githubSummary } from '../report/github.ts';
import { languages } from '../words/words.ts';
import type { LanguageFlag } from './language-option.ts';
import type { Screen } from './screen.ts';

/** GitHub drops a step's summary of more than 1,024 KiB as a whole. */
const summaryBytes = 900_000;

/** In a job of GitHub Actions: annotations, and a table in the summary of the step. Elsewhere nothing. */
export async function tellGithub(
  outcomes: Outcomes,
  { lang }: LanguageFlag,
  screen: Screen,
): Promise<void> {
  if (process.env['GITHUB_ACTIONS'] !== 'true') return;
  const words = languages[lang];
  for (const line of githubAnnotations(outcomes, words)) screen.command(line);
  const file = process.env['GITHUB_STEP_SUMMARY'];
  if (!file) return;
  // Another command of this step may have written there.
  const before = await stat(file).then(
    ({ size }) => size,
    () => 0,
  );
  const summary = githubSummary(outcomes, words, summaryBytes - before);
  await appendFile(file, summary).catch((error: unknown) => {
    const reason = error instanceof Error ? error.message : String(error);
    screen.note(`The summary of the step cannot be written: ${reason}.`);
  });
}
