#!/usr/bin/env node
// In a checkout the sources are built on first use, and again when one of them is newer.
import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const program = join(root, 'dist', 'grader', 'cli', 'main.js');
const configuration = join(root, 'tsconfig.build.json');

if (existsSync(configuration) && isStale()) build();
try {
  await import(pathToFileURL(program).href);
} catch (error) {
  // Without this, Node would end with 1, which means: graded, below the pass mark.
  giveUp(`The grader does not start: ${error.stack ?? error}`);
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

function build() {
  process.stderr.write('Building the grader (once after each change of its sources)...\n');
  let compiler;
  try {
    compiler = createRequire(import.meta.url).resolve('typescript/bin/tsc');
  } catch {
    giveUp('TypeScript is not installed here.');
  }
  try {
    execFileSync(process.execPath, [compiler, '-p', configuration], { stdio: ['ignore', 2, 2] });
  } catch {
    giveUp('The grader does not build; the lines above say why.');
  }
}

function giveUp(reason) {
  process.stderr.write(`${reason}\nInstall what it needs, in ${root}: npm ci\n`);
  process.exit(6);
}
