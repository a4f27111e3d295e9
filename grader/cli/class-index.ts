import { readdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Problem } from '../contract.ts';
import { fileDigest } from '../files/digest.ts';
import { packageRoot } from '../package-root.ts';
import { hintsOf, type OwnFiles } from '../report/class-hints.ts';
import type { Outcomes } from '../report/export-format.ts';
import { loadReport } from '../results/write-results.ts';
import type { Language } from '../words/words.ts';
import { writeAsked } from './exports.ts';

interface OfClass {
  readonly problems: readonly Problem[];
  readonly language: Language;
}

/**
 * Writes `index.html` over a class into the folder of results and returns its path. Throws fault `machine` where
 * it cannot be written.
 */
export async function writeClassIndex(
  outcomes: Outcomes,
  { problems, language }: OfClass,
): Promise<string> {
  const { graded, results } = outcomes;
  const predictions = await predictionsOf(outcomes);
  const hints = hintsOf({ graded, predictions, own: await ownFiles(problems) });
  const { renderClass } = await loadReport();
  const path = join(results, 'index.html');
  await writeAsked(path, renderClass(outcomes, hints, language));
  return path;
}

/** Of model files that are graded as they came: two of other bytes with one digest have the same weights. */
async function predictionsOf({ graded, results }: Outcomes): Promise<Map<string, string>> {
  const digests = new Map<string, string>();
  for (const { report, reportFile, name } of graded) {
    if (report.evaluation === null || reportFile === null) continue;
    const digest = await digestIfThere(join(results, dirname(reportFile), 'predictions.f32'));
    if (digest !== null) digests.set(name, digest);
  }
  return digests;
}

/** The starters and solutions that anyone can have. */
async function ownFiles(problems: readonly Problem[]): Promise<OwnFiles> {
  const own = new Map<string, 'starter' | 'solution'>();
  const add = async (folder: string, pattern: RegExp, what: 'starter' | 'solution') => {
    for (const name of await readdir(folder).catch(() => [])) {
      const digest = pattern.test(name) ? await digestIfThere(join(folder, name)) : null;
      if (digest !== null) own.set(digest, what);
    }
  };
  await add(join(packageRoot, 'solutions'), /\.ts$/, 'solution');
  for (const { directory } of problems) {
    await add(directory, /^solution\.\w+$/, 'solution');
    await add(directory, /^starter\..*ts$/, 'starter');
  }
  return own;
}

function digestIfThere(path: string): Promise<string | null> {
  return fileDigest(path).catch(() => null);
}
