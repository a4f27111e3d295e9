import type { LoadedProblem } from '../../grader/prepare/prepare.ts';
import { findProblem, ownCode } from '../../problems/index.ts';

/** One of the grader's own problems with its code, as the preparer has it. */
export async function loadedProblem(id: string): Promise<LoadedProblem> {
  const { directory, definition } = findProblem(id);
  const code = await ownCode(directory)?.();
  if (!code) throw new Error(`no code of ${id}`);
  return { directory, definition, code };
}
