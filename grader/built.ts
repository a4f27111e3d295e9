import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { packageRoot } from './package-root.ts';

/** URL of a built program of this package, `builtProgram('scoring/child')`, from sources and `dist/` alike. */
export function builtProgram(relative: string): URL {
  return pathToFileURL(join(packageRoot, 'dist', 'grader', `${relative}.js`));
}
