import { mkdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { DatasetFile, DatasetVariant, Problem } from '../contract.ts';
import { GraderError } from '../errors.ts';
import { mismatch } from '../download/mismatch.ts';
import { notWritten } from '../download/fetch-failures.ts';
import { fetchFile } from '../download/fetch.ts';
import { takeLock } from '../files/lock.ts';
import { fileSize } from '../text/bytes.ts';
import { cacheDirectory, findFile, localPlaces } from './status.ts';

/** What a long resolution says while it works. */
interface DatasetListener {
  downloading?(download: Download): void;
  /** An address that did not serve, and why. */
  failed?(reason: string): void;
}

/** How far the transfer of one file is, in bytes. */
export interface Download {
  readonly file: string;
  readonly url: string;
  readonly received: number;
  readonly total: number | null;
}

export interface ResolveOptions {
  readonly listener?: DatasetListener;
  readonly signal?: AbortSignal | undefined;
  /** Do not ask the network. */
  readonly offline?: boolean;
}

export interface ResolvedDataset {
  readonly variant: string;
  /** Paths of verified files by name. */
  readonly files: ReadonlyMap<string, string>;
}

/**
 * Finds a problem's data set: on this machine in any of its variants, else at its canonical
 * addresses. Every file is verified by SHA-256. Throws one `GraderError` with fault `machine` and
 * code `dataset-missing` that lists what was tried.
 */
export async function resolveDataset(
  problem: Pick<Problem, 'definition' | 'directory'>,
  options: ResolveOptions = {},
): Promise<ResolvedDataset> {
  const tried: string[] = [];
  for (const variant of problem.definition.dataset.variants) {
    const found = await findLocally(problem, variant, tried);
    if (found.missing.length === 0) return { variant: variant.id, files: found.files };
  }
  for (const variant of problem.definition.dataset.variants) {
    const files = await completeFromNetwork(problem, { variant, tried }, options);
    if (files !== null) return { variant: variant.id, files };
  }
  throw missing(problem, tried);
}

interface LocalFiles {
  readonly files: Map<string, string>;
  readonly missing: readonly DatasetFile[];
}

async function findLocally(
  problem: Pick<Problem, 'definition' | 'directory'>,
  variant: DatasetVariant,
  tried: string[],
): Promise<LocalFiles> {
  const places = localPlaces(problem.definition.dataset, problem.directory, variant);
  const files = new Map<string, string>();
  const missing: DatasetFile[] = [];
  for (const file of variant.files) {
    const found = await findFile(file, places);
    if (found.place) files.set(file.name, join(found.place.directory, file.name));
    else {
      missing.push(file);
      tried.push(...found.tried.map((line) => `[${variant.id}] ${line}`));
    }
  }
  return { files, missing };
}

interface Attempt {
  readonly variant: DatasetVariant;
  readonly tried: string[];
}

/** The files of one variant, downloaded where they are not here; null when one cannot be had. */
async function completeFromNetwork(
  problem: Pick<Problem, 'definition' | 'directory'>,
  { variant, tried }: Attempt,
  options: ResolveOptions,
): Promise<ReadonlyMap<string, string> | null> {
  const { files, missing } = await findLocally(problem, variant, []);
  const fail = (reason: string) => void tried.push(`[${variant.id}] ${reason}`);
  for (const file of missing) {
    if (file.urls.length === 0) fail(`network ${file.name}: this variant has no address`);
    else if (options.offline) fail(`network ${file.name}: not asked, offline`);
    const path = join(cacheDirectory(problem.definition.dataset, variant), file.name);
    const isHere = !options.offline && (await fetchFromAny({ file, path, fail }, options));
    if (!isHere) return null;
    files.set(file.name, path);
  }
  return files;
}

interface Wanted {
  readonly file: DatasetFile;
  readonly path: string;
  readonly fail: (reason: string) => void;
}

async function fetchFromAny(wanted: Wanted, options: ResolveOptions): Promise<boolean> {
  const { file, path, fail } = wanted;
  if (file.urls.length === 0) return false;
  const release = await lock(path, options.signal);
  try {
    // Another process may have brought the file while this one waited for the lock.
    if ((await mismatch(path, file)) === null) return true;
    for (const url of file.urls) {
      const reason = await fetchReason({ file, path, url }, options);
      if (reason === null) return true;
      options.listener?.failed?.(reason);
      fail(reason);
    }
    return false;
  } finally {
    await release();
  }
}

interface Address {
  readonly file: DatasetFile;
  readonly path: string;
  readonly url: string;
}

/** Downloads from one address; null when it worked, else why not. */
async function fetchReason(
  { file, path, url }: Address,
  { listener, signal }: ResolveOptions,
): Promise<string | null> {
  const onProgress = (received: number, total: number | null) =>
    listener?.downloading?.({ file: file.name, url, received, total });
  try {
    await fetchFile({ url, path, sha256: file.sha256, bytes: file.bytes, signal, onProgress });
    return null;
  } catch (error) {
    if (error instanceof GraderError && isDownloadFailure(error)) return error.message;
    throw error;
  }
}

function isDownloadFailure(error: GraderError): boolean {
  return error.failure.code.startsWith('download-');
}

/** Two processes must not write one part; the second waits. The hash still catches two writers. */
async function lock(path: string, signal: AbortSignal | undefined): Promise<() => Promise<void>> {
  try {
    await mkdir(dirname(path), { recursive: true });
    return await takeLock({ lockfile: `${path}.lock`, staleMilliseconds: 20_000, signal });
  } catch (error) {
    throw error instanceof GraderError ? error : notWritten(path, error);
  }
}

function missing(
  problem: Pick<Problem, 'definition' | 'directory'>,
  tried: readonly string[],
): GraderError {
  const { id, dataset, sample } = problem.definition;
  const debian = dataset.systemPackage?.debian;
  const names = dataset.variants[0]?.files.map((file) => file.name).join(', ') ?? '';
  const ways: readonly (readonly [string, string])[] = [
    [`grader data fetch ${id}`, 'downloads it and continues where a download broke off'],
    ['EXAM_DATA_MIRROR=DIR', `names a folder that holds ${dataset.id}/ with ${names}`],
    ...(debian ? [[`apt install ${debian}`, 'installs it from Debian or Ubuntu'] as const] : []),
    ...(sample ? [['--sample', 'uses generated data instead'] as const] : []),
  ];
  const width = Math.max(...ways.map(([way]) => way.length));
  const lines = ways.map(([way, what]) => `${way.padEnd(width)}  ${what}`);
  return new GraderError({
    fault: 'machine',
    code: 'dataset-missing',
    message: [`The data set ${dataset.id} (${dataset.title}) is not here. Tried:`, ...tried].join(
      '\n  ',
    ),
    help: ['Any of these brings it:', ...lines].join('\n  '),
  });
}

/** `Fetching rps.zip: 12.3 MB of 200.7 MB (6 %)`. */
export function downloadLine({ file, received, total }: Download): string {
  const of =
    total === null ? '' : ` of ${fileSize(total)} (${Math.floor((100 * received) / total)} %)`;
  return `Fetching ${file}: ${fileSize(received)}${of}`;
}
