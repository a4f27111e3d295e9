import {
  closeSync,
  copyFileSync,
  linkSync,
  mkdirSync,
  openSync,
  readFileSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { engineFiles, stampFiles } from '../../grader/setup/engine-files.ts';
import { type Engine, type Manifest, writeManifest } from '../../grader/setup/engine.ts';
import { libraryNamed } from '../../grader/setup/find-library.ts';

/** An engine in another cache with an addon of its own; the large libraries are the same files. */
export async function copyEngine(cache: string, engine: Engine): Promise<string> {
  const directory = join(cache, 'engine', basename(engine.directory));
  const libraries = join(directory, 'tensorflow');
  mkdirSync(libraries, { recursive: true });
  const from = dirname(engine.library);
  const { main, framework } = libraryNamed(engine.library);
  for (const name of [main, framework]) shareFile(join(from, name), join(libraries, name));
  symlinkSync(join(from, 'include'), join(libraries, 'include'));
  copyFileSync(engine.addon, join(directory, 'tfjs_binding.node'));
  const manifest = readManifest(engine);
  const library = join('tensorflow', main);
  await stamped(directory, { ...manifest, library });
  return directory;
}

/** An engine whose addon is these bytes, which are those that it was made with. */
export async function engineWithAddon(cache: string, engine: Engine, addon: string): Promise<void> {
  const directory = join(cache, 'engine', basename(engine.directory));
  mkdirSync(directory, { recursive: true });
  writeFileSync(join(directory, 'tfjs_binding.node'), addon);
  await stamped(directory, { ...readManifest(engine), library: engine.library });
}

/** Other bytes behind the same size and time. */
export function rot(path: string): void {
  const { size, atime, mtime } = statSync(path);
  const whole = Math.floor(mtime.getTime() / 1000);
  const file = openSync(path, 'r+');
  writeSync(file, Buffer.alloc(size - 8192), 0, size - 8192, 8192);
  closeSync(file);
  utimesSync(path, atime, whole);
}

function shareFile(from: string, to: string): void {
  try {
    linkSync(from, to);
  } catch {
    copyFileSync(from, to);
  }
}

function readManifest({ directory }: Engine): Manifest {
  return JSON.parse(readFileSync(join(directory, 'engine.json'), 'utf8')) as Manifest;
}

async function stamped(directory: string, manifest: Manifest): Promise<void> {
  const addon = join(directory, 'tfjs_binding.node');
  // Whole seconds are what `rot` can restore.
  utimesSync(addon, 1_700_000_000, 1_700_000_000);
  const path = manifest.library.startsWith('/')
    ? manifest.library
    : join(directory, manifest.library);
  const library = { ...libraryNamed(path), directory: dirname(path) };
  const files = await stampFiles(directory, await engineFiles(directory, library));
  await writeManifest(directory, { ...manifest, files });
}
