import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { packageRoot } from '../package-root.ts';

/** URL of one of the grader's compiled programs, `sandbox/child`, from the sources and from `dist/` alike. */
export function builtProgram(relative: string): URL {
  return pathToFileURL(join(packageRoot, 'dist', 'grader', `${relative}.js`));
}
