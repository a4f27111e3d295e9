import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { definitionMistakes } from '../../../problems/definition-mistakes.ts';
import { tasks, type Task } from '../../contract/task.ts';
import { fileDigest } from '../../files/digest.ts';
import { firstDefinition, toReplace } from '../scaffold/first-definition.ts';

type Parts = Readonly<Record<string, unknown>>;

/** What `data.ts` must be right by, which is never mended. */
const needed = ['task', 'input', 'outputs', 'classes', 'dataset', 'metric'];
const optional = ['classes', 'vocabulary', 'seriesRange', 'disclosure'];

/**
 * A definition by which a package's code can be tried although other parts are wrong: those are as in a new package,
 * and the hashes those of the files. Null where what the code must be right by is wrong.
 */
export async function mendedDefinition(
  document: unknown,
  directory: string,
): Promise<Parts | null> {
  if (!isParts(document) || !isTask(document['task'])) return null;
  const id = directory.split('/').at(-1) ?? '';
  const wrong = new Set(definitionMistakes(document, id).map(({ place }) => place.split('/')[1]));
  const fresh = firstDefinition(id, document['task'], []);
  const isKept = (part: string) =>
    needed.includes(part) || (!wrong.has(part) && (part in fresh || optional.includes(part)));
  const kept = Object.fromEntries(Object.entries(document).filter(([part]) => isKept(part)));
  const mended: Parts = {
    ...Object.fromEntries(Object.entries(fresh).filter(([part]) => !needed.includes(part))),
    ...kept,
    id,
    dataset: await mendedDataset(document['dataset'], join(directory, 'data')),
  };
  const left = definitionMistakes(mended, id);
  const ofBars = left.every(({ place }) => place.startsWith('/profiles'));
  const descending = { ...mended, profiles: reversed(mended['profiles']) };
  if (left.length === 0) return mended;
  return ofBars && definitionMistakes(descending, id).length === 0 ? descending : null;
}

/** With every text that it must have, and what its files in the package are. */
async function mendedDataset(dataset: unknown, folder: string): Promise<unknown> {
  if (!isParts(dataset) || !Array.isArray(dataset['variants'])) return dataset;
  const texts = Object.fromEntries(
    ['title', 'licence', 'citation', 'homepage'].map((name) => [name, toReplace.unnamed]),
  );
  const variants = await Promise.all(
    dataset['variants'].map(async (variant: unknown) => {
      if (!isParts(variant) || !Array.isArray(variant['files'])) return variant;
      return { ...variant, files: await Promise.all(variant['files'].map(mendedFile(folder))) };
    }),
  );
  return { ...texts, ...dataset, variants };
}

function mendedFile(folder: string) {
  return async (file: unknown): Promise<unknown> => {
    if (!isParts(file) || typeof file['name'] !== 'string') return file;
    const path = join(folder, file['name']);
    if (!existsSync(path)) return file;
    return { urls: [], ...file, bytes: null, sha256: await fileDigest(path) };
  };
}

/** A new package's thresholds for a metric that goes the other way. */
function reversed(profiles: unknown): unknown {
  if (!isParts(profiles) || !isParts(profiles['strict'])) return profiles;
  const { bars } = profiles['strict'];
  if (!Array.isArray(bars)) return profiles;
  const values = bars.map((bar) => (isParts(bar) ? bar['value'] : null)).toReversed();
  return {
    strict: { ...profiles['strict'], bars: values.map((value, at) => ({ points: 5 - at, value })) },
  };
}

function isTask(value: unknown): value is Task {
  return typeof value === 'string' && (tasks as readonly string[]).includes(value);
}

function isParts(value: unknown): value is Parts {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
