import { realpath, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { GraderError } from '../errors.ts';
import { digestOf } from '../files/digest.ts';
import { bindingVersion } from './engine.ts';
import { findLibrary } from './find-library.ts';
import type { Source } from './source.ts';

/** A folder that the user names. Throws a `usage` error that says what it lacks. */
export async function directorySource(path: string): Promise<Source> {
  const library = findLibrary(await realpath(path).catch(() => path));
  if (typeof library === 'string') {
    throw new GraderError({
      fault: 'usage',
      code: 'libtensorflow-incomplete',
      message: `--libtensorflow (or GRADER_LIBTENSORFLOW) ${path}: ${library}`,
      help: "Name a folder with TensorFlow's C library in lib/ and its headers in include/, or the tensorflow folder of a Python installation.",
    });
  }
  const { size, mtimeMs } = await stat(join(library.directory, library.main));
  const identity = [library.directory, library.main, size, mtimeMs, bindingVersion()].join('\n');
  const hash = digestOf(identity).slice(0, 16);
  return {
    kind: 'directory',
    name: `the folder ${library.directory}`,
    key: `directory-${hash}-${process.platform}-${process.arch}`,
    gpu: false,
    isLocal: true,
    provide: () => Promise.resolve(library),
  };
}
