import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { execa } from 'execa';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { packageRoot } from '../../grader/package-root.ts';
import { runGrader } from '../support/run-grader.ts';

interface Result {
  readonly group: string;
  readonly name: string;
  readonly path: string;
  /** `candidate hdf5-link`; null where the file is to be read. */
  readonly code: string | null;
  readonly why: string;
  readonly failure: { fault: string; code: string; message: string; help?: string } | null;
  readonly milliseconds: number;
}

interface Corpus {
  readonly results: readonly Result[];
  readonly peakBytes: number;
  readonly workSeconds: number;
}

const folder = mkdtempSync(join(tmpdir(), 'grader-hostile-'));
const program = (name: string) => join(packageRoot, 'test', 'hostile', name);
let corpus: Corpus;

beforeAll(async () => {
  await execa(process.execPath, [program('make-hostile.js'), folder]);
  await addFilesOfH5py();
  const { stdout } = await execa(process.execPath, [program('read-corpus.js'), folder]);
  corpus = JSON.parse(stdout) as Corpus;
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

test('every hostile file is refused by the code of what is wrong with it, every odd one is read', () => {
  const { results } = corpus;
  expect(results.length).toBeGreaterThan(230);
  const came = results.map((result) => `${result.path} (${result.why}): ${outcome(result)}`);
  const wanted = results.map(({ path, why, code }) => `${path} (${why}): ${code ?? 'read'}`);
  expect(came).toEqual(wanted);
});

test('every refusal is printable text of bounded length, without a stack or a path of the machine', () => {
  const offences = refusals().filter(({ failure: { message, help = '' } }) => {
    const text = `${message} ${help}`;
    return (
      !isPrintable(text) || text.length > 1200 || /\bat .*\.[jt]s:\d+|node:internal/.test(text)
    );
  });
  expect(offences).toEqual([]);
  const machine = refusals().filter(({ failure }) => failure.message.includes(folder));
  // A folder is named as it was given on the command line.
  expect(machine.map(({ name }) => name)).toEqual(['folder.h5']);
});

test('sizes that cannot be counted are told with the file and the weight', () => {
  const counts = refusals().filter(({ failure }) => failure.code === 'too-large-to-count');
  expect(counts.map(({ failure: { message } }) => message.replace(/ is more.*/, ''))).toEqual([
    'shape-2-40-square.h5: /model_weights/dense/dense/kernel:0: 4 x 1099511627776 x 1099511627776',
    'model.json: the weight dense/kernel: 4 x 2147483648 x 2147483648',
  ]);
});

test('no file takes 512 MiB of memory', () => {
  const { peakBytes, workSeconds } = corpus;
  process.stdout.write(`Longest work of one process: ${workSeconds} s.\n`);
  expect(peakBytes).toBeLessThan(512 * 1024 * 1024);
  if (process.platform === 'linux') expect(peakBytes).toBeGreaterThan(50 * 1024 * 1024);
});

test.each([
  ['mistaken/lfs-pointer.h5', 3, 'git lfs pull'],
  ['hdf5Structure/external-link.h5', 3, 'lies in another file'],
  ['hdf5Structure/link-name-slash.h5', 3, 'has a member named'],
  ['hdf5Arrays/gzip-bomb-400.h5', 4, 'chunks'],
  ['configs/units-5e8.json', 3, 'units must be <='],
  ['zips/bomb-weights.keras', 4, 'unpacks'],
  ['tfjsFolders/shard-device/model.json', 3, 'symbolic link'],
])('grader inspect says in one refusal what is wrong with %s', async (path, exitCode, words) => {
  const run = await runGrader(['inspect', path], { cwd: folder });
  expect(run.exitCode).toBe(exitCode);
  const text = `${run.stdout}${run.stderr}`;
  expect(text).toContain(words);
  expect(text.match(/Refused\./g)).toHaveLength(1);
  expect(isPrintable(text)).toBe(true);
});

function outcome({ failure }: Result): string {
  return failure === null ? 'read' : `${failure.fault} ${failure.code}`;
}

function refusals() {
  return corpus.results.flatMap((result) =>
    result.failure === null ? [] : [{ ...result, failure: result.failure }],
  );
}

/** No control characters but line breaks, and nothing that hides or turns text round. */
function isPrintable(text: string): boolean {
  return !/[^\P{Cc}\n]|[\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]/u.test(text);
}

async function addFilesOfH5py(): Promise<void> {
  const python = process.env['H5PY_PYTHON'] ?? 'python3';
  const { failed } = await execa(python, ['-c', 'import h5py'], { reject: false });
  if (failed) {
    process.stderr.write('Skipped: no h5py for the files that only the HDF5 library writes.\n');
    return;
  }
  await execa(python, [program('make-hostile.py'), folder]);
}
