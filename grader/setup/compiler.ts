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

interface AddonOptions {
  readonly compiler: Compiler;
  readonly library: Library;
  /** Where the running addon looks for the library: absolute, or relative to the addon. */
  readonly libraryPath: string;
  /** Path of the addon to write. */
  readonly addon: string;
  readonly signal?: AbortSignal | undefined;
}

/** Compiles tfjs-node's binding. Throws a `GraderError` with the compiler's last lines. */
export async function compileAddon(options: AddonOptions): Promise<void> {
  const command = [...options.compiler, ...(await compilerArguments(options))];
  const result = await runProgram(command, { signal: options.signal });
  if (result.ok) return;
  throw new GraderError({
    fault: 'machine',
    code: 'compile-failed',
    message: `${basename(options.compiler[0] ?? '')} could not compile the TensorFlow binding (${result.ending}):\n${lastLines(result.output, 12)}`,
    help: 'The compiler must understand C++17 (g++ 8, clang 7 or later) and be able to link.',
  });
}

const require = createRequire(import.meta.url);

/** N-API only, so one call suffices and one addon serves every Node version. */
async function compilerArguments(options: AddonOptions): Promise<string[]> {
  const binding = dirname(require.resolve('@tensorflow/tfjs-node-gpu/package.json'));
  const nodeApi = dirname(require.resolve('node-api-headers/package.json'));
  const sources = (await readdir(join(binding, 'binding'))).filter((name) => name.endsWith('.cc'));
  const { library } = options;
  return [
    ...['-std=c++17', '-O2', '-fPIC', '-w', '-DNAPI_VERSION=8'],
    ...(process.platform === 'darwin' ? ['-bundle', '-undefined', 'dynamic_lookup'] : ['-shared']),
    ...[join(nodeApi, 'include'), library.headers, binding].map((path) => `-I${path}`),
    ...sources.sort().map((name) => join(binding, 'binding', name)),
    ...[library.main, library.framework].map((name) => join(library.directory, name)),
    // `-Wl,` would split a path at its commas.
    ...['-Xlinker', '-rpath', '-Xlinker', options.libraryPath],
    ...['-o', options.addon],
  ];
}
