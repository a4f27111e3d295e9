import { existsSync, realpathSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, sep } from 'node:path';
import { packageRoot } from '../package-root.ts';
import type { RecipeLimits } from './limits.ts';

/** Node's flags for the recipe's process: heap limit, and the permission model where this Node has it. */
export function nodeFlags({ heapBytes }: RecipeLimits): readonly string[] {
  return [...processFlags(heapBytes), ...permissionFlags({ read: programFiles('sucrase') })];
}

/** Flags for any process that meets foreign bytes. */
export function processFlags(heapBytes: number): readonly string[] {
  const heap = `--max-old-space-size=${Math.floor(heapBytes / 1024 / 1024)}`;
  // Node 20 prints that its permission model is experimental; that is not the process's output.
  return [heap, '--no-warnings', '--no-addons', '--no-global-search-paths'];
}

export interface PermittedPaths {
  /** Files, or all in a folder: `folder/*`. */
  readonly read: readonly string[];
  readonly write?: readonly string[];
}

/** Node's permission model for these paths only; no flags where this Node has none. */
export function permissionFlags({ read, write = [] }: PermittedPaths): readonly string[] {
  const permission = permissionFlag();
  if (permission === null) return [];
  // Node aborts on a path that is named twice.
  return [
    permission,
    ...Array.from(new Set(read), (path) => `--allow-fs-read=${path}`),
    ...Array.from(new Set(write), (path) => `--allow-fs-write=${path}`),
  ];
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

/** This program, and the folders in which a package that it needs and what that imports are installed. */
export function programFiles(packageName: string): readonly string[] {
  const root = realpathSync(packageRoot);
  const searched = createRequire(import.meta.url).resolve.paths(packageName) ?? [];
  // Under the name by which Node finds it, and where links (pnpm, a shared folder) lead.
  const named = searched.find((folder) => existsSync(join(folder, packageName))) ?? '';
  const real = realpathSync(join(named, packageName));
  const modules = `${sep}node_modules${sep}`;
  const linked = real.slice(0, real.indexOf(modules) + modules.length - 1);
  const folders = [join(root, 'dist', 'grader'), named, linked];
  return [...folders.map((folder) => join(folder, '*')), join(root, 'package.json')];
}
