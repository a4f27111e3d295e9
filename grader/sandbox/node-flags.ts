import { existsSync, realpathSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, sep } from 'node:path';
import { packageRoot } from '../package-root.ts';

/** Flags for any process that meets foreign bytes. */
export function processFlags(
  heapBytes: number,
  { addons }: { readonly addons: boolean },
): readonly string[] {
  const heap = `--max-old-space-size=${Math.floor(heapBytes / 1024 / 1024)}`;
  // Node 20 prints that its permission model is experimental; that is not the process's output.
  return [heap, '--no-warnings', ...(addons ? [] : ['--no-addons']), '--no-global-search-paths'];
}

interface PermittedPaths {
  /** Files, and folders with all that is in them. */
  readonly read: readonly string[];
  readonly write?: readonly string[];
  /** Addons and threads as well. */
  readonly native?: boolean;
}

/** Node's permission model for these paths only; no flags where this Node has none. */
export function permissionFlags({
  read,
  write = [],
  native = false,
}: PermittedPaths): readonly string[] {
  const permission = permissionFlag();
  if (permission === null) return [];
  // Node aborts on a path that is named twice.
  const allowed = process.allowedNodeEnvironmentFlags;
  const addons = ['--allow-addons', '--allow-worker'].filter((flag) => native && allowed.has(flag));
  return [
    permission,
    ...addons,
    ...Array.from(new Set(read.map(pattern)), (path) => `--allow-fs-read=${path}`),
    ...Array.from(new Set(write.map(pattern)), (path) => `--allow-fs-write=${path}`),
  ];
}

function pattern(path: string): string {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() ? join(path, '*') : path;
}

/** The flag of this Node's permission model; null where it has none. */
export function permissionFlag(): string | null {
  const flags = ['--permission', '--experimental-permission'];
  return flags.find((flag) => process.allowedNodeEnvironmentFlags.has(flag)) ?? null;
}

/** This program; what looks for its root passes through `dist`. */
export function ownFiles(): readonly string[] {
  const root = realpathSync(packageRoot);
  return ['dist/grader', 'package.json', 'dist/package.json'].map((name) => join(root, name));
}

/** The folders in which a package that this program needs and what that imports are installed. */
export function packageFolders(packageName: string): readonly string[] {
  const searched = createRequire(import.meta.url).resolve.paths(packageName) ?? [];
  // Under the name by which Node finds it, and where links (pnpm, a shared folder) lead.
  const named = searched.find((folder) => existsSync(join(folder, packageName))) ?? '';
  const real = realpathSync(join(named, packageName));
  const modules = `${sep}node_modules${sep}`;
  return [named, real.slice(0, real.indexOf(modules) + modules.length - 1)];
}
