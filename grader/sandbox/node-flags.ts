import { existsSync, realpathSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, sep } from 'node:path';
import { packageRoot } from '../package-root.ts';
import type { RecipeLimits } from './limits.ts';

/** Node's flags for the recipe's process: heap limit, and the permission model where this Node has it. */
export function nodeFlags({ heapBytes }: RecipeLimits): readonly string[] {
  const heap = `--max-old-space-size=${Math.floor(heapBytes / 1024 / 1024)}`;
  const permission = permissionFlag();
  // Node 20 prints that its permission model is experimental; that is not the recipe's output.
  const base = [heap, '--no-warnings', '--no-addons', '--no-global-search-paths'];
  if (permission === null) return base;
  return [...base, permission, ...readable().map((path) => `--allow-fs-read=${path}`)];
}

/** How far a recipe's process is held, for `grader doctor` and the report. */
export function sandboxLevel(): string {
  const permission = permissionFlag();
  return permission === null
    ? 'child process with limits'
    : 'child process with limits and Node’s permission model';
}

function permissionFlag(): string | null {
  const flags = ['--permission', '--experimental-permission'];
  return flags.find((flag) => process.allowedNodeEnvironmentFlags.has(flag)) ?? null;
}

/** This program, and the folders in which its type stripper and what that imports are installed. */
function readable(): readonly string[] {
  const root = realpathSync(packageRoot);
  const require = createRequire(import.meta.url);
  const searched = require.resolve.paths('sucrase') ?? [];
  // Under the name by which Node finds it, and where links (pnpm, a shared folder) lead.
  const named = searched.find((folder) => existsSync(join(folder, 'sucrase'))) ?? '';
  const real = realpathSync(require.resolve('sucrase'));
  const modules = `${sep}node_modules${sep}`;
  const linked = real.slice(0, real.indexOf(modules) + modules.length - 1);
  // Node aborts on a folder that is named twice.
  const folders = new Set([join(root, 'dist', 'grader'), named, linked]);
  return [...Array.from(folders, (folder) => join(folder, '*')), join(root, 'package.json')];
}
