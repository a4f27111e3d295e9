import { readFile, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import type { GradeReport } from '../contract.ts';
import { usageError } from '../errors.ts';
import { checkReport } from '../report/schema.ts';

/** What a grading has left in a folder. */
export interface StoredResult {
  readonly directory: string;
  readonly report: GradeReport;
  /** Raw float32 of the held-out rows, and how many bytes. */
  readonly predictions: { readonly path: string; readonly bytes: number };
}

/**
 * Reads a result folder, named by itself or by its report.json. Throws with fault `usage` where there is
 * no result or it has no predictions, and what `checkReport` throws.
 */
export async function readResult(named: string): Promise<StoredResult> {
  const directory = basename(named) === 'report.json' ? dirname(named) : named;
  const text = await readFile(join(directory, 'report.json'), 'utf8').catch(() => null);
  if (text === null) {
    throw usageError('no-result', `${named} is no result folder: it has no report.json.`);
  }
  const report = checkReport(parsed(text, directory));
  const path = join(directory, 'predictions.f32');
  const status = await stat(path).catch(() => null);
  if (!status?.isFile()) {
    throw usageError(
      'no-predictions',
      `${directory} has no predictions.f32: that grading ended before there were any, with verdict ${report.verdict}.`,
      'Grade the submission again.',
    );
  }
  return { directory, report, predictions: { path, bytes: status.size } };
}

function parsed(text: string, directory: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw usageError('no-result', `${join(directory, 'report.json')} is no JSON.`);
  }
}
