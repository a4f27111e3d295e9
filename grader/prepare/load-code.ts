import { existsSync, realpathSync } from 'node:fs';
import { register } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { ownCode } from '../../problems/index.ts';
import type { Problem, ProblemCode } from '../contract.ts';
import { packageFault } from './package-fault.ts';

/**
 * The code of a package, run with all rights of this process: for the preparer alone. Throws fault
 * `package` where it does not load or lacks what the definition promises.
 */
export async function loadCode(problem: Problem): Promise<ProblemCode> {
  const load = ownCode(problem.directory) ?? outside(problem);
  const code: object = await load().catch((cause: unknown) => {
    throw packageFault(problem, `its data.ts does not load: ${String(cause)}`, cause);
  });
  if (!isCode(code)) throw packageFault(problem, 'its data.ts exports no function prepare');
  if (problem.definition.sample && typeof code.sample !== 'function') {
    throw packageFault(
      problem,
      'its problem.json says that there is a sample, but its data.ts exports no function sample',
    );
  }
  return code;
}

/** How the code of a package that was not built with the grader is loaded. */
function outside(problem: Problem): () => Promise<object> {
  const { directory } = problem;
  const path = ['data.ts', 'data.js'].map((name) => join(directory, name)).find(existsSync);
  if (path === undefined) throw packageFault(problem, 'it has neither data.ts nor data.js');
  return async () => {
    // Node knows modules by their real paths.
    const folder = pathToFileURL(join(realpathSync(directory), '/')).href;
    register('./package-hooks.js', import.meta.url, { data: folder });
    return (await import(pathToFileURL(path).href)) as object;
  };
}

function isCode(code: object): code is ProblemCode {
  return 'prepare' in code && typeof code.prepare === 'function';
}
