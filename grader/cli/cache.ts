import { cacheRoot, checkCache } from '../cache.ts';
import { rowOf } from '../contract/verdicts.ts';
import { throwIfAborted } from '../errors.ts';
import { withEnginesLock } from '../setup/cache-folder.ts';
import { findResults } from '../storage/find-results.ts';
import { findStored } from '../storage/find-stored.ts';
import { ageText, keptBecause, removeStored, type PruneRequest } from '../storage/prune.ts';
import type { Stored, StoredKind } from '../storage/stored.ts';
import { fileSize } from '../text/bytes.ts';
import { aligned } from '../text/columns.ts';
import { shortened } from '../text/printable.ts';
import type { CliContext } from './context.ts';
import { setupListener } from './setup.ts';
import type { Screen } from './screen.ts';

export interface CacheFlags {
  readonly resultsDir: string;
  readonly json?: true;
}

export interface PruneFlags extends CacheFlags {
  readonly all?: true;
  readonly olderThan?: number;
  readonly results?: true;
  readonly dryRun?: true;
}

const kindNames: Readonly<Record<StoredKind, string>> = {
  engine: 'TensorFlow',
  dataset: 'data set',
  prepared: 'prepared data',
  compiled: 'compiled code',
  download: 'part of a download',
  leftover: 'left over',
  result: 'result',
};

async function findAll({ resultsDir }: CacheFlags): Promise<readonly Stored[]> {
  return [...(await findStored()), ...(await findResults(resultsDir))];
}

const usual: PruneRequest = { all: false, olderThanMilliseconds: null, results: false };
const everything: PruneRequest = { ...usual, all: true };

/** Prints what lies on disk, and what a prune would free. */
export async function showCache(flags: CacheFlags, { screen }: CliContext): Promise<void> {
  const stored = await findAll(flags);
  if (flags.json) {
    const entries = stored.map((each) => ({ ...factsOf(each), kept: keptBecause(each, usual) }));
    printJson({ root: cacheRoot(), bytes: sum(stored), stored: entries }, screen);
    return;
  }
  screen.print(`${screen.style('bold', cacheRoot())}  ${fileSize(sum(stored))}`);
  printTable(stored, usual, screen);
  const goes = stored.filter((each) => keptBecause(each, usual) === null);
  const all = stored.filter((each) => keptBecause(each, everything) === null);
  screen.print(
    `\`grader cache prune\` frees ${fileSize(sum(goes))}, with --all ${fileSize(sum(all))}.`,
  );
}

/** Removes what the flags say; the exit code says whether all of it could be. */
export async function pruneCache(flags: PruneFlags, context: CliContext): Promise<void> {
  const { screen, signal } = context;
  const { all = false, olderThan = null, results = false, dryRun = false } = flags;
  const request: PruneRequest = { all, olderThanMilliseconds: olderThan, results };
  checkCache();
  const stored = await findAll(flags);
  const goes = stored.filter((each) => keptBecause(each, request) === null);
  if (dryRun && !flags.json) printTable(stored, request, screen);
  const work = () => removeAll(goes, signal);
  const hasEngine = goes.some(({ kind }) => kind === 'engine');
  const failed = dryRun
    ? []
    : await (hasEngine ? withEnginesLock(work, setupListener(screen), signal) : work());
  const removed = goes.filter((each) => !failed.some(({ path }) => path === each.path));
  if (flags.json) {
    const facts = { dryRun, freedBytes: sum(removed), removed: removed.map(factsOf), failed };
    printJson(facts, screen);
  } else {
    for (const { path, message } of failed) {
      screen.note(
        `${screen.style('red', 'error')} ${shortened(path, 300)} cannot be removed: ${message}`,
      );
    }
    const verb = dryRun ? 'Would free' : 'Freed';
    screen.print(`${verb} ${fileSize(sum(removed))} (${removed.length} of ${stored.length}).`);
  }
  if (failed.length > 0) context.exit(rowOf('machine-fault').exitCode);
}

interface Failed {
  readonly path: string;
  readonly message: string;
}

async function removeAll(goes: readonly Stored[], signal: AbortSignal): Promise<readonly Failed[]> {
  const failed: Failed[] = [];
  for (const each of goes) {
    throwIfAborted(signal);
    await removeStored(each).catch((error: unknown) => {
      const message = error instanceof Error ? error.message : String(error);
      failed.push({ path: each.path, message });
    });
  }
  return failed;
}

function printTable(stored: readonly Stored[], request: PruneRequest, screen: Screen): void {
  const rows = stored.map((each) => {
    const kept = keptBecause(each, request);
    const size = fileSize(each.bytes);
    const used = `${ageText(Date.now() - each.usedAt)} ago`;
    const fate = kept === null ? 'goes' : `stays: ${kept}`;
    return [kindNames[each.kind], shortened(each.name, 60), size, used, fate];
  });
  const lines = aligned([['kind', 'name', 'size', 'last use', 'prune'], ...rows]);
  lines.forEach((line, at) => screen.print(at === 0 ? screen.style('dim', line) : line));
}

function factsOf({ kind, name, path, bytes, usedAt, isCurrent }: Stored): object {
  return { kind, name, path, bytes, lastUse: new Date(usedAt).toISOString(), isCurrent };
}

function sum(stored: readonly Stored[]): number {
  return stored.reduce((total, { bytes }) => total + bytes, 0);
}

function printJson(facts: object, screen: Screen): void {
  screen.print(JSON.stringify({ format: 'grader-cache', version: 1, ...facts }, null, 2));
}
