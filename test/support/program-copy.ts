import { execa } from 'execa';
import { cpSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { cacheRoot } from '../../grader/cache.ts';
import { packageRoot } from '../../grader/package-root.ts';
import type { GraderRun } from './run-grader.ts';

/** A cache folder that is empty but for the machine's engine, which is shared. */
export function cacheWithEngine(folder: string): string {
  const cache = join(folder, 'cache');
  mkdirSync(cache, { recursive: true });
  symlinkSync(join(cacheRoot(), 'engine'), join(cache, 'engine'));
  return cache;
}

export interface ProgramCopy {
  readonly root: string;
  run(words: readonly string[], env?: Readonly<Record<string, string>>): Promise<GraderRun>;
  read(path: string): string;
  write(path: string, text: string): void;
}

/** The built program in a folder of its own, to be damaged; nothing is built again there. */
export function copyProgram(folder: string): ProgramCopy {
  const root = join(folder, 'program');
  for (const part of ['dist', 'grader', 'problems', 'package.json']) {
    // Types and sources are most of the files, and only a package's are looked at.
    const filter = (path: string) => part === 'problems' || !path.endsWith('.ts');
    cpSync(join(packageRoot, part), join(root, part), { recursive: true, filter });
  }
  symlinkSync(join(packageRoot, 'node_modules'), join(root, 'node_modules'));
  const own = { GRADER_CACHE: cacheWithEngine(folder), NO_COLOR: '1' };
  return {
    root,
    read: (path) => readFileSync(join(root, path), 'utf8'),
    write(path, text) {
      mkdirSync(dirname(join(root, path)), { recursive: true });
      writeFileSync(join(root, path), text);
    },
    async run(words, env = {}) {
      const { exitCode, stdout, stderr } = await execa(
        process.execPath,
        [join(root, 'grader/launch.js'), ...words],
        {
          cwd: folder,
          env: { ...own, ...env },
          reject: false,
          stdin: 'ignore',
          timeout: 1_800_000,
        },
      );
      return { exitCode, stdout, stderr };
    },
  };
}
