import { expect, test } from '@jest/globals';
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize, relative } from 'node:path';
import { metricIds } from '../grader/metrics/metric.ts';
import { packageRoot } from '../grader/package-root.ts';

/** What each folder may import beside itself, the contract, `errors.ts` and `package-root.ts`. */
const allowed: Record<string, readonly string[]> = {
  'grader/array-file.ts': [],
  'grader/cache.ts': [],
  'grader/files': [],
  'grader/random.ts': [],
  'grader/index.ts': ['grader/recipe'],
  'grader/api.ts': [
    ...['grader/cache.ts', 'grader/engine', 'grader/formats', 'grader/grade', 'grader/inspect'],
    'problems/index.ts',
  ],
  'grader/results': ['grader/report'],
  'grader/process': [],
  'grader/download': [],
  'grader/metrics': [],
  // The ids, of which contracts are typed.
  'grader/contract': ['grader/metrics'],
  'grader/datasets': ['grader/cache.ts', 'grader/download'],
  'grader/recipe': ['grader/metrics'],
  'grader/sandbox': ['grader/index.ts', 'grader/process', 'grader/recipe'],
  'grader/keras': ['grader/metrics', 'grader/process', 'grader/recipe', 'grader/sandbox'],
  'grader/formats': ['grader/keras', 'grader/recipe', 'grader/sandbox'],
  'grader/scoring': [
    ...['grader/array-file.ts', 'grader/metrics', 'grader/process', 'grader/sandbox'],
  ],
  'grader/report': ['grader/metrics'],
  'grader/prepare': [
    ...['grader/array-file.ts', 'grader/cache.ts', 'grader/datasets', 'grader/download'],
    ...['grader/metrics', 'grader/process', 'problems/index.ts', 'problems/load-problems.ts'],
  ],
  'grader/setup': ['grader/cache.ts', 'grader/download', 'grader/engine', 'grader/process'],
  'grader/engine': [
    ...['grader/array-file.ts', 'grader/cache.ts', 'grader/metrics', 'grader/process'],
    ...['grader/random.ts', 'grader/recipe', 'grader/sandbox', 'grader/setup'],
  ],
  'grader/grade': [
    ...['grader/engine', 'grader/formats', 'grader/prepare', 'grader/results', 'grader/sandbox'],
    ...['grader/scoring', 'grader/setup'],
  ],
  'grader/inspect': ['grader/engine', 'grader/formats', 'grader/recipe'],
  'grader/attacks': [
    ...['grader/engine', 'grader/formats', 'grader/keras', 'grader/process', 'grader/recipe'],
    'grader/sandbox',
  ],
  'grader/cli': [
    ...['grader/attacks', 'grader/cache.ts', 'grader/datasets', 'grader/engine', 'grader/formats'],
    ...['grader/grade', 'grader/inspect', 'grader/prepare', 'grader/report', 'grader/sandbox'],
    ...['grader/results', 'grader/setup', 'problems/index.ts', 'problems/load-problems.ts'],
  ],
  'grader/problem.ts': ['grader/datasets', 'grader/random.ts'],
  'problems/index.ts': ['problems', 'grader/recipe'],
  'problems/load-problems.ts': ['problems/load-definition.ts'],
  'problems/load-definition.ts': ['grader/metrics'],
};

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

test('a problem package knows the grader by one module, and only the preparer loads its code', () => {
  const foreign = sourceFiles('problems')
    .filter(isPackage)
    .flatMap((file) => importedNames(file).map((name) => ({ file, name })))
    .filter(({ name }) => !name.startsWith('.') && !name.startsWith('node:'))
    .map(({ name }) => name);
  expect([...new Set(foreign)]).toEqual(['grader/problem']);
  const loaders = sourceFiles('grader').filter((file) =>
    /\bownCode\b/.test(readFileSync(join(packageRoot, file), 'utf8')),
  );
  expect(loaders.map(areaOf)).toEqual(['grader/prepare', 'grader/prepare']);
});

test("a metric's id is spelled in the folder of metrics alone", () => {
  const offences = sourceFiles('grader')
    .concat(sourceFiles('problems'))
    // Losses have some of the same names; attacks are recipes in text.
    .filter((file) => !/^grader\/(metrics\/|attacks\/|recipe\/losses\.ts)/.test(file))
    .flatMap((file) =>
      readFileSync(join(packageRoot, file), 'utf8')
        .split('\n')
        .filter((line) => metricIds.some((id) => new RegExp(`['"\`.]${id}\\b`).test(line)))
        .map((line) => `${file}: ${line.trim()}`),
    );
  expect(offences).toEqual([]);
});

test('no file imports itself by way of others, not by `import()` either', () => {
  const files = [...sourceFiles('grader'), ...sourceFiles('problems')];
  const imports = new Map(files.map((file) => [file, importsOf(file)]));
  expect(circlesOf(imports)).toEqual([]);
});

/** Each circle once, from the file by which it is entered: depth first, with the way there. */
function circlesOf(imports: ReadonlyMap<string, readonly string[]>): readonly string[] {
  const done = new Set<string>();
  const circles: string[] = [];
  const visit = (file: string, way: readonly string[]) => {
    const start = way.indexOf(file);
    if (start >= 0) circles.push([...way.slice(start), file].join(' → '));
    if (start >= 0 || done.has(file)) return;
    for (const target of imports.get(file) ?? []) visit(target, [...way, file]);
    done.add(file);
  };
  for (const file of imports.keys()) visit(file, []);
  return circles;
}

function isAllowed(file: string, target: string): boolean {
  const from = areaOf(file);
  const to = areaOf(target);
  if (isPackage(file)) return from === to;
  if (from === to || openToAll.some((open) => to.startsWith(open))) return true;
  const list = allowed[from] ?? [];
  return list.some((name) => to === name || to.startsWith(`${name}/`));
}

/** A problem package, which could lie anywhere. */
function isPackage(file: string): boolean {
  return /^problems\/[^/]+\//.test(file);
}

/** `grader/engine/train/fit.ts` belongs to `grader/engine`, `grader/cache.ts` to itself. */
function areaOf(file: string): string {
  const parts = file.split('/');
  return parts.length > 2 ? parts.slice(0, 2).join('/') : file;
}

function importsOf(file: string): string[] {
  return importedNames(file)
    .filter((name) => name.startsWith('.'))
    .map((path) => normalize(join(dirname(file), path)));
}

function importedNames(file: string): string[] {
  const text = readFileSync(join(packageRoot, file), 'utf8');
  return [...text.matchAll(/(?:from |import\()'([^']+)'/g)].map(([, name = '']) => name);
}

function sourceFiles(folder: string): string[] {
  return readdirSync(join(packageRoot, folder), { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.ts'))
    .filter((entry) => entry.name !== 'starter.ts')
    .map((entry) => relative(packageRoot, join(entry.parentPath, entry.name)));
}
