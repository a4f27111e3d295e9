import { join } from 'node:path';
import type { GradeReport } from '../contract.ts';
import { writeWhole } from '../files/atomic.ts';
import type { Language } from '../words/words.ts';
import { resultNotWritten } from './result-directory.ts';

export const loadReport = () => import('../report/html.ts');

/** Writes one file of a result. Throws with fault `machine` where it cannot be. */
export function writeResult(
  directory: string,
  { name, text }: { readonly name: string; readonly text: string },
): Promise<void> {
  const path = join(directory, name);
  return writeWhole(path, text).catch((cause: unknown) => {
    throw resultNotWritten(path, cause);
  });
}

/** Writes what a person and a program read; a folder with a `report.json` is a whole result. */
export async function writeResults(
  directory: string,
  report: GradeReport,
  language: Language,
): Promise<void> {
  const { renderHtml } = await loadReport();
  const write = (name: string, text: string) => writeResult(directory, { name, text });
  if (report.recipe) await write('recipe.json', `${JSON.stringify(report.recipe, null, 2)}\n`);
  await write('report.html', renderHtml(report, language));
  await write('report.json', `${JSON.stringify(report, null, 2)}\n`);
}
