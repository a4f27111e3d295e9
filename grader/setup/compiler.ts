import { readdir, writeFile } from 'node:fs/promises';
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
  /** For what is made on the way. */
  readonly folder: string;
  /** Where the running addon looks for the library: absolute, or relative to the addon. */
  readonly libraryPath: string;
  /** Path of the addon to write. */
  readonly addon: string;
  readonly signal?: AbortSignal | undefined;
}

/** Makes the addon of its object files. Throws as `compileObjects` does. */
export async function linkAddon(options: LinkOptions): Promise<void> {
  const { compiler, objects, libraryPath, addon, signal } = options;
  const onMac = process.platform === 'darwin';
  const words = [
    ...(onMac ? ['-bundle', '-undefined', 'dynamic_lookup'] : ['-shared']),
    ...objects,
    ...(onMac ? librariesOf(options.library) : await standIns(options)),
    // `-Wl,` would split a path at its commas.
    ...['-Xlinker', '-rpath', '-Xlinker', libraryPath],
    ...['-o', addon],
  ];
  await runCompiler([...compiler, ...words], signal);
}

function librariesOf({ directory, main, framework }: Library): readonly string[] {
  return [main, framework].map((name) => join(directory, name));
}

/**
 * Empty libraries of TensorFlow's names. GNU ld takes 15 s to read the symbols of the real ones, 0.1 s with
 * these; what a shared object leaves open is found when it is loaded, which setup then tries.
 */
async function standIns({ compiler, library, folder, signal }: LinkOptions): Promise<string[]> {
  const source = join(folder, 'empty.cc');
  await writeFile(source, '');
  const made = [library.main, library.framework].map(async (name) => {
    const path = join(folder, basename(name));
    const named = ['-Xlinker', '-soname', '-Xlinker', basename(name)];
    await runCompiler([...compiler, '-shared', '-nostdlib', ...named, source, '-o', path], signal);
    return path;
  });
  // Nothing in them is called, and they are needed all the same.
  return ['-Xlinker', '--no-as-needed', ...(await Promise.all(made))];
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
