import { expect, test } from '@jest/globals';
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize, relative } from 'node:path';
import { packageRoot } from '../grader/package-root.ts';

/** What each folder may import beside itself, the contract, `errors.ts` and `package-root.ts`. */
const allowed: Record<string, readonly string[]> = {
  'grader/array-file.ts': [],
  'grader/cache.ts': [],
  'grader/files': [],
  'grader/random.ts': [],
  'grader/index.ts': ['grader/recipe'],
  'grader/process': [],
  'grader/download': [],
  'grader/metrics': [],
  'grader/datasets': ['grader/cache.ts', 'grader/download'],
  'grader/recipe': [],
  'grader/sandbox': ['grader/index.ts', 'grader/process', 'grader/recipe'],
  'grader/keras': ['grader/process', 'grader/recipe', 'grader/sandbox'],
  'grader/formats': ['grader/keras', 'grader/recipe', 'grader/sandbox'],
  'grader/scoring': [
    ...['grader/array-file.ts', 'grader/metrics', 'grader/process', 'grader/sandbox'],
  ],
  'grader/report': [],
  'grader/prepare': [
    ...['grader/array-file.ts', 'grader/cache.ts', 'grader/datasets', 'grader/download'],
    ...['grader/process', 'problems/index.ts'],
  ],
  'grader/setup': ['grader/cache.ts', 'grader/download', 'grader/engine', 'grader/process'],
  'grader/engine': [
    ...['grader/array-file.ts', 'grader/cache.ts', 'grader/process', 'grader/random.ts'],
    ...['grader/recipe', 'grader/sandbox', 'grader/setup'],
  ],
  'grader/grade': [
    ...['grader/engine', 'grader/formats', 'grader/prepare', 'grader/sandbox', 'grader/scoring'],
    'grader/setup',
  ],
  'grader/inspect': ['grader/engine', 'grader/formats', 'grader/recipe'],
  'grader/attacks': [
    ...['grader/engine', 'grader/formats', 'grader/keras', 'grader/process', 'grader/recipe'],
    'grader/sandbox',
  ],
  'grader/cli': [
    ...['grader/attacks', 'grader/cache.ts', 'grader/datasets', 'grader/engine', 'grader/formats'],
    ...['grader/grade', 'grader/inspect', 'grader/prepare', 'grader/report', 'grader/sandbox'],
    ...['grader/setup', 'problems/index.ts'],
  ],
  'problems/index.ts': ['problems', 'grader/recipe'],
};

const problemMayImport = ['grader/datasets', 'grader/random.ts'];
const openToAll = ['grader/contract', 'grader/errors.ts', 'grader/files', 'grader/package-root.ts'];

test('every folder imports only what it may know', () => {
  const offences = sourceFiles('grader')
    .concat(sourceFiles('problems'))
    .flatMap((file) => importsOf(file).map((target) => ({ file, target })))
    .filter(({ file, target }) => !isAllowed(file, target))
    .map(({ file, target }) => `${file} imports ${target}`);
  expect(offences).toEqual([]);
});

test('only the engine imports TF.js, only processes are run by execa, only cli writes to a terminal', () => {
  const rules: [RegExp, RegExp][] = [
    [/from '@tensorflow|require\('@tensorflow/, /^grader\/(engine|setup)\//],
    [/from 'execa'/, /^grader\/(attacks|process|sandbox|setup)\//],
    [/process\.std(out|err)\.write/, /^grader\/cli\//],
  ];
  const offences = sourceFiles('grader').flatMap((file) => {
    const text = readFileSync(join(packageRoot, file), 'utf8');
    return rules
      .filter(([pattern, home]) => pattern.test(text) && !home.test(file))
      .map(([pattern]) => `${file}: ${pattern.source}`);
  });
  expect(offences).toEqual([]);
});

function isAllowed(file: string, target: string): boolean {
  const from = areaOf(file);
  const to = areaOf(target);
  if (from === to || openToAll.some((open) => to.startsWith(open))) return true;
  const list = allowed[from] ?? (from.startsWith('problems/') ? problemMayImport : []);
  return list.some((name) => to === name || to.startsWith(`${name}/`));
}

/** `grader/engine/train/fit.ts` belongs to `grader/engine`, `grader/cache.ts` to itself. */
function areaOf(file: string): string {
  const parts = file.split('/');
  return parts.length > 2 ? parts.slice(0, 2).join('/') : file;
}

function importsOf(file: string): string[] {
  const text = readFileSync(join(packageRoot, file), 'utf8');
  return [...text.matchAll(/(?:from |import\()'(\.[^']+)'/g)].map(([, path]) =>
    normalize(join(dirname(file), path ?? '')),
  );
}

function sourceFiles(folder: string): string[] {
  return readdirSync(join(packageRoot, folder), { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.ts'))
    .filter((entry) => entry.name !== 'starter.ts')
    .map((entry) => relative(packageRoot, join(entry.parentPath, entry.name)));
}
