import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { runProgram } from '../engine/run-program.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

/** How far the predictions of a file are from Keras's, or why it is refused. */
export interface KerasLine {
  readonly id: string;
  readonly file: string;
  readonly kerasVersion: string | null;
  readonly largest?: number;
  readonly isRight?: boolean;
  readonly refusal?: { readonly fault: string; readonly code: string; readonly message: string };
}

/** Reads and predicts with each file, op by op and as one graph. */
export async function predictAll(cases: readonly object[]): Promise<readonly KerasLine[]> {
  const list = join(temporaryFolder(), 'cases.json');
  writeFileSync(list, JSON.stringify(cases));
  return await runProgram<KerasLine>('keras-files.js', list);
}
