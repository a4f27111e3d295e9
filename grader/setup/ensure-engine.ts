import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { isOffline } from '../download/offline.ts';
import { GraderError, throwIfAborted, toFailure } from '../errors.ts';
import { archiveSource } from './archive-source.ts';
import { enginesFolder, moveIntoPlace, withEnginesLock, withTemporary } from './cache-folder.ts';
import { compileObjects, findCompiler, type Compiler } from './compiler.ts';
import { directorySource } from './directory-source.ts';
import { intactEngine, isDamaged } from './check-engine.ts';
import type { Engine, EngineOptions, SetupListener } from './engine.ts';
import { seesNvidiaGpu } from './nvidia.ts';
import { nothingFetched } from './offline.ts';
import { refuseWindows } from './platform.ts';
import { buildEngine, repairEngine } from './build-engine.ts';
import type { Source } from './source.ts';
import { namedWheel, wheelSource } from './wheel-source.ts';

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
    const offline = options.offline === true || isOffline();
    return await withEnginesLock(
      async () => {
        const made = options.force ? null : await firstCached(sources);
        const tools = { compiler, listener, signal, offline };
        const mended = made ?? (options.force ? null : await mendFirst(sources, tools));
        return mended ?? (await makeFromFirst(sources, tools));
      },
      listener,
      signal,
    );
  } catch (error) {
    throwIfAborted(signal);
    throw error;
  }
}

/** The names of the folders of this version's engines, for any device of this platform. */
export function engineKeys(): readonly string[] {
  const devices = ['cpu', 'gpu'] as const;
  const sources = devices.flatMap((device) => [wheelSource(device), archiveSource(device)]);
  return sources.flatMap((source) => (source ? [source.key] : []));
}

/** The engine that `ensureEngine` would take from the cache, or null; makes nothing. */
export async function findEngine(options: EngineOptions): Promise<Engine | null> {
  return firstCached(await planSources(options));
}

/**
 * After a process that loaded the engine has died: the engine anew where it was damaged, else null.
 * Throws as `ensureEngine` does.
 */
export async function healEngine(
  engine: Engine,
  options: EngineOptions,
  listener: SetupListener,
): Promise<Engine | null> {
  return (await isDamaged(engine)) ? ensureEngine(options, listener) : null;
}

interface Tools {
  readonly compiler: Compiler;
  readonly listener: SetupListener;
  readonly signal: AbortSignal | undefined;
  /** Nothing may be fetched. */
  readonly offline: boolean;
}

/** A folder that was named is meant: nothing else is tried where it fails. */
async function planSources(options: EngineOptions): Promise<readonly Source[]> {
  refuseWindows();
  const named = options.libtensorflow ?? process.env['GRADER_LIBTENSORFLOW'];
  if (named) return [await directorySource(named)];
  if (options.wheel !== undefined) return [await namedWheel(options.wheel)];
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
    const engine = await intactEngine(join(enginesFolder(), source.key));
    if (engine) return engine;
  }
  return null;
}

/** An engine whose library is whole needs no download. */
async function mendFirst(sources: readonly Source[], tools: Tools): Promise<Engine | null> {
  for (const { key } of sources) {
    const directory = join(enginesFolder(), key);
    if (await repairEngine(directory, tools)) return intactEngine(directory);
  }
  return null;
}

async function makeFromFirst(sources: readonly Source[], tools: Tools): Promise<Engine> {
  const attempts: string[] = [];
  const usable = sources.filter(({ isLocal }) => isLocal || !tools.offline);
  if (usable.length === 0) throw nothingFetched(sources);
  for (const source of usable) {
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
    const { compiler, listener } = tools;
    const early = compileEarly(scratch, tools);
    const work = { directory, scratch, listener, signal: tools.signal };
    try {
      const library = await source.provide({ ...work, onHeaders: early.start });
      await buildEngine(library, source, { ...work, compiler, objects: early.objects() });
    } finally {
      await early.stop();
    }
    await moveIntoPlace(directory, target);
    const engine = await intactEngine(target);
    if (!engine) throw new Error(`${target} is incomplete after it was made.`);
    return { ...engine, source: source.kind };
  });
}

/** Compiling that begins with the headers, beside what is unpacked; stopped where that fails. */
function compileEarly(folder: string, { compiler, signal }: Tools) {
  const stopped = new AbortController();
  const either = signal ? AbortSignal.any([signal, stopped.signal]) : stopped.signal;
  let objects: Promise<readonly string[]> | undefined;
  return {
    start: (headers: string) => {
      objects = compileObjects({ compiler, headers, folder, signal: either });
      // Whoever awaits it hears of a failure.
      objects.catch(() => undefined);
    },
    objects: () => objects,
    stop: async () => {
      stopped.abort();
      await objects?.catch(() => undefined);
    },
  };
}
