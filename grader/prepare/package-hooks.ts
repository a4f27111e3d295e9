import { readFile } from 'node:fs/promises';
import type { InitializeHook, LoadHook, ResolveHook } from 'node:module';
import { fileURLToPath } from 'node:url';
import { transform } from 'sucrase';

// Loaded by Node in a thread of its own, for a package that lies outside of the grader.

const publicModule = new URL('../problem.js', import.meta.url).href;
let folder = '';

export const initialize: InitializeHook<string> = (given) => {
  folder = given;
};

/** The one name by which a package knows the grader, wherever it lies. */
export const resolve: ResolveHook = (specifier, context, next) =>
  specifier === 'grader/problem'
    ? { url: publicModule, shortCircuit: true }
    : next(specifier, context);

/** The package's own files are modules, with or without types, whatever a package.json near them says. */
export const load: LoadHook = async (url, context, next) => {
  const isOwn = url.startsWith(folder) && !url.includes('/node_modules/');
  if (!isOwn || !/\.[jt]s$/.test(url)) return next(url, context);
  const filePath = fileURLToPath(url);
  const text = await readFile(filePath, 'utf8');
  return {
    format: 'module',
    source: url.endsWith('.ts') ? stripped(text, filePath) : text,
    shortCircuit: true,
  };
};

function stripped(text: string, filePath: string): string {
  const options = { transforms: ['typescript' as const], disableESTransforms: true, filePath };
  return transform(text, options).code;
}
