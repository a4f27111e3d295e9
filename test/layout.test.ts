import { expect, test } from '@jest/globals';
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize, relative } from 'node:path';
import { metricIds } from '../grader/metrics/metric.ts';
import { packageRoot } from '../grader/package-root.ts';

const page = readFileSync(join(packageRoot, 'docs/house.md'), 'utf8');

/** The rows of the page: what each room imports beside itself and what is open to all. */
const rooms = new Map(
  [...page.matchAll(/^\| `((?:grader|problems)[^`]*)` \| [^|]+ \| ([^|]+) \|$/gm)].map(
    ([, room = '', imports = '']) => [
      room,
      [...imports.matchAll(/`([^`]+)`/g)].map(([, name = '']) => name),
    ],
  ),
);

const openToAll = [
  ...['grader/contract', 'grader/errors.ts', 'grader/files', 'grader/package-root.ts'],
  'grader/sizes.ts',
  ...['grader/text', 'grader/throttle.ts', 'grader/words'],
];

test('every room imports just what the page of the house says', () => {
  const found = new Map<string, Set<string>>();
  for (const file of [...sourceFiles('grader'), ...sourceFiles('problems')]) {
    const room = roomOf(file);
    const known = found.get(room) ?? new Set();
    found.set(room, known);
    const targets = importsOf(file).map(roomOf);
    const others = targets.filter((target) => target !== room && !isOpen(target));
    for (const target of others) known.add(target);
  }
  const sorted = (entries: Iterable<[string, Iterable<string>]>) =>
    Object.fromEntries([...entries].map(([room, targets]) => [room, [...targets].sort()]));
  expect(sorted(found)).toEqual(sorted(rooms));
});

/** What tests are of beside the rooms: all of the program, files made to break it, its time. */
const wholes = [
  ...[
    'ci',
    'fuzz',
    'hostile',
    'soak',
    'layout.ts',
    'package.ts',
    'references.ts',
    'submissions.ts',
    'supply-chain.ts',
  ],
];

test('the test of a room lies in a folder of the same name', () => {
  const tests = sourceFiles('test').filter((file) => file.endsWith('.test.ts'));
  const homes = tests.map((file) => relative('test', homeOf(file)));
  const homeless = homes.filter((home) => {
    const isRoom = rooms.has(home) || rooms.has(`grader/${home}`) || isOpen(`grader/${home}`);
    return !isRoom && !wholes.includes(home);
  });
  expect(homeless).toEqual([]);
});

test('only the engine imports TF.js, only processes are run by execa, only cli writes to a terminal', () => {
  const rules: [RegExp, RegExp][] = [
    [/from '@tensorflow|require\('@tensorflow/, /^grader\/(engine|setup)\//],
    [/from 'execa'/, /^grader\/(attacks|process|sandbox)\//],
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

test('a grading starts without what draws charts and what encodes events', () => {
  const loaded = [...loadedWith('grader/cli/grade.ts'), ...loadedWith('grader/api.ts')];
  expect(loaded).toContain('grader/grade/grade.ts');
  expect(loaded.filter((file) => /^grader\/(?:report\/charts|tensorboard)\//.test(file))).toEqual(
    [],
  );
});

test('the help of a command loads nothing of what the command does', () => {
  const loaded = [...loadedWith('grader/cli/main.ts')];
  const called = sourceFiles('grader/cli/commands');
  expect(loaded).toEqual(expect.arrayContaining(called));
  const actions = called.map((file) => file.replace('/commands/', '/'));
  expect(loaded.filter((file) => actions.includes(file))).toEqual([]);
  const rooms = new Set(loaded.map(roomOf).filter((room) => !isOpen(room)));
  const light = ['cache.ts', 'cli', 'metrics', 'report', 'results'];
  expect([...rooms].sort()).toEqual(light.map((name) => `grader/${name}`));
});

test('casts past the type checker stand in the room of the binding alone, each with its reason', () => {
  const cast = /\bas (?:unknown as|never|any)\b|eslint-disable|@ts-(?:expect-error|ignore|nocheck)/;
  const found = [...sourceFiles('grader'), ...sourceFiles('problems')]
    // Recipes in text, to be refused.
    .filter((file) => !file.startsWith('grader/attacks/recipes/'))
    .flatMap((file) => {
      const lines = readFileSync(join(packageRoot, file), 'utf8').split('\n');
      return lines.flatMap((line, index) =>
        cast.test(line) ? [{ file, line, before: lines.slice(Math.max(0, index - 4), index) }] : [],
      );
    });
  const elsewhere = found.filter(({ file }) => !file.startsWith('grader/engine/tensorflow/'));
  expect(elsewhere.map(({ file, line }) => `${file}: ${line.trim()}`)).toEqual([]);
  const bare = found.filter(({ before }) => !before.some((line) => line.trim().startsWith('//')));
  expect(bare.map(({ file, line }) => `${file}: ${line.trim()}`)).toEqual([]);
  expect(found.length).toBeLessThan(15);
});

test('a problem package knows the grader by one module, and only the preparer loads its code', () => {
  const foreign = sourceFiles('problems')
    .filter(isPackage)
    .flatMap((file) => importedNames(file).map((name) => ({ file, name })))
    .filter(({ name }) => !name.startsWith('.') && !name.startsWith('node:'))
    .map(({ name }) => name);
  expect([...new Set(foreign)]).toEqual(['grader/problem']);
  const leading = sourceFiles('problems')
    .filter(isPackage)
    .flatMap((file) => importsOf(file).filter((target) => dirname(target) !== dirname(file)));
  expect(leading).toEqual([]);
  const loaders = sourceFiles('grader').filter((file) =>
    /\bownCode\b/.test(readFileSync(join(packageRoot, file), 'utf8')),
  );
  expect(loaders.map(roomOf)).toEqual(['grader/prepare', 'grader/prepare']);
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

test('what no other file imports is not exported', () => {
  const texts = ['grader', 'problems', 'solutions', 'test', 'bench'].flatMap((folder) =>
    filesIn(folder, /\.(ts|js)$/).map((file) => readFileSync(join(packageRoot, file), 'utf8')),
  );
  const clause =
    /(?:import|export)\s+(?:type\s+)?\{([^}]*)\}\s+from|\{([^}]*)\}\s*=\s*\(?await|\{ ([\w, ]+) \}(?=,|\])/g;
  const lists = texts.flatMap((text) =>
    [...text.matchAll(clause)].map((found) => found.slice(1).join(',')),
  );
  const later = texts.flatMap((text) => [
    ...text.matchAll(/import\([^)]*\)\)\.(\w+)|load\w*\(\)\)\.(\w+)|then\(\(\{ (\w+) \}/g),
  ]);
  const wanted = new Set([
    ...lists
      .join(',')
      .split(',')
      .map((name) =>
        name
          .trim()
          .replace(/^type /, '')
          .replace(/ as .*$/s, '')
          .replace(/:.*$/s, ''),
      ),
    ...later.flatMap((found) => found.slice(1)),
    // Called by name: by Node, and by the host of the interpreter.
    ...['initialize', 'load', 'prepareRealm', 'failed', 'readSource', 'readJson'],
  ]);
  const doors =
    /^(grader\/(index|problem|api|contract)\.ts|grader\/contract\/|problems\/[^/]+\/(data|sample)\.ts)/;
  const declared =
    /^export (?:async |abstract )*(?:interface|type|class|function\*?|const) (\w+)/gm;
  const unwanted = [...sourceFiles('grader'), ...sourceFiles('problems')]
    .filter((file) => !doors.test(file))
    .flatMap((file) => {
      const text = readFileSync(join(packageRoot, file), 'utf8');
      return [...text.matchAll(declared)].map(([, name = '']) => ({ file, name }));
    })
    .filter(({ name }) => !wanted.has(name));
  expect(unwanted.map(({ file, name }) => `${file}: ${name}`)).toEqual([]);
});

test('a name has one way to it: only the doors give on what others declare', () => {
  const doors = /^grader\/(index|problem|api|contract)\.ts$|^problems\/[^/]+\/data\.ts$/;
  const again = [...sourceFiles('grader'), ...sourceFiles('problems')]
    .filter((file) => !doors.test(file))
    .flatMap((file) => {
      const text = readFileSync(join(packageRoot, file), 'utf8');
      const found = text.match(/^export (?:type )?(?:\{[^}]*\}|\*)[^;]*;/gm) ?? [];
      // TF.js's own types have their way through here.
      return found
        .filter((line) => !line.endsWith("from '@tensorflow/tfjs-core';"))
        .map((line) => `${file}: ${line}`);
    });
  expect(again).toEqual([]);
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

/** The folder of a test, or what the test is of where it lies in none. */
function homeOf(file: string): string {
  return dirname(file) === 'test' ? file.replace('.test.ts', '.ts') : dirname(file);
}

function isPackage(file: string): boolean {
  return /^problems\/[^/]+\//.test(file);
}

function isOpen(room: string): boolean {
  return openToAll.some((open) => room.startsWith(open));
}

/** `grader/engine/train/fit.ts` belongs to `grader/engine/train`, `grader/cache.ts` to itself. */
function roomOf(file: string): string {
  const [top = '', name = '', ...rest] = file.split('/');
  if (top === 'problems') return rest.length > 0 ? 'problems/<name>' : top;
  const depth = name === 'engine' && rest.length > 1 ? 3 : 2;
  return file.split('/').slice(0, depth).join('/');
}

/** What a command loads as it starts, beside what it asks for later. */
function loadedWith(file: string, loaded = new Set<string>()): ReadonlySet<string> {
  if (loaded.has(file)) return loaded;
  loaded.add(file);
  const text = readFileSync(join(packageRoot, file), 'utf8');
  const statics = text.matchAll(/^(?:import|export)(?! type)[^;]*? from '(\.[^']+)';$/gm);
  for (const [, path = ''] of statics) loadedWith(normalize(join(dirname(file), path)), loaded);
  return loaded;
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
  return filesIn(folder, /(?<!starter|starter\.\w+)\.ts$/);
}

function filesIn(folder: string, pattern: RegExp): string[] {
  return readdirSync(join(packageRoot, folder), { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && pattern.test(entry.name))
    .map((entry) => relative(packageRoot, join(entry.parentPath, entry.name)));
}
