import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { isAbsolute, join, posix } from 'node:path';
import { packageRoot } from '../package-root.ts';

const require = createRequire(import.meta.url);

/** The modules that the interpreter may load, by their names inside: the authoring library's. */
const libraryName =
  /^\/(?:index|sandbox\/(?:guest|diagnose\/[a-z-]+)|recipe\/[a-z/-]+|(?:metrics|text)\/[a-z-]+|errors)\.js$/;

export const guestModule = '/sandbox/guest.js';
export const diagnoseModule = '/sandbox/diagnose/diagnose-module.js';
export const readSourceModule = '/sandbox/diagnose/read-source.js';

/** The name by which the interpreter asks for what a module of the library imports. */
export function resolveInside(base: string, asked: string): string {
  return asked.startsWith('.') ? posix.join(posix.dirname(base), asked) : asked;
}

/** The text of a module inside; null for any other name. */
export function readInside(name: string): string | null {
  if (!libraryName.test(name)) return null;
  return readFileSync(join(packageRoot, 'dist', 'grader', name), 'utf8');
}

interface Part {
  readonly text: string;
  readonly imports: Record<string, string>;
}

/**
 * Sucrase, which strips types, with all that it requires, as one script: its value is the function
 * `transform`. No parser outside of the interpreter meets a recipe's text.
 */
export function transformScript(): string {
  return packedScript('sucrase', 'transform');
}

/** The parser whose tree tells the places of mistakes, in the same way: its value is the module. */
export function parserScript(): string {
  return packedScript('@babel/parser', '');
}

function packedScript(name: string, exported: string): string {
  const entry = require.resolve(name);
  const parts = new Map<string, Part>();
  collect(entry, parts);
  const names = new Map([...parts.keys()].map((path, index) => [path, index]));
  const modules = [...parts.values()].map(({ text, imports }) => {
    const numbers = Object.entries(imports).map(([asked, path]) => [asked, names.get(path)]);
    const code = text.replace(/^\/\/# sourceMappingURL.*$/m, '');
    return `[function(exports,require,module){${code}\n},${JSON.stringify(Object.fromEntries(numbers))}]`;
  });
  return `(()=>{const modules=[${modules.join(',')}];const made=[];
const load=(at)=>{if(made[at])return made[at].exports;const module=made[at]={exports:{}};
const [run,imports]=modules[at];run(module.exports,(asked)=>load(imports[asked]),module);
return module.exports;};return load(0)${exported && `.${exported}`};})()`;
}

function collect(path: string, parts: Map<string, Part>): void {
  if (parts.has(path)) return;
  const text = readFileSync(path, 'utf8');
  const imports: Record<string, string> = {};
  parts.set(path, { text, imports });
  const own = createRequire(path);
  for (const [, asked = ''] of text.matchAll(/require\(['"]([^'"]+)['"]\)/g)) {
    const found = resolved(own, asked);
    if (found === null) continue;
    imports[asked] = found;
    collect(found, parts);
  }
}

/** Null for modules of Node itself, and for what stands in comments and in text that is written out. */
function resolved(from: NodeJS.Require, asked: string): string | null {
  try {
    const found = from.resolve(asked);
    return isAbsolute(found) ? found : null;
  } catch {
    return null;
  }
}
