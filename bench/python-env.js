import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { cacheRoot } from '../dist/grader/cache.js';

/** Space on disk after installation, measured on Linux x64. */
const sizes = { tensorflow: '1.6 GB', jax: '0.7 GB', torch: '1 GB (CPU build)' };

export function defaultPythonFolder() {
  return join(cacheRoot(), 'bench-python');
}

export function interpreterOf(folder, name) {
  const windows = process.platform === 'win32';
  return join(folder, name, ...(windows ? ['Scripts', 'python.exe'] : ['bin', 'python']));
}

export function hasInterpreter(folder, name) {
  return existsSync(interpreterOf(folder, name));
}

/** Makes the environments that are missing, one per framework. Throws when pip or venv fails. */
export function makePythonFolder(folder, names, say) {
  mkdirSync(folder, { recursive: true });
  for (const name of names) {
    const requirements = fileURLToPath(
      new URL(`contenders/requirements-${name}.txt`, import.meta.url),
    );
    const python = interpreterOf(folder, name);
    say(`${join(folder, name)}: pip installs ${requirements}, about ${sizes[name]} on disk`);
    if (name === 'torch' && process.platform === 'linux') {
      say(
        '  pip may choose a build with CUDA of several GB: PIP_INDEX_URL can name an index of CPU builds',
      );
    }
    if (!existsSync(python)) runOrThrow('python3', ['-m', 'venv', join(folder, name)]);
    runOrThrow(python, ['-m', 'pip', 'install', '--quiet', '-r', requirements]);
  }
}

function runOrThrow(program, options) {
  const { status, error } = spawnSync(program, options, { stdio: ['ignore', 2, 2] });
  if (status === 0) return;
  const why = error?.message ?? `it ended with ${status}`;
  throw new Error(`${program} ${options.join(' ')} failed: ${why}.`);
}
