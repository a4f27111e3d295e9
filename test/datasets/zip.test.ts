import { expect, test } from '@jest/globals';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { deflateRawSync } from 'node:zlib';
import { listZip, readZip } from '../../grader/datasets/zip.ts';
import type { ZipEntry } from '../../grader/zip/zip-entry.ts';
import { storedZip } from '../support/stored-zip.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const bounds = { accept: () => true, maxEntries: 20, maxBytes: 100 };

function archive(bytes: Uint8Array): string {
  const path = join(temporaryFolder(), 'archive.zip');
  writeFileSync(path, bytes);
  return path;
}

function zipOf(entries: Record<string, string>): Buffer {
  return storedZip(
    new Map(Object.entries(entries).map(([name, text]) => [name, Buffer.from(text)])),
  );
}

async function textsOf(path: string, entries: readonly ZipEntry[]): Promise<string[]> {
  const texts: string[] = [];
  for await (const { name, content } of readZip(path, entries)) {
    texts.push(`${name}: ${Buffer.from(content).toString()}`);
  }
  return texts;
}

test('entries are listed by name, only those wanted, and read in the order asked for', async () => {
  const names = ['k', 'b/x', 'a/y', 'c', 'd', 'e', 'f', 'g', 'h', 'i'];
  const contents = Object.fromEntries(names.map((name) => [name, `in ${name}`]));
  const path = archive(zipOf({ ...contents, 'b/': '' }));
  const entries = await listZip(path, bounds);
  expect(entries.map(({ name }) => name)).toEqual([...names].sort());
  const backwards = [...entries].reverse();
  expect(await textsOf(path, backwards)).toEqual(
    backwards.map(({ name }) => `${name}: in ${name}`),
  );
  expect(await listZip(path, { ...bounds, accept: (name) => name === 'c' })).toHaveLength(1);
});

test('two entries with one name are refused', async () => {
  const bytes = zipOf({ one: 'first', two: 'last!' });
  for (let at = bytes.indexOf('two'); at >= 0; at = bytes.indexOf('two')) bytes.write('one', at);
  const path = archive(bytes);
  await expect(listZip(path, bounds)).rejects.toThrow(
    'archive.zip: it has two entries named "one"',
  );
});

/** One entry, `a`, that holds "hello", deflated; its headers state the given size. */
function deflatedZip(statedBytes: number): Buffer {
  const zip = storedZip(new Map([['a', deflateRawSync(Buffer.from('hello'))]]));
  const checksum = zipOf({ a: 'hello' }).readUInt32LE(14);
  for (const header of [4, zip.indexOf('PK\x01\x02') + 6]) {
    zip.writeUInt16LE(8, header + 4);
    zip.writeUInt32LE(checksum, header + 10);
    zip.writeUInt32LE(statedBytes, header + 18);
  }
  return zip;
}

test('a deflated entry is unpacked, and never to more than its stated size', async () => {
  const whole = archive(deflatedZip(5));
  expect(await textsOf(whole, await listZip(whole, bounds))).toEqual(['a: hello']);
  const bomb = archive(deflatedZip(2));
  const [entry] = await listZip(bomb, bounds);
  await expect(textsOf(bomb, entry ? [entry] : [])).rejects.toThrow(
    'archive.zip: a should have 2 bytes',
  );
  const longer = archive(deflatedZip(9));
  await expect(textsOf(longer, await listZip(longer, bounds))).rejects.toThrow(
    'a should have 9 bytes, got 5',
  );
});

test('an archive larger than its bounds and a damaged one are refused', async () => {
  const bytes = zipOf({ a: 'hello', b: 'world' });
  const path = archive(bytes);
  await expect(listZip(path, { ...bounds, maxBytes: 9 })).rejects.toThrow(
    'it unpacks to more than 9 B',
  );
  await expect(listZip(path, { ...bounds, maxEntries: 1 })).rejects.toThrow('2 entries; at most 1');
  await expect(listZip(archive(bytes.subarray(0, 60)), bounds)).rejects.toThrow();
  const entries = await listZip(path, bounds);
  bytes.write('jello', bytes.indexOf('hello'));
  writeFileSync(path, bytes);
  await expect(textsOf(path, entries)).rejects.toThrow('archive.zip: the checksum of a is wrong');
  writeFileSync(path, bytes.subarray(0, bytes.indexOf('world') + 2));
  await expect(textsOf(path, entries.slice(1))).rejects.toThrow('the archive ends within b');
});

test('an encrypted entry is refused by name', async () => {
  const bytes = deflatedZip(5);
  bytes.writeUInt16LE(1, bytes.indexOf('PK\x01\x02') + 8);
  await expect(listZip(archive(bytes), bounds)).rejects.toThrow(
    'archive.zip: the entry "a" is encrypted',
  );
});
