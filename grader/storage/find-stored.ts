import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { cacheRoot } from '../cache.ts';
import { isAbandoned, isTemporary } from '../files/temporary.ts';
import { isBeingMade } from '../setup/cache-folder.ts';
import { engineKeys } from '../setup/ensure-engine.ts';
import { namesIn, storedAt, type Stored } from './stored.ts';

/** All that the grader has put in its cache; what others keep there is not listed. */
export async function findStored(): Promise<readonly Stored[]> {
  const root = cacheRoot();
  const leftovers = [
    ...(await temporaryIn(root)),
    ...(await temporaryIn(join(root, 'rooms'))),
    ...(await temporaryIn(join(root, 'prepared'))),
  ];
  // Each grading has a room, and takes from the cache what it needs while it has it.
  const isBusy = leftovers.some(({ held }) => held === inUse);
  const found = [
    ...(await engines(join(root, 'engine'))),
    ...(await datasets(join(root, 'datasets'))),
    ...(await prepared(join(root, 'prepared'))),
    ...(await compiled(join(root, 'compiled'))),
  ];
  const held = found.map((each) => ({
    ...each,
    held: each.held ?? (isBusy && each.kind !== 'leftover' ? 'a grading is running' : null),
  }));
  return [...held, ...leftovers];
}

const inUse = 'in use';

async function temporaryIn(folder: string): Promise<readonly Stored[]> {
  const names = (await namesIn(folder)).filter(isTemporary);
  return each(names, async (name) => {
    const path = join(folder, name);
    const held = (await isAbandoned(name, path)) ? null : inUse;
    return storedAt({ kind: 'leftover', name, path, held });
  });
}

async function engines(folder: string): Promise<readonly Stored[]> {
  const current = engineKeys();
  return each(await namesIn(folder), async (name) => {
    const path = join(folder, name);
    if (name.startsWith('tmp-')) {
      const held = (await isBeingMade(path)) ? inUse : null;
      return storedAt({ kind: 'leftover', name, path, held });
    }
    if (!existsSync(join(path, 'engine.json'))) return null;
    return storedAt({ kind: 'engine', name, path, isCurrent: current.includes(name) });
  });
}

/** `<data set>/<variant>/<file>`; beside a file that is being fetched lies its lock. */
async function datasets(folder: string): Promise<readonly Stored[]> {
  const ids = await namesIn(folder);
  const variants = await each(ids, async (id) =>
    (await namesIn(join(folder, id))).map((variant) => `${id}/${variant}`),
  );
  const found = await each(variants.flat(), async (name) => {
    const path = join(folder, name);
    const files = await namesIn(path);
    const held = files.some((file) => file.endsWith('.lock')) ? 'being fetched' : null;
    const isPart = (file: string) => /\.part(\.validator)?$/.test(file);
    if (!files.every(isPart)) {
      return [await storedAt({ kind: 'dataset', name, path, isCurrent: true, held })];
    }
    return each(files, (file) =>
      storedAt({ kind: 'download', name: `${name}/${file}`, path: join(path, file), held }),
    );
  });
  return found.flat().filter((stored) => stored !== null);
}

/** A process without a room, such as `grader score`, reads within moments what it has chosen. */
const momentMilliseconds = 60_000;

async function prepared(folder: string): Promise<readonly Stored[]> {
  const names = (await namesIn(folder)).filter((name) => /^.+-[0-9a-f]{16}$/.test(name));
  return each(names, async (name) => {
    const path = join(folder, name);
    if (isTemporary(name) || !existsSync(join(path, 'manifest.json'))) return null;
    const stored = await storedAt({ kind: 'prepared', name, path });
    const isFresh = stored !== null && Date.now() - stored.usedAt < momentMilliseconds;
    return isFresh ? { ...stored, held: stored.held ?? 'used a moment ago' } : stored;
  });
}

/** What V8 has compiled, by version of Node. */
async function compiled(folder: string): Promise<readonly Stored[]> {
  const names = (await namesIn(folder)).filter((name) => /^v\d+\.\d+\.\d+-/.test(name));
  return each(names, (name) => {
    const isCurrent = name.startsWith(`${process.version}-`);
    return storedAt({ kind: 'compiled', name, path: join(folder, name), isCurrent });
  });
}

async function each<Result>(
  names: readonly string[],
  look: (name: string) => Promise<Result | null>,
): Promise<Result[]> {
  const found: Result[] = [];
  for (const name of names) {
    const result = await look(name);
    if (result !== null) found.push(result);
  }
  return found;
}
