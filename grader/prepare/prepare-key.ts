import { existsSync, statSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { basename, extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ownCode } from '../../problems/index.ts';
import type { Problem } from '../contract.ts';
import { digestOf } from '../files/digest.ts';
import { packageRoot } from '../package-root.ts';

/**
 * A name for what a package makes of its data: it changes with the grader, the package's definition,
 * code and own data, the files of the data set and the sample's seed.
 */
export async function prepareKey(
  problem: Pick<Problem, 'directory'>,
  source: { readonly hashes: readonly string[]; readonly sampleSeed: number | null },
): Promise<string> {
  const { version } = JSON.parse(await readFile(join(packageRoot, 'package.json'), 'utf8')) as {
    version: string;
  };
  const paths = await inputsOf(problem.directory);
  const files = await Promise.all(
    paths.map(async (path) => [`\n${basename(path)}\n`, await readFile(path)]),
  );
  const origin = JSON.stringify([version, source.hashes, source.sampleSeed]);
  return digestOf(origin, ...files.flat()).slice(0, 16);
}

/** The definition, the code that runs now (sources or built) and the package's own data. */
async function inputsOf(directory: string): Promise<string[]> {
  const here = fileURLToPath(import.meta.url);
  const code = extname(here);
  const grader = join(here, '../..');
  const folders = ['datasets', 'prepare', 'zip'].map((name) => join(grader, name));
  const programs = await Promise.all(folders.map((folder) => filesIn(folder, code)));
  if (!ownCode(directory)) return [...(await allFilesIn(directory)), ...programs.flat()];
  const own = await filesIn(join(grader, '../problems', basename(directory)), code);
  const data = await filesIn(join(directory, 'data'), '');
  return [join(directory, 'problem.json'), ...own, ...programs.flat(), ...data];
}

/** A package outside of the grader runs as it lies there; any of its files may be a link. */
async function allFilesIn(directory: string): Promise<string[]> {
  const names = (await readdir(directory, { recursive: true })).sort();
  const paths = names.map((name) => join(directory, name));
  return paths.filter((path) => statSync(path, { throwIfNoEntry: false })?.isFile());
}

async function filesIn(folder: string, ending: string): Promise<string[]> {
  if (!existsSync(folder)) return [];
  const names = (await readdir(folder)).filter((name) => name.endsWith(ending)).sort();
  return names.map((name) => join(folder, name));
}
