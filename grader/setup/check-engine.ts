import { constants } from 'node:fs';
import { access } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { GraderError } from '../errors.ts';
import {
  damagedFiles,
  engineFiles,
  lookUnchanged,
  stampFiles,
  withoutTrust,
} from './engine-files.ts';
import {
  engineOf,
  engineManifestName,
  readEngineManifest,
  sizeOf,
  writeManifest,
  type Engine,
  type Manifest,
} from './engine.ts';
import { libraryNamed } from './find-library.ts';
import { probeEngine } from './start.ts';

/**
 * The engine that a folder holds, or null where it is missing, incomplete or damaged. Its files are
 * read only where they look as if somebody had touched them.
 */
export async function intactEngine(directory: string): Promise<Engine | null> {
  const manifest = await readEngineManifest(directory);
  if (manifest === null) return null;
  const engine = engineOf(directory, manifest);
  const { files } = manifest;
  if (!files) return (await adopt(engine, manifest)) ? engine : null;
  const isOwn = await mayWrite(directory);
  if (await lookUnchanged(directory, files, isOwn)) return engine;
  if ((await damagedFiles(directory, files)).length > 0) return null;
  const paths = files.map(({ path }) => path);
  if (isOwn) await keepStamps(directory, manifest, paths);
  return engine;
}

/** Names of an engine's files that are not what was made. Every byte is read. */
export async function verifyEngine({ directory }: Engine): Promise<readonly string[]> {
  const manifest = await readEngineManifest(directory);
  if (manifest === null) return [engineManifestName];
  return damagedFiles(directory, manifest.files ?? []);
}

/**
 * After a process that loaded the engine has died: whether the engine is damaged. Then it counts as
 * one that is to be made anew, also where its files look untouched.
 */
export async function isDamaged(engine: Engine): Promise<boolean> {
  const damaged = await verifyEngine(engine);
  if (damaged.length === 0) return false;
  const manifest = await readEngineManifest(engine.directory);
  if (manifest?.files) {
    const files = withoutTrust(manifest.files);
    await writeManifest(engine.directory, { ...manifest, files }).catch((cause: unknown) => {
      throw notMended(engine, damaged, cause);
    });
  }
  return true;
}

/** What an earlier version made says nothing of its files: it is tried once, then they are known. */
async function adopt(engine: Engine, manifest: Manifest): Promise<boolean> {
  const { directory, library } = engine;
  const sizes = await Promise.all([sizeOf(library), sizeOf(engine.addon)]);
  if (sizes[0] !== manifest.libraryBytes || sizes[1] === null) return false;
  if (!(await mayWrite(directory))) return true;
  try {
    await probeEngine(engine);
  } catch (error) {
    if (error instanceof GraderError && error.failure.code === 'engine-broken') return false;
    throw error;
  }
  const found = libraryNamed(library);
  const paths = await engineFiles(directory, { ...found, directory: dirname(library) });
  await keepStamps(directory, manifest, paths);
  return true;
}

async function keepStamps(
  directory: string,
  manifest: Manifest,
  paths: readonly string[],
): Promise<void> {
  const files = await stampFiles(directory, paths);
  await writeManifest(directory, { ...manifest, files }).catch(() => {
    // A full disk: the next start reads the files again.
  });
}

async function mayWrite(directory: string): Promise<boolean> {
  try {
    await access(directory, constants.W_OK);
    await access(join(directory, engineManifestName), constants.W_OK);
    return true;
  } catch {
    return false;
  }
}

function notMended(engine: Engine, damaged: readonly string[], cause: unknown): GraderError {
  return new GraderError(
    {
      fault: 'machine',
      code: 'engine-damaged',
      message: `TensorFlow in ${engine.directory} is damaged (${damaged.join(', ')}), and this user may not write there.`,
      help: 'Let its owner run grader setup --force, or name another cache folder in GRADER_CACHE.',
    },
    { cause },
  );
}
