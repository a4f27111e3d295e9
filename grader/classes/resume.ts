import { readdir, readFile } from 'node:fs/promises';
import { dirname, extname, join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import type { GradeReport, ProblemDefinition } from '../contract.ts';
import { rowOf } from '../contract/verdicts.ts';
import { writeWhole } from '../files/atomic.ts';
import { digestOf, fileDigest } from '../files/digest.ts';
import { graderVersion } from '../package-root.ts';
import { checkReport } from '../report/schema.ts';
import { gradedAsFile } from '../results/result-directory.ts';

/** All that a result depends on beside the machine. */
interface GradedAs {
  readonly file: string;
  /** By which everything names it. */
  readonly name: string;
  readonly problem: ProblemDefinition;
  /** What the options say: plain data, in any order. */
  readonly settings: Readonly<Record<string, string | number | boolean | undefined>>;
  /** Files that the settings name. */
  readonly settingFiles: readonly string[];
}

/** A digest of the file's bytes, the problem, this grader and the settings: the same where nothing has changed. */
export async function gradedAsKey(of: GradedAs): Promise<string> {
  const files = [of.file, ...(await partsBeside(of.file)), ...of.settingFiles];
  const digests = await Promise.all(files.map((file) => fileDigest(file)));
  const settings = Object.entries(of.settings).sort(([a], [b]) => (a < b ? -1 : 1));
  const { name, problem } = of;
  return digestOf(JSON.stringify([graderVersion, name, problem, settings, digests]));
}

/** A model.json has its weights beside it. */
async function partsBeside(file: string): Promise<readonly string[]> {
  if (extname(file).toLowerCase() !== '.json') return [];
  const names = await readdir(dirname(file));
  return names
    .filter((name) => name.endsWith('.bin'))
    .sort()
    .map((name) => join(dirname(file), name));
}

/** Notes in a whole result what it depends on, so that another run may keep it. */
export async function noteGradedAs(directory: string, key: string): Promise<void> {
  const noted = { key, files: await digestsIn(directory) };
  await writeWhole(join(directory, gradedAsFile), `${JSON.stringify(noted)}\n`);
}

/** Of what people and programs read of a result. */
function digestsIn(directory: string): Promise<string> {
  return fileDigest(join(directory, 'report.json'), join(directory, 'report.html'));
}

/**
 * The report of an earlier run where it is as it was written, of the same key, and judged; else null: then it is
 * graded anew.
 */
export async function keptReport(directory: string, key: string): Promise<GradeReport | null> {
  try {
    const read = async (name: string): Promise<unknown> =>
      JSON.parse(await readFile(join(directory, name), 'utf8'));
    const noted = await read(gradedAsFile);
    if (!isDeepStrictEqual(noted, { key, files: await digestsIn(directory) })) return null;
    const report = checkReport(await read('report.json'));
    return rowOf(report.verdict).points === null ? null : report;
  } catch {
    // Not there, cut short, or of another grader.
    return null;
  }
}
