import { expect, test } from '@jest/globals';
import { execa } from 'execa';
import { readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { openDatabase, type Schema } from '../../grader/database/database.ts';
import { packageRoot } from '../../grader/package-root.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const schema: Schema = {
  ...{ title: 'list of things', applicationId: 0x1234567 },
  migrations: ['CREATE TABLE thing(id INTEGER PRIMARY KEY, body TEXT, name TEXT) STRICT'],
};
const later: Schema = {
  ...schema,
  migrations: [...schema.migrations, 'ALTER TABLE thing ADD COLUMN size INTEGER'],
};
const codeOf = (work: () => unknown): unknown => {
  try {
    work();
  } catch (error) {
    return (error as { failure?: { code: string } }).failure?.code ?? error;
  }
  return 'no error';
};

test('what a transaction wrote is there again; what failed in one is not', () => {
  const path = join(temporaryFolder(), 'a.db');
  const first = openDatabase(path, schema, true);
  const add = 'INSERT INTO thing(body, name) VALUES(?, ?)';
  first.transaction(() => first.run(add, null, 'one; two'));
  expect(() =>
    first.transaction(() => {
      first.run(add, null, 'lost');
      throw new Error('on the way');
    }),
  ).toThrow('on the way');
  first.close();
  const second = openDatabase(path, later);
  const [row, ...more] = second.all('SELECT * FROM thing');
  expect(more).toEqual([]);
  expect(row).toMatchObject({ id: 1, name: 'one; two', size: null });
  expect(second.all('PRAGMA synchronous')[0]?.['synchronous']).toBe(2);
  expect(second.all('PRAGMA journal_mode')[0]?.['journal_mode']).toBe('wal');
  second.close();
  expect(codeOf(() => openDatabase(path, schema))).toBe('newer-database');
});

test('what is no such database is told, each kind as what it is', () => {
  const folder = temporaryFolder();
  const at = (name: string) => join(folder, name);
  expect(codeOf(() => openDatabase(at('none.db'), schema))).toBe('no-database');
  writeFileSync(at('empty.db'), '');
  writeFileSync(at('text.db'), 'not a database, but long enough to look at');
  writeFileSync(at('cut.db'), 'SQLite format 3\0');
  openDatabase(at('other.db'), { ...schema, applicationId: 1 }, true).close();
  const whole = openDatabase(at('whole.db'), schema, true);
  whole.run('INSERT INTO thing(body) VALUES(?)', 'x'.repeat(50_000));
  whole.close();
  const size = readFileSync(at('whole.db')).length;
  truncateSync(at('whole.db'), size - 8192);
  expect(codeOf(() => openDatabase(folder, schema))).toBe('foreign-database');
  for (const [name, code] of [
    ['empty', 'foreign-database'],
    ['text', 'foreign-database'],
    ['cut', 'damaged-database'],
    ['other', 'foreign-database'],
    ['whole', 'damaged-database'],
  ] as const) {
    expect([name, codeOf(() => openDatabase(at(`${name}.db`), schema))]).toEqual([name, code]);
  }
  expect(codeOf(() => openDatabase(at('no/folder.db'), schema, true))).toBe('database');
});

const writer = `
  import { openDatabase } from '${join(packageRoot, 'dist/grader/database/database.js')}';
  const [, path, action] = process.argv;
  const database = openDatabase(path, ${JSON.stringify(schema)}, action === 'make');
  if (action === 'hold') database.transaction(() => { console.log('held'); Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 60_000); });
  for (let at = 0; action === 'make'; at++) {
    database.transaction(() => database.run('INSERT INTO thing(name) VALUES(?)', String(at)));
    console.log(at);
  }`;
const start = (path: string, action: string) =>
  execa(process.execPath, ['--input-type=module', '-e', writer, path, action], { reject: false });

test('of two writers the second one is told so', async () => {
  const path = join(temporaryFolder(), 'a.db');
  openDatabase(path, schema, true).close();
  const holder = start(path, 'hold');
  await new Promise((resolve) => holder.stdout.once('data', resolve));
  const second = openDatabase(path, schema);
  second.all('PRAGMA busy_timeout = 10');
  expect(codeOf(() => second.transaction(() => undefined))).toBe('database-busy');
  holder.kill('SIGKILL');
  await holder;
  second.transaction(() => second.run("INSERT INTO thing(name) VALUES('mine')"));
  expect(second.all('SELECT name FROM thing')[0]?.['name']).toBe('mine');
  second.close();
});

test('a writer that is killed loses nothing that it had acknowledged, and prints no warning', async () => {
  const path = join(temporaryFolder(), 'a.db');
  const child = start(path, 'make');
  await new Promise((resolve) => child.stdout.once('data', resolve));
  setTimeout(() => child.kill('SIGKILL'), 250);
  const { stdout, stderr } = await child;
  expect(stderr).toBe('');
  const said = stdout.trim().split('\n').length;
  const database = openDatabase(path, schema);
  const names = database.all('SELECT name FROM thing ORDER BY id').map(({ name }) => Number(name));
  expect(names.length).toBeGreaterThanOrEqual(said - 1);
  expect(names).toEqual(names.map((_, at) => at));
  database.close();
});
