import { expect, test } from '@jest/globals';
import {
  mkdirSync,
  readdirSync,
  readFileSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { create } from 'tar';
import { ZipFile } from 'yazl';
import { submissionLimits } from '../../grader/classes/archives/limits.ts';
import { openArchive } from '../../grader/classes/archives/open-archive.ts';
import { storedZip } from '../support/stored-zip.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

type Files = Readonly<Record<string, string>>;

const bytesOf = (files: Files) =>
  storedZip(new Map(Object.entries(files).map(([name, text]) => [name, Buffer.from(text)])));

async function open(bytes: Uint8Array, kind: 'zip' | 'tar' = 'zip', limits = {}) {
  const cwd = temporaryFolder();
  const path = join(cwd, `in.${kind}`);
  writeFileSync(path, bytes);
  const folder = join(cwd, 'out');
  mkdirSync(folder);
  const left = await openArchive({
    ...{ path, kind, folder, limits: { ...submissionLimits, ...limits } },
  });
  const found = readdirSync(folder, { recursive: true, withFileTypes: true });
  const files = found.filter((each) => each.isFile()).map(({ name }) => name.normalize('NFC'));
  return {
    folder,
    files: files.sort(),
    left: left.map(({ parts, code }) => `${parts.join('/')}: ${code}`),
  };
}

async function deflated(files: Files): Promise<Buffer> {
  const zip = new ZipFile();
  for (const [name, text] of Object.entries(files)) zip.addBuffer(Buffer.from(text), name);
  zip.end();
  const chunks: Buffer[] = [];
  for await (const chunk of zip.outputStream) chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks);
}

/** An archive with one thing in it changed. */
const patched = (bytes: Buffer, from: string, to: string) =>
  Buffer.from(bytes.toString('latin1').replaceAll(from, to), 'latin1');

test('files of an archive get their names, with what they hold', async () => {
  const { folder, files, left } = await open(
    await deflated({
      'a/sunspots.ts': 'one',
      'a/b/모델.h5': 'two',
      [`${'나'.normalize('NFD')}.ts`]: '',
    }),
  );
  expect(files).toEqual(['sunspots.ts', '나.ts', '모델.h5']);
  expect(left).toEqual([]);
  expect(readFileSync(join(folder, 'a/b/모델.h5'), 'utf8')).toBe('two');
});

test('names without UTF-8 are those of Korean Windows, else of CP437', async () => {
  const bytes = bytesOf({ '1234.ts': 'a', 'Z567.ts': 'b' });
  // 가나 in CP949; é in CP437.
  const named = patched(patched(bytes, '1234', '\xb0\xa1\xb3\xaa'), 'Z567', 'Zo\x82x');
  expect((await open(named)).files).toEqual(['Zoéx.ts', '가나.ts']);
});

test('what would leave the folder stays inside, and the others come out', async () => {
  const bytes = bytesOf({ 'aa/evil.ts': '', 'b/root.ts': '', 'C_/win.ts': '', 'good.ts': 'x' });
  const hostile = ['aa/evil>../evil', 'b/root>//root', 'C_/win>C:\\win'].reduce(
    (all, change) => patched(all, ...(change.split('>') as [string, string])),
    bytes,
  );
  const { files, left } = await open(hostile);
  expect(files).toEqual(['good.ts']);
  expect(left).toEqual([
    '../evil.ts: archive-name',
    'root.ts: archive-name',
    'C:/win.ts: archive-name',
  ]);
});

test('two of a name, names that differ in case, a file where a folder is', async () => {
  const bytes = bytesOf({
    'a.ts': '1',
    'b.ts': '2',
    'c/A.TS': '3',
    'c/a.ts': '4',
    'a.ts/x.ts': '5',
  });
  const { files, left } = await open(patched(bytes, 'b.ts', 'a.ts'));
  expect(files).toEqual(['A.TS', 'a.ts']);
  expect(left).toEqual([
    'a.ts: archive-duplicate',
    'c/a.ts: archive-duplicate',
    'a.ts/x.ts: archive-name',
  ]);
});

test('a bomb, a large file, too much in all, a long name', async () => {
  const zeros = '0'.repeat(3_000_000);
  const files = {
    'bomb.ts': zeros,
    'ok.ts': 'x',
    'large.ts': 'yz'.repeat(9),
    [`${'n'.repeat(60)}.ts`]: '',
  };
  const { left, files: found } = await open(await deflated(files), 'zip', {
    memberBytes: 16,
    nameLength: 50,
  });
  expect(found).toEqual(['ok.ts']);
  expect(left).toEqual([
    'bomb.ts: archive-ratio',
    'large.ts: archive-too-large',
    `${'n'.repeat(60)}.ts: archive-long-name`,
  ]);
  const many = await open(bytesOf({ 'a.ts': '123', 'b.ts': '456' }), 'zip', { totalBytes: 4 });
  expect(many).toMatchObject({ files: ['a.ts'], left: ['b.ts: archive-too-large'] });
});

test.each([
  ['no archive', Buffer.from('PK\x03\x04 not at all'), 'archive-damaged'],
  ['too many files', bytesOf({ a: '', b: '', c: '' }), 'archive-too-many'],
  ['cut short', bytesOf({ 'a.ts': 'text' }).subarray(0, 40), 'archive-damaged'],
])('%s is refused as a whole, as what its candidate did wrong', async (_, bytes, code) => {
  await expect(open(bytes, 'zip', { members: 2 })).rejects.toMatchObject({
    failure: { fault: 'candidate', code },
  });
});

test('a damaged entry and an encrypted one spoil no other', async () => {
  const bytes = bytesOf({ 'a.ts': 'first', 'b.ts': 'second', 'c.ts': 'third' });
  const wrong = patched(bytes, 'second', 'secund');
  const at = wrong.lastIndexOf('c.ts') - 46 + 8;
  wrong.writeUInt16LE(1, at);
  expect(await open(wrong)).toMatchObject({
    files: ['a.ts'],
    left: ['c.ts: archive-encrypted', 'b.ts: archive-damaged'],
  });
});

test('tar archives, packed and not; links and names that lead out stay inside', async () => {
  const cwd = temporaryFolder();
  mkdirSync(join(cwd, 'in/sub'), { recursive: true });
  writeFileSync(join(cwd, 'in/sub/sunspots.ts'), 'text');
  symlinkSync('/etc/passwd', join(cwd, 'in/link.ts'));
  writeFileSync(join(cwd, 'outside.ts'), 'x');
  for (const gzip of [true, false]) {
    const file = join(cwd, `${String(gzip)}.tar`);
    await create({ file, gzip, cwd: join(cwd, 'in'), preservePaths: true }, ['.', '../outside.ts']);
    const { folder, files, left } = await open(readFileSync(file), 'tar');
    expect(files).toEqual(['sunspots.ts']);
    expect(readFileSync(join(folder, 'sub/sunspots.ts'), 'utf8')).toBe('text');
    expect(left.sort()).toEqual(['../outside.ts: archive-name', 'link.ts: archive-link']);
    truncateSync(file, gzip ? 100 : 700);
    await expect(open(readFileSync(file), 'tar')).rejects.toMatchObject({
      failure: { fault: 'candidate', code: 'archive-damaged' },
    });
  }
});
