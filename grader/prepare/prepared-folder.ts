import { randomUUID } from 'node:crypto';
import { mkdir, readdir, readFile, rename, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { countValues, writeArray, writeBlocks } from '../array-file.ts';
import { cacheRoot } from '../cache.ts';
import type {
  ArrayFile,
  DataSource,
  HeldOutTargets,
  LazyArray,
  NdArray,
  PreparedData,
  ProblemDefinition,
} from '../contract.ts';
import { notWritten } from '../datasets/fetch-failures.ts';
import { GraderError } from '../errors.ts';
import type { AnyData } from './check-data.ts';

/** What a grading gets: the open part for the trainer, the held-out targets for the scorer. */
export interface Prepared {
  readonly data: PreparedData;
  readonly heldOut: HeldOutTargets;
}

const unusedDays = 7;

export function preparedFolder(problemId: string, key: string): string {
  return join(cacheRoot(), 'prepared', `${problemId}-${key}`);
}

/** What an earlier run left in a folder, or null when it is not there or not whole. */
export async function readPrepared(folder: string): Promise<Prepared | null> {
  let manifest: Prepared;
  try {
    manifest = JSON.parse(await readFile(join(folder, 'manifest.json'), 'utf8')) as Prepared;
    // The time of last use, for `removeUnused`.
    await utimes(folder, new Date(), new Date());
  } catch {
    // Not made yet.
    return null;
  }
  const prepared = mapPaths(manifest, (path) => join(folder, path));
  const whole = await Promise.all(arraysOf(prepared).map(isWhole));
  return whole.every(Boolean) ? prepared : null;
}

export interface Contents {
  readonly definition: ProblemDefinition;
  readonly data: AnyData;
  readonly source: DataSource;
  /** After each array, with its name and the rows in it. */
  readonly onWritten: (name: string, rows: number) => void;
}

/**
 * Writes a folder beside its place and moves it there, so that it is whole from the first moment.
 * Throws what making lazy inputs throws, else fault `machine`.
 */
export async function writePrepared(folder: string, contents: Contents): Promise<Prepared> {
  const temporary = `${folder}.${randomUUID()}`;
  try {
    await mkdir(join(temporary, 'open'), { recursive: true });
    await mkdir(join(temporary, 'held-out'));
    const prepared = await writeArrays(temporary, contents);
    const manifest = mapPaths(prepared, (path) => path.slice(temporary.length + 1));
    await writeFile(join(temporary, 'manifest.json'), JSON.stringify(manifest));
    return (
      (await moveInPlace(temporary, folder)) ?? mapPaths(manifest, (path) => join(folder, path))
    );
  } catch (error) {
    throw error instanceof GraderError ? error : notWritten(temporary, error);
  } finally {
    await rm(temporary, { recursive: true, force: true }).catch(() => {
      // What stays is removed with the unused folders.
    });
  }
}

/** Removes what no run of this problem has used for a week; each new version leaves a folder. */
export async function removeUnused(folder: string, problemId: string): Promise<void> {
  const oldest = Date.now() - unusedDays * 24 * 3600 * 1000;
  for (const name of await readdir(dirname(folder))) {
    const path = join(dirname(folder), name);
    if (!new RegExp(`^${problemId}-[0-9a-f]{16}`).test(name) || path === folder) continue;
    const used = await stat(path).catch(() => null);
    if (used && used.mtimeMs < oldest) await rm(path, { recursive: true, force: true });
  }
}

async function writeArrays(folder: string, contents: Contents): Promise<Prepared> {
  const { data, definition, source } = contents;
  const write = async (name: string, array: NdArray | LazyArray): Promise<ArrayFile> => {
    const path = join(folder, `${name}.bin`);
    const file = await ('data' in array ? writeArray(path, array) : writeBlocks(path, array));
    contents.onWritten(name, array.shape[0] ?? 0);
    return file;
  };
  const both = async (part: 'training' | 'validation') => ({
    inputs: await write(`open/${part}-inputs`, data[part].inputs),
    targets: await write(`open/${part}-targets`, data[part].targets),
  });
  return {
    data: {
      source,
      notes: data.notes,
      decoding: data.decoding,
      training: await both('training'),
      validation: await both('validation'),
      heldOut: { inputs: await write('open/held-out-inputs', data.heldOut.inputs) },
    },
    heldOut: {
      targets: await write('held-out/targets', data.heldOut.targets),
      ...(data.heldOutLabels ? { labels: data.heldOutLabels } : {}),
      ...(definition.classes
        ? {}
        : { bestConstant: bestConstant(data.training.targets, definition) }),
    },
  };
}

function bestConstant({ data }: NdArray, { metric }: ProblemDefinition): number {
  const values = Float64Array.from(data).sort();
  if (metric.id === 'mae') return values[Math.floor(values.length / 2)] ?? 0;
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** What another process has put in the same place meanwhile, else null. */
async function moveInPlace(temporary: string, folder: string): Promise<Prepared | null> {
  const others = await readPrepared(folder);
  if (others) return others;
  // A folder that is there and not whole was damaged later.
  await rm(folder, { recursive: true, force: true });
  try {
    await rename(temporary, folder);
    return null;
  } catch (error) {
    const winner = await readPrepared(folder);
    if (winner) return winner;
    throw error;
  }
}

function mapPaths({ data, heldOut }: Prepared, change: (path: string) => string): Prepared {
  const moved = (file: ArrayFile): ArrayFile => ({ ...file, path: change(file.path) });
  const split = ({ inputs, targets }: PreparedData['training']) => ({
    inputs: moved(inputs),
    targets: moved(targets),
  });
  return {
    data: {
      ...data,
      training: split(data.training),
      validation: split(data.validation),
      heldOut: { inputs: moved(data.heldOut.inputs) },
    },
    heldOut: { ...heldOut, targets: moved(heldOut.targets) },
  };
}

function arraysOf({ data, heldOut }: Prepared): ArrayFile[] {
  const { training, validation } = data;
  const open = [training.inputs, training.targets, validation.inputs, validation.targets];
  return [...open, data.heldOut.inputs, heldOut.targets];
}

async function isWhole(file: ArrayFile): Promise<boolean> {
  const bytes = countValues(file.shape) * (file.dtype === 'uint8' ? 1 : 4);
  const found = await stat(file.path).catch(() => null);
  return found?.size === bytes;
}
