import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { DatasetDefinition, DatasetFile, Failure, Problem } from '../../grader/contract.ts';
import { resolveDataset } from '../../grader/datasets/resolve.ts';
import { datasetStatus } from '../../grader/datasets/status.ts';
import { GraderError } from '../../grader/errors.ts';
import { findProblem } from '../../problems/index.ts';
import { setEnvironment } from '../support/environment.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { content, type FileServer, sendAll, serveFiles, sha256 } from '../support/file-server.ts';

let server: FileServer | undefined;
let cache = '';

beforeEach(() => {
  cache = temporaryFolder();
  setEnvironment('GRADER_CACHE', cache);
  setEnvironment('EXAM_DATA_MIRROR', undefined);
});

afterEach(async () => {
  await server?.close();
  server = undefined;
});

const file = (urls: readonly string[]): DatasetFile => ({
  name: 'numbers.bin',
  bytes: content.length,
  sha256: sha256(content),
  urls,
});

/** A real package with another data set. */
function problemWith(
  dataset: Partial<DatasetDefinition>,
): Pick<Problem, 'definition' | 'directory'> {
  const { definition } = findProblem('fashion-mnist');
  const { systemPackage, ...rest } = definition.dataset;
  expect(systemPackage).toBeDefined();
  const changed = { ...rest, id: 'numbers', ...dataset };
  return { directory: temporaryFolder(), definition: { ...definition, dataset: changed } };
}

function put(path: string, bytes: Uint8Array): string {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, bytes);
  return path;
}

const oneVariant = (urls: readonly string[]) => ({
  variants: [{ id: 'original', title: 'numbers', files: [file(urls)] }],
});

test('a bundled file is used from the package', async () => {
  const problem = problemWith({ ...oneVariant([]), bundled: true });
  const path = put(join(problem.directory, 'data/numbers.bin'), content);
  const { variant, files } = await resolveDataset(problem);
  expect(variant).toBe('original');
  expect(files.get('numbers.bin')).toBe(path);
});

test('the cache comes before the mirror', async () => {
  const mirror = temporaryFolder();
  setEnvironment('EXAM_DATA_MIRROR', mirror);
  const inMirror = put(join(mirror, 'numbers/numbers.bin'), content);
  const problem = problemWith(oneVariant([]));
  expect((await resolveDataset(problem)).files.get('numbers.bin')).toBe(inMirror);
  const inCache = put(join(cache, 'datasets/numbers/original/numbers.bin'), content);
  expect((await resolveDataset(problem)).files.get('numbers.bin')).toBe(inCache);
});

test('a damaged file in the cache is passed over', async () => {
  const mirror = temporaryFolder();
  setEnvironment('EXAM_DATA_MIRROR', mirror);
  const inMirror = put(join(mirror, 'numbers/numbers.bin'), content);
  const damaged = Buffer.from(content);
  damaged[9] = 1 + (damaged[9] ?? 0);
  put(join(cache, 'datasets/numbers/original/numbers.bin'), damaged);
  const { files } = await resolveDataset(problemWith(oneVariant([])));
  expect(files.get('numbers.bin')).toBe(inMirror);
});

test('a variant that is here is used before one that would be downloaded', async () => {
  server = await serveFiles({ '/numbers.bin': sendAll(content) });
  const mirror = temporaryFolder();
  setEnvironment('EXAM_DATA_MIRROR', mirror);
  const small = content.subarray(0, 1000);
  put(join(mirror, 'numbers/numbers.bin'), small);
  const { variants } = oneVariant([`${server.address}/numbers.bin`]);
  const reduced = { ...file([]), bytes: small.length, sha256: sha256(small) };
  const problem = problemWith({
    variants: [...variants, { id: 'small', title: 'fewer numbers', files: [reduced] }],
  });
  expect((await resolveDataset(problem)).variant).toBe('small');
  expect(server.ranges).toEqual([]);
  expect(await datasetStatus(problem.definition.dataset, problem.directory)).toEqual({
    found: true,
    variant: 'small',
    where: join(mirror, 'numbers'),
  });
});

test('a file whose gzip header a packager rewrote is known by its content', async () => {
  const directory = temporaryFolder();
  const upstream = gzipSync(content);
  const stripped = gzipSync(content, { level: 1 });
  const path = put(join(directory, 'numbers.bin'), stripped);
  const wanted = { ...file([]), bytes: upstream.length, sha256: sha256(upstream) };
  const dataset = (contentSha256: string) => ({
    variants: [{ id: 'original', title: 'numbers', files: [{ ...wanted, contentSha256 }] }],
    systemPackage: { debian: 'dataset-numbers', directory },
  });
  const { files } = await resolveDataset(problemWith(dataset(sha256(content))));
  expect(files.get('numbers.bin')).toBe(path);
  const other = problemWith(dataset(sha256(upstream)));
  await expect(resolveDataset(other)).rejects.toThrow(`SHA-256 ${sha256(stripped)}, expected`);
});

test('addresses are tried in order and the file lands in the cache', async () => {
  server = await serveFiles({ '/good': sendAll(content) });
  const { address } = server;
  const failures: string[] = [];
  const { files } = await resolveDataset(
    problemWith(oneVariant([`${address}/gone`, `${address}/good`, `${address}/never`])),
    { listener: { failed: (reason) => failures.push(reason) } },
  );
  expect(failures).toEqual([`${address}/gone answers with HTTP 404.`]);
  expect(server.ranges).toHaveLength(2);
  const path = files.get('numbers.bin') ?? '';
  expect(path).toBe(join(cache, 'datasets/numbers/original/numbers.bin'));
  expect(readFileSync(path).equals(content)).toBe(true);
});

test('two runs at once download a file once', async () => {
  server = await serveFiles({ '/numbers.bin': sendAll(content) });
  const problem = problemWith(oneVariant([`${server.address}/numbers.bin`]));
  const runs = await Promise.all([resolveDataset(problem), resolveDataset(problem)]);
  expect(runs[0].files).toEqual(runs[1].files);
  expect(server.ranges).toEqual(['all']);
});

test('a missing data set gives one message with every place, its reason and what to do', async () => {
  server = await serveFiles({});
  const mirror = temporaryFolder();
  setEnvironment('EXAM_DATA_MIRROR', mirror);
  put(join(mirror, 'numbers/numbers.bin'), content.subarray(0, 10));
  const directory = join(mirror, 'no-such-folder');
  const problem = problemWith({
    ...oneVariant([`${server.address}/numbers.bin`]),
    systemPackage: { debian: 'dataset-numbers', directory },
  });
  const { fault, code, message, help } = await failureOf(resolveDataset(problem));
  expect([fault, code]).toEqual(['machine', 'dataset-missing']);
  expect(message.split('\n').slice(1)).toEqual([
    `  [original] cache ${join(cache, 'datasets/numbers/original/numbers.bin')}: no such folder`,
    `  [original] mirror ${join(mirror, 'numbers/numbers.bin')}: 10 bytes, expected 300000`,
    `  [original] system package ${join(directory, 'numbers.bin')}: no such folder`,
    `  [original] ${server.address}/numbers.bin answers with HTTP 404.`,
  ]);
  expect(help).toContain('grader data fetch fashion-mnist');
  expect(help).toContain('EXAM_DATA_MIRROR=DIR');
  expect(help).toContain('apt install dataset-numbers');
  expect(help).toContain('--sample');
});

test('offline asks no address', async () => {
  server = await serveFiles({ '/numbers.bin': sendAll(content) });
  const problem = problemWith(oneVariant([`${server.address}/numbers.bin`]));
  await expect(resolveDataset(problem, { offline: true })).rejects.toThrow('not asked, offline');
  expect(server.ranges).toEqual([]);
});

test('a cache that cannot be written is said, and is not taken for a broken address', async () => {
  server = await serveFiles({ '/numbers.bin': sendAll(content) });
  // A file where the folder should be.
  writeFileSync(join(cache, 'datasets'), '');
  const problem = problemWith(oneVariant([`${server.address}/numbers.bin`]));
  const { fault, code, message } = await failureOf(resolveDataset(problem));
  expect([fault, code]).toEqual(['machine', 'cache-not-written']);
  expect(message).toContain(join(cache, 'datasets'));
});

async function failureOf(work: Promise<unknown>): Promise<Failure> {
  try {
    await work;
  } catch (error) {
    if (error instanceof GraderError) return error.failure;
    throw error;
  }
  throw new Error('nothing was thrown');
}
