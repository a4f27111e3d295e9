import { rename, rm } from 'node:fs/promises';
import { basename, dirname, join, relative } from 'node:path';
import { GraderError } from '../errors.ts';
import { temporaryFolder } from '../files/temporary.ts';
import { compileObjects, linkAddon, type Compiler } from './compiler.ts';
import { damagedFiles, engineFiles, stampFiles } from './engine-files.ts';
import { addonName, readEngineManifest, sizeOf, writeManifest, type Manifest } from './engine.ts';
import { findLibrary, type Library } from './find-library.ts';
import { probeEngine, type Probe } from './start.ts';
import { runStage, type Source, type SourceWork } from './source.ts';

interface BuildWork extends Omit<SourceWork, 'scratch' | 'onHeaders'> {
  readonly compiler: Compiler;
  /** Where the binding is being compiled already. */
  readonly objects?: Promise<readonly string[]> | undefined;
}

/** Compiles the addon, tries it, and only then writes the manifest that makes the folder an engine. */
export async function buildEngine(
  library: Library,
  source: Pick<Source, 'kind' | 'gpu'>,
  work: BuildWork,
): Promise<void> {
  const { directory } = work;
  const addon = join(directory, addonName);
  await compile(library, addon, work);
  const { version, usesGpu } = await tryOut(addon, work);
  const path = join(library.directory, library.main);
  await writeManifest(directory, {
    format: 'grader-engine',
    version: 1,
    tensorflow: version,
    library: relativeInside(directory, path) ?? path,
    libraryBytes: (await sizeOf(path)) ?? 0,
    source: source.kind,
    gpu: source.gpu || usesGpu,
    files: await stampFiles(directory, await engineFiles(directory, library)),
  });
}

/** Compiles the addon anew where nothing but it is damaged; answers whether that was so. */
export async function repairEngine(
  directory: string,
  tools: Omit<BuildWork, 'directory'>,
): Promise<boolean> {
  const manifest = await readEngineManifest(directory);
  const library = findLibrary(directory);
  if (manifest === null || typeof library === 'string') return false;
  if (!(await isLibraryWhole(directory, manifest))) return false;
  const { listener } = tools;
  listener({ stage: 'failed', text: `Engine: ${addonName} was damaged; it is made anew` });
  const work = { ...tools, directory };
  const fresh = join(directory, `new-${addonName}`);
  try {
    await compile(library, fresh, work);
    await tryOut(fresh, work);
    await rename(fresh, join(directory, addonName));
    const files = await stampFiles(directory, await engineFiles(directory, library));
    await writeManifest(directory, { ...manifest, files });
    return true;
  } catch (error) {
    await rm(fresh, { force: true });
    // Headers may be damaged as well: then all of it is made anew.
    if (error instanceof GraderError && error.failure.fault === 'machine') return false;
    throw error;
  }
}

async function isLibraryWhole(directory: string, manifest: Manifest): Promise<boolean> {
  const { files, library, libraryBytes } = manifest;
  if (!files) return (await sizeOf(join(directory, library))) === libraryBytes;
  const damaged = await damagedFiles(directory, files);
  return damaged.length > 0 && damaged.every((path) => path === addonName);
}

async function compile(library: Library, addon: string, work: BuildWork): Promise<void> {
  const { compiler, listener, signal } = work;
  const title = `the TensorFlow binding with ${basename(compiler[0] ?? '')}`;
  const origin = process.platform === 'darwin' ? '@loader_path' : '$ORIGIN';
  const inside = relativeInside(dirname(addon), library.directory);
  const libraryPath = inside === null ? library.directory : `${origin}/${inside}`;
  const folder = temporaryFolder('compile');
  try {
    await runStage(
      { id: 'compile', verbs: ['compiling', 'compiled'], title },
      listener,
      async () => {
        const { headers } = library;
        const objects = await (work.objects ??
          compileObjects({ compiler, headers, folder, signal }));
        await linkAddon({ compiler, objects, library, folder, libraryPath, addon, signal });
      },
    );
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function tryOut(addon: string, { listener, signal }: BuildWork): Promise<Probe> {
  return runStage(
    { id: 'check', verbs: ['checking', 'checked'], title: 'that TensorFlow loads and computes' },
    listener,
    () => probeEngine({ addon }, signal),
  );
}

function relativeInside(directory: string, path: string): string | null {
  const way = relative(directory, path);
  return way.startsWith('..') ? null : way;
}
