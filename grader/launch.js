#!/usr/bin/env node
// Before anything else: Node would open its inspector to whoever sends the signal.
process.on('SIGUSR1', () => {});

import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs';
import module, { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

// In a checkout the sources are built on first use, and again when one of them is newer.
const root = dirname(dirname(fileURLToPath(import.meta.url)));
const program = join(root, 'dist', 'grader', 'cli', 'main.js');
const configuration = join(root, 'tsconfig.build.json');

if (existsSync(configuration) && isStale()) await buildOnce();
try {
  await keepCompiledCode();
  await import(pathToFileURL(program).href);
} catch (error) {
  // Without this, Node would end with 1, which means: graded, below the pass mark.
  giveUp(`The grader does not start: ${error.stack ?? error}`);
}

/** Where this Node can (22.1 and later): what V8 compiled once is read by the next start and by children. */
async function keepCompiledCode() {
  if (!module.enableCompileCache) return;
  const cache = await import(pathToFileURL(join(root, 'dist', 'grader', 'cache.js')).href);
  try {
    cache.makeCache();
    cache.checkCache();
  } catch {
    // Others could have put code there; the command itself tells.
    return;
  }
  process.env.NODE_COMPILE_CACHE ??= join(cache.cacheRoot(), 'compiled');
  module.enableCompileCache(process.env.NODE_COMPILE_CACHE);
}

function isStale() {
  const built = statSync(program, { throwIfNoEntry: false })?.mtimeMs ?? 0;
  return ['grader', 'problems'].some((folder) => newest(join(root, folder)) > built);
}

function newest(folder) {
  let latest = 0;
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) latest = Math.max(latest, newest(path));
    else if (entry.name.endsWith('.ts')) latest = Math.max(latest, statSync(path).mtimeMs);
  }
  return latest;
}

/** Of several first uses at once one builds, and the others wait for it. */
async function buildOnce() {
  const release = await lock();
  if (isStale()) build();
  await release();
}

async function lock() {
  try {
    const { default: lockfile } = await import('proper-lockfile');
    return await lockfile.lock(root, {
      lockfilePath: join(root, 'dist.lock'),
      // The build blocks this process, which then gives no sign of life.
      stale: 120_000,
      retries: { retries: 700, factor: 1, minTimeout: 200, maxTimeout: 200 },
    });
  } catch (error) {
    return giveUp(`The grader cannot be built in ${root}: ${error.message}`);
  }
}

/** Builds beside `dist` and swaps, so that no half of a build is ever run. */
function build() {
  process.stderr.write('Building the grader (once after each change of its sources)...\n');
  let compiler;
  try {
    compiler = createRequire(import.meta.url).resolve('typescript/bin/tsc');
  } catch {
    giveUp('TypeScript is not installed here.');
  }
  const [fresh, old] = [join(root, 'dist.new'), join(root, 'dist.old')];
  for (const rest of [fresh, old]) rmSync(rest, { recursive: true, force: true });
  const command = [compiler, '-p', configuration, '--outDir', fresh];
  if (spawnSync(process.execPath, command, { stdio: ['ignore', 2, 2] }).status !== 0) {
    rmSync(fresh, { recursive: true, force: true });
    giveUp('The grader does not build; the lines above say why. Where packages are missing:');
  }
  if (existsSync(join(root, 'dist'))) renameSync(join(root, 'dist'), old);
  renameSync(fresh, join(root, 'dist'));
  rmSync(old, { recursive: true, force: true });
}

function giveUp(reason) {
  process.stderr.write(`${reason}\nInstall what it needs, in ${root}: npm ci\n`);
  process.exit(6);
}
