import { mkdir } from 'node:fs/promises';
import { basename, join, relative } from 'node:path';
import { GraderError, toFailure } from '../../errors.ts';
import { archiveSource } from './archive-source.ts';
import { enginesFolder, moveIntoPlace, withEnginesLock, withTemporary } from './cache-folder.ts';
import { compileAddon, findCompiler, type Compiler } from './compiler.ts';
import { directorySource } from './directory-source.ts';
import {
  addonName,
  readEngine,
  sizeOf,
  writeManifest,
  type Engine,
  type EngineOptions,
  type SetupListener,
} from './engine.ts';
import type { Library } from './find-library.ts';
import { seesNvidiaGpu } from './nvidia.ts';
import { refuseWindows } from './platform.ts';
import { probeEngine } from './probe.ts';
import { throwIfAborted } from './run-program.ts';
import { runStage, type Source, type Work } from './source.ts';
import { wheelSource } from './wheel-source.ts';

/**
 * The engine of this machine: from the cache, else made from the first source that works. Throws a
 * `GraderError`: `machine` with every source that failed, `usage` for a folder that was named and
 * is incomplete, `interrupted` when the signal fires.
 */
export async function ensureEngine(
  options: EngineOptions,
  listener: SetupListener,
): Promise<Engine> {
  const { signal } = options;
  try {
    const sources = await planSources(options);
    const found = options.force ? null : await firstCached(sources);
    if (found) return found;
    // Before anything is fetched: without a compiler the download would be for nothing.
    const compiler = await findCompiler(signal);
    return await withEnginesLock(
      async () => {
        const made = options.force ? null : await firstCached(sources);
        return made ?? (await makeFromFirst(sources, { compiler, listener, signal }));
      },
      listener,
      signal,
    );
  } catch (error) {
    throwIfAborted(signal);
    throw error;
  }
}

/** The engine that `ensureEngine` would take from the cache, or null; makes nothing. */
export async function findEngine(options: EngineOptions): Promise<Engine | null> {
  return firstCached(await planSources(options));
}

interface Tools {
  readonly compiler: Compiler;
  readonly listener: SetupListener;
  readonly signal: AbortSignal | undefined;
}

/** A folder that was named is meant: nothing else is tried where it fails. */
async function planSources(options: EngineOptions): Promise<readonly Source[]> {
  refuseWindows();
  const named = options.libtensorflow ?? process.env['GRADER_LIBTENSORFLOW'];
  if (named) return [await directorySource(named)];
  const cpu = [wheelSource('cpu'), archiveSource('cpu')];
  const gpu = [wheelSource('gpu'), archiveSource('gpu')];
  const device = options.device ?? 'auto';
  const wanted = device === 'gpu' ? gpu : cpu;
  if (device === 'auto' && (await seesNvidiaGpu(options.signal))) {
    wanted.unshift(wheelSource('gpu'));
  }
  const sources = wanted.filter((source) => source !== null);
  if (sources.length > 0) return sources;
  throw new GraderError({
    fault: 'machine',
    code: 'platform-unsupported',
    message: `TensorFlow has no build with CUDA for ${process.platform}-${process.arch}.`,
    help: 'Leave --gpu out to use the CPU.',
  });
}

async function firstCached(sources: readonly Source[]): Promise<Engine | null> {
  for (const source of sources) {
    const engine = await readEngine(join(enginesFolder(), source.key));
    if (engine) return engine;
  }
  return null;
}

async function makeFromFirst(sources: readonly Source[], tools: Tools): Promise<Engine> {
  const attempts: string[] = [];
  for (const source of sources) {
    try {
      return await make(source, tools);
    } catch (error) {
      throwIfAborted(tools.signal);
      const why = toFailure(error).message;
      attempts.push(`${source.name}: ${why}`);
      tools.listener({ stage: 'failed', text: `Engine: ${source.name} failed: ${why}` });
    }
  }
  throw new GraderError({
    fault: 'machine',
    code: 'engine-unavailable',
    message: `TensorFlow could not be set up. Tried:\n${attempts.map((line) => `  - ${line}`).join('\n')}`,
    help: [
      'Give pip access to its package index (behind a proxy: HTTPS_PROXY; a mirror: PIP_INDEX_URL), then run grader setup.',
      'Or name a folder that has TensorFlow already: grader setup --libtensorflow DIR.',
    ].join('\n'),
  });
}

async function make(source: Source, tools: Tools): Promise<Engine> {
  const target = join(enginesFolder(), source.key);
  return withTemporary(async (temporary) => {
    const directory = join(temporary, source.key);
    const scratch = join(temporary, 'scratch');
    await mkdir(directory);
    await mkdir(scratch);
    const work: Work = { directory, scratch, listener: tools.listener, signal: tools.signal };
    const library = await source.provide(work);
    await build(library, work, tools.compiler);
    await check(source, library, work);
    await moveIntoPlace(directory, target);
    const engine = await readEngine(target);
    if (!engine) throw new Error(`${target} is incomplete after it was made.`);
    return { ...engine, source: source.kind };
  });
}

async function build(library: Library, work: Work, compiler: Compiler): Promise<void> {
  const { directory, listener, signal } = work;
  const title = `the TensorFlow binding with ${basename(compiler[0] ?? '')}`;
  const addon = join(directory, addonName);
  const origin = process.platform === 'darwin' ? '@loader_path' : '$ORIGIN';
  const inside = relativeInside(directory, library.directory);
  const libraryPath = inside === null ? library.directory : `${origin}/${inside}`;
  await runStage({ id: 'compile', verbs: ['compiling', 'compiled'], title }, listener, () =>
    compileAddon({ compiler, library, libraryPath, addon, signal }),
  );
}

/** Loads what was made, and only then writes the manifest that makes it an engine. */
async function check(source: Source, library: Library, work: Work): Promise<void> {
  const { directory, listener, signal } = work;
  const path = join(library.directory, library.main);
  const inside = relativeInside(directory, path);
  const { version, usesGpu } = await runStage(
    { id: 'check', verbs: ['checking', 'checked'], title: 'that TensorFlow loads and computes' },
    listener,
    () => probeEngine({ addon: join(directory, addonName) }, signal),
  );
  await writeManifest(directory, {
    format: 'grader-engine',
    version: 1,
    tensorflow: version,
    library: inside ?? path,
    libraryBytes: (await sizeOf(path)) ?? 0,
    source: source.kind,
    gpu: source.gpu || usesGpu,
  });
}

function relativeInside(directory: string, path: string): string | null {
  const way = relative(directory, path);
  return way.startsWith('..') ? null : way;
}
