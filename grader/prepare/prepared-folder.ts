import { mkdir, readdir, readFile, rename, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { basename, dirname, join, relative } from 'node:path';
import { writeArray, writeBlocks } from '../array-file.ts';
import { cacheRoot } from '../cache.ts';
import type {
  ArrayFile,
  DataSource,
  DescribedRows,
  LazyArray,
  NdArray,
  PreparedData,
  ProblemDefinition,
} from '../contract.ts';
import { fileDigest } from '../files/digest.ts';
import { notWritten } from '../download/fetch-failures.ts';
import { GraderError } from '../errors.ts';
import { temporaryFolder } from '../files/temporary.ts';
import { metricOf } from '../metrics/metric.ts';
import type { AnyData } from './check-data.ts';
import { forecastBaselines } from './forecast-baselines.ts';
import { mapPaths, pathsOf, type Prepared } from './prepared.ts';
import { sharedRows } from './shared-rows.ts';
import { manifestName, manifestOf, readManifest } from './manifest.ts';

const unusedDays = 7;

export function preparedFolder(problemId: string, key: string): string {
  return join(cacheRoot(), 'prepared', `${problemId}-${key}`);
}

/**
 * What an earlier run left in a folder: null when it is not there, `damaged` when it is not what was
 * written. Every byte is read for that.
 */
export async function readPrepared(folder: string): Promise<Prepared | 'damaged' | null> {
  const text = await readFile(join(folder, manifestName), 'utf8').catch(() => null);
  if (text === null) return null;
  const manifest = readManifest(text);
  if (manifest === null) return 'damaged';
  // The time of last use, for `removeUnused`; a cache may be another user's, or read-only.
  await utimes(folder, new Date(), new Date()).catch(() => undefined);
  const isWhole = await Promise.all(
    pathsOf(manifest.prepared).map(async (path) => {
      const found = await fileDigest(join(folder, path)).catch(() => null);
      return found !== null && found === manifest.digests[path];
    }),
  );
  return isWhole.every(Boolean)
    ? mapPaths(manifest.prepared, (path) => join(folder, path))
    : 'damaged';
}

interface Contents {
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
  let temporary: string | null = null;
  try {
    await mkdir(dirname(folder), { recursive: true });
    temporary = temporaryFolder('prepare', dirname(folder));
    const made = join(temporary, basename(folder));
    await mkdir(join(made, 'open'), { recursive: true });
    await mkdir(join(made, 'held-out'));
    const written = await writeArrays(made, contents);
    const prepared = mapPaths(written, (path) => relative(made, path));
    await writeFile(join(made, manifestName), await manifestOf(made, prepared));
    return (await moveInPlace(made, folder)) ?? mapPaths(prepared, (path) => join(folder, path));
  } catch (error) {
    throw error instanceof GraderError ? error : notWritten(temporary ?? folder, error);
  } finally {
    if (temporary !== null) {
      await rm(temporary, { recursive: true, force: true }).catch(() => {
        // The next run sweeps it.
      });
    }
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
  const open: PreparedData = {
    source,
    notes: data.notes,
    decoding: data.decoding,
    training: await both('training'),
    validation: await both('validation'),
    heldOut: { inputs: await write('open/held-out-inputs', data.heldOut.inputs) },
  };
  return {
    data: open,
    sharedRows: await sharedRows(open, definition),
    heldOut: {
      targets: await write('held-out/targets', data.heldOut.targets),
      ...(data.heldOutLabels ? { labels: data.heldOutLabels } : {}),
      ...(definition.classes
        ? {}
        : {
            bestConstant: metricOf(definition.metric.id).bestConstant(data.training.targets.data),
          }),
      ...(definition.task === 'forecast' ? { baselines: await forecastBaselines(open) } : {}),
    },
    described: await writeDescribed(folder, data.heldOutRows),
  };
}

/** The texts of many rows would make the manifest long, which every grading reads. */
async function writeDescribed(folder: string, rows: DescribedRows | undefined) {
  if (!rows) return null;
  const path = join(folder, 'held-out', 'described.json');
  await writeFile(path, JSON.stringify(rows));
  return path;
}

/** What another process has put in the same place meanwhile, else null. */
async function moveInPlace(temporary: string, folder: string): Promise<Prepared | null> {
  const others = await readPrepared(folder);
  if (others !== null && others !== 'damaged') return others;
  await rm(folder, { recursive: true, force: true });
  try {
    await rename(temporary, folder);
    return null;
  } catch (error) {
    const winner = await readPrepared(folder);
    if (winner !== null && winner !== 'damaged') return winner;
    throw error;
  }
}
