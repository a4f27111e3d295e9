import { readdir } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { basename, dirname, join, resolve } from 'node:path';
import { GraderError } from '../errors.ts';
import type { Library } from './find-library.ts';
import { lastLines, runProgram } from '../process/run-program.ts';

/** A C++ compiler as a command: a program and, where `$CXX` has them, arguments. */
export type Compiler = readonly string[];

/** The first C++ compiler that runs. Throws a `GraderError` that says what to install. */
export async function findCompiler(signal?: AbortSignal): Promise<Compiler> {
  const own = process.env['CXX']?.trim();
  const candidates = [...(own ? [ownCompiler(own)] : []), ['c++'], ['g++'], ['clang++']];
  for (const candidate of candidates) {
    const { ok } = await runProgram([...candidate, '--version'], { signal });
    if (ok) return candidate;
  }
  throw new GraderError({
    fault: 'machine',
    code: 'no-compiler',
    message: `The engine is compiled on this machine, and no C++ compiler was found. Tried: ${candidates.map((words) => words.join(' ')).join(', ')}.`,
    help: [
      'Install one, then run the command again:',
      '  Debian, Ubuntu:  sudo apt-get install g++',
      '  Fedora, RHEL:    sudo dnf install gcc-c++',
      '  macOS:           xcode-select --install',
      'Or set CXX to the path of a compiler.',
    ].join('\n'),
  });
}

/** Programs run elsewhere, so a path is one from here. */
function ownCompiler(words: string): Compiler {
  const [program = '', ...rest] = words.split(/\s+/);
  return [program.includes('/') ? resolve(program) : program, ...rest];
}

interface ObjectsOptions {
  readonly compiler: Compiler;
  /** TensorFlow's; the library itself need not be there yet. */
  readonly headers: string;
  /** Where the object files go. */
  readonly folder: string;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Compiles tfjs-node's binding, its files side by side, and answers the object files. N-API only, so one
 * addon serves every Node version. Throws a `GraderError` with the compiler's last lines.
 */
export async function compileObjects(options: ObjectsOptions): Promise<readonly string[]> {
  const { compiler, headers, folder, signal } = options;
  const binding = dirname(require.resolve('@tensorflow/tfjs-node-gpu/package.json'));
  const nodeApi = dirname(require.resolve('node-api-headers/package.json'));
  const names = (await readdir(join(binding, 'binding'))).filter((name) => name.endsWith('.cc'));
  const failed = new AbortController();
  const either = signal ? AbortSignal.any([signal, failed.signal]) : failed.signal;
  const compile = async (name: string) => {
    const object = join(folder, `${name}.o`);
    const words = [
      ...['-std=c++17', '-O2', '-fPIC', '-w', '-DNAPI_VERSION=8'],
      ...[join(nodeApi, 'include'), headers, binding].map((path) => `-I${path}`),
      ...['-c', join(binding, 'binding', name), '-o', object],
    ];
    await runCompiler([...compiler, ...words], either);
    return object;
  };
  const all = names.sort().map((name) => compile(name));
  try {
    return await Promise.all(all);
  } catch (error) {
    // None writes any more when the caller removes the folder.
    failed.abort();
    await Promise.allSettled(all);
    throw error;
  }
}

const require = createRequire(import.meta.url);

interface LinkOptions {
  readonly compiler: Compiler;
  readonly objects: readonly string[];
  readonly library: Library;
  /** Where the running addon looks for the library: absolute, or relative to the addon. */
  readonly libraryPath: string;
  /** Path of the addon to write. */
  readonly addon: string;
  readonly signal?: AbortSignal | undefined;
}

/** Makes the addon of its object files. Throws as `compileObjects` does. */
export async function linkAddon(options: LinkOptions): Promise<void> {
  const { compiler, objects, library, libraryPath, addon, signal } = options;
  const words = [
    ...(process.platform === 'darwin' ? ['-bundle', '-undefined', 'dynamic_lookup'] : ['-shared']),
    ...objects,
    ...[library.main, library.framework].map((name) => join(library.directory, name)),
    // `-Wl,` would split a path at its commas.
    ...['-Xlinker', '-rpath', '-Xlinker', libraryPath],
    ...['-o', addon],
  ];
  await runCompiler([...compiler, ...words], signal);
}

async function runCompiler(
  command: readonly string[],
  signal: AbortSignal | undefined,
): Promise<void> {
  const result = await runProgram(command, { signal });
  if (result.ok) return;
  throw new GraderError({
    fault: 'machine',
    code: 'compile-failed',
    message: `${basename(command[0] ?? '')} could not compile the TensorFlow binding (${result.ending}):\n${lastLines(result.output, 12)}`,
    help: 'The compiler must understand C++17 (g++ 8, clang 7 or later) and be able to link.',
  });
}
