import { expect, test } from '@jest/globals';
import {
  appendFileSync,
  cpSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import type { SignedRecord } from '../../grader/contract.ts';
import { canonicalJson } from '../../grader/records/canonical-json.ts';
import { hashFolder } from '../../grader/records/hash-folder.ts';
import { fingerprint, publicPem } from '../../grader/records/keys.ts';
import { embedRecords, sealPage } from '../../grader/records/sealed-page.ts';
import { sign } from '../../grader/records/sign.ts';
import { verifyPath } from '../../grader/records/verify.ts';
import { runGrader } from '../support/run-grader.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { asText, attempt, closing, newKeys, next, opening, sha } from './sitting.ts';

const { privateKey, publicKey } = newKeys();

/** A sitting's folder with two attempts, closed and certified. */
async function sitting(): Promise<string> {
  const folder = join(temporaryFolder(), 'sitting');
  const records: SignedRecord[] = [];
  const put = (path: string, text: string) => {
    mkdirSync(join(folder, path, '..'), { recursive: true });
    writeFileSync(join(folder, path), text);
  };
  put('exam.json', 'exam');
  records.push(next(records, opening, privateKey));
  for (const number of [1, 2]) {
    const of = `attempts/00${number}-sunspots`;
    for (const name of ['report.json', 'report.html', 'model/weights.bin']) {
      put(`${of}/${name}`, `${name} of ${number}`);
    }
    const { files } = await hashFolder(join(folder, of));
    records.push(next(records, attempt(number, { files }), privateKey));
  }
  for (const name of ['report.html', 'report.json']) put(name, `final ${name}`);
  const files = {
    'report.html': sha('final report.html'),
    'report.json': sha('final report.json'),
  };
  records.push(next(records, closing(records, { files }), privateKey));
  put('records.jsonl', asText(records));
  const page = `<!doctype html><p>66.7</p>${embedRecords(asText(records))}\n`;
  put('certificate.html', sealPage(page, privateKey));
  put('work/sunspots.ts', 'mine');
  put('sitting.db', 'a database');
  return folder;
}

test('a sitting, its records, its certificate and an attempt in it are as they were signed', async () => {
  const folder = await sitting();
  const kinds = {
    '': 'sitting',
    'records.jsonl': 'records',
    'certificate.html': 'certificate',
    'attempts/001-sunspots': 'attempt',
  };
  for (const [name, kind] of Object.entries(kinds)) {
    const found = await verifyPath(join(folder, name), publicKey);
    expect({ kind: found.kind, discrepancies: found.discrepancies }).toEqual({
      ...{ kind, discrepancies: [] },
    });
    expect(found.records).toHaveLength(4);
  }
});

const first = 'attempts/001-sunspots';

/** What somebody does to a sitting's folder, and what is said of it. */
test.each<[string, (folder: string) => void, readonly string[]]>([
  [
    'a report of an attempt was changed',
    (folder) => appendFileSync(join(folder, first, 'report.json'), ' '),
    [
      `file-changed attempts/001-sunspots/report.json, of record 1 (attempt 1 at sunspots): it was changed: expected ${sha('report.json of 1')}, came ${sha('report.json of 1 ')}.`,
    ],
  ],
  [
    'a file of an attempt was deleted',
    (folder) => rmSync(join(folder, first, 'model/weights.bin')),
    ['file-missing attempts/001-sunspots/model/weights.bin, of record 1'],
  ],
  [
    'a file was added to an attempt',
    (folder) => writeFileSync(join(folder, first, 'model', 'other.bin'), ''),
    ['file-added attempts/001-sunspots/model/other.bin, of record 1'],
  ],
  [
    'an attempt was deleted',
    (folder) => rmSync(join(folder, first), { recursive: true }),
    [
      'file-missing attempts/001-sunspots, of record 1 (attempt 1 at sunspots): the folder is missing',
    ],
  ],
  [
    'an attempt was added',
    (folder) =>
      cpSync(join(folder, first), join(folder, 'attempts/003-sunspots'), { recursive: true }),
    ['file-added attempts/003-sunspots: no record speaks of it.'],
  ],
  [
    'a file is a link to the same content',
    (folder) => {
      renameSync(join(folder, first, 'report.json'), join(folder, 'work/report.json'));
      symlinkSync('../../work/report.json', join(folder, first, 'report.json'));
    },
    [
      'no-file attempts/001-sunspots/report.json, of record 1 (attempt 1 at sunspots): it is a symbolic link',
    ],
  ],
  [
    'an attempt is a link',
    (folder) => {
      renameSync(join(folder, first), join(folder, 'work/first'));
      symlinkSync('../work/first', join(folder, first));
    },
    [
      'file-missing attempts/001-sunspots, of record 1 (attempt 1 at sunspots): the folder is missing, or is none',
    ],
  ],
  [
    'a link leads out of an attempt',
    (folder) => symlinkSync('/', join(folder, first, 'everything')),
    ['no-file attempts/001-sunspots/everything, of record 1'],
  ],
  [
    'the final report was changed',
    (folder) => appendFileSync(join(folder, 'report.html'), 'x'),
    ['file-changed report.html: it was changed: expected'],
  ],
  [
    'the final report was deleted',
    (folder) => rmSync(join(folder, 'report.json')),
    ['file-missing report.json: it is missing.'],
  ],
  [
    'another report was added',
    (folder) => writeFileSync(join(folder, 'report-2.html'), ''),
    ['file-added report-2.html: it was added'],
  ],
  [
    'the exam was changed',
    (folder) => writeFileSync(join(folder, 'exam.json'), '{}'),
    ['file-changed exam.json'],
  ],
  [
    'the certificate was deleted',
    (folder) => rmSync(join(folder, 'certificate.html')),
    ['file-missing certificate.html'],
  ],
  [
    'what is to be read of the certificate was changed',
    (folder) => edit(join(folder, 'certificate.html'), '66.7', '96.7'),
    [
      'page-changed certificate.html: The page is not as it was sealed: it was sealed with the hash',
    ],
  ],
  [
    'the seal was taken off the certificate',
    (folder) => edit(join(folder, 'certificate.html'), /<!--grader-seal.*/s, ''),
    [
      'page-changed certificate.html: The page is not as it was sealed: it does not end with a seal',
    ],
  ],
  [
    'the certificate has something after its seal',
    (folder) => appendFileSync(join(folder, 'certificate.html'), '<p>passed</p>'),
    ['page-changed certificate.html'],
  ],
  [
    'the certificate is one of fewer records',
    (folder) => {
      const [opened = '', ...others] = readFileSync(join(folder, 'records.jsonl'), 'utf8').split(
        /(?<=\n)/,
      );
      expect(others).toHaveLength(3);
      writeFileSync(join(folder, 'certificate.html'), sealPage(embedRecords(opened), privateKey));
    },
    ['other-records certificate.html: it has other records in it than records.jsonl.'],
  ],
  [
    'the certificate is a link',
    (folder) => {
      renameSync(join(folder, 'certificate.html'), join(folder, 'work/c.html'));
      symlinkSync('work/c.html', join(folder, 'certificate.html'));
    },
    ['no-file certificate.html: it is a symbolic link', 'file-missing certificate.html'],
  ],
  [
    'the last two records were cut off',
    (folder) => edit(join(folder, 'records.jsonl'), /(.*\n)(.*\n).*\n.*\n/, '$1$2'),
    [
      'not-closed Not closed: after record 1 (attempt 1 at sunspots)',
      'file-added report.html',
      'file-added report.json',
      'file-added attempts/002-sunspots: no record',
      'other-records certificate.html',
    ],
  ],
  [
    'records were emptied',
    (folder) => writeFileSync(join(folder, 'records.jsonl'), ''),
    [
      'unreadable There are no records',
      'file-added exam.json',
      'file-added report.html',
      'file-added report.json',
      'file-added attempts/001',
      'file-added attempts/002',
      'other-records certificate.html',
    ],
  ],
])('where %s, that is told', async (_, change, said) => {
  const folder = await sitting();
  change(folder);
  const { discrepancies } = await verifyPath(folder, publicKey);
  const told = discrepancies.map(({ code, message }) => `${code} ${message}`);
  expect(told.map((each, at) => each.slice(0, said[at]?.length ?? 0))).toEqual(said);
});

test('a sitting that somebody else has signed is told to be of another key', async () => {
  const { discrepancies } = await verifyPath(await sitting(), newKeys().publicKey);
  expect(discrepancies.map(({ code }) => code)).toEqual(['other-key', 'other-key']);
  expect(discrepancies[1]?.message).toMatch(/^certificate.html: The page is sealed by another key/);
});

test('files of thousands are looked at one by one', async () => {
  const folder = await sitting();
  for (let each = 0; each < 1500; each++) writeFileSync(join(folder, first, `${each}.txt`), '');
  const { discrepancies } = await verifyPath(folder, publicKey);
  expect(discrepancies).toHaveLength(1500);
  expect(new Set(discrepancies.map(({ code }) => code))).toEqual(new Set(['file-added']));
});

test('a statement of a QR code is checked by itself', async () => {
  const folder = temporaryFolder();
  const path = join(folder, 'qr.txt');
  const statement = sign(
    {
      ...{ format: 'grader-statement', version: 1, kind: 'practice-record', name: 'A. Candidate' },
      ...{ exam: 'Mock exam', total: 93.3, passed: true, at: '2026-12-01T09:03:00Z' },
      closing: sha('closing'),
    },
    privateKey,
  );
  writeFileSync(path, `${canonicalJson(statement)}\n`);
  const good = await verifyPath(path, publicKey);
  expect(good).toMatchObject({ kind: 'statement', discrepancies: [], statement: { total: 93.3 } });
  writeFileSync(path, canonicalJson({ ...statement, total: 100 }));
  const bad = await verifyPath(path, publicKey);
  expect(bad.discrepancies.map(({ code }) => code)).toEqual(['signature']);
  const other = await verifyPath(path, newKeys().publicKey);
  expect(other.discrepancies.map(({ code }) => code)).toEqual(['other-key']);
});

test('the program says so in words, with 0, 1 and 2', async () => {
  const folder = await sitting();
  const cwd = join(folder, '..');
  const key = join(cwd, 'key', 'signing-key.pem');
  const run = (...args: string[]) => runGrader(args, { cwd, env: { GRADER_SIGNING_KEY: key } });
  const made = await run('key', 'new');
  expect(made.exitCode).toBe(0);
  expect(made.stdout).toMatch(/^-----BEGIN PUBLIC KEY-----\n[^]+\n-----END PUBLIC KEY-----$/);
  const shown = await run('key');
  expect(shown).toMatchObject({ exitCode: 0, stdout: made.stdout });
  expect(shown.stderr).toMatch(/Fingerprint [0-9a-f]{64}/);
  expect((await run('key', 'new')).stderr).toContain('is there already');

  writeFileSync(join(cwd, 'other.pem'), shown.stdout);
  writeFileSync(join(cwd, 'public.pem'), publicPem(privateKey));
  const good = await run('verify', 'sitting', '--key', 'public.pem');
  expect(good).toMatchObject({ exitCode: 0, stderr: '' });
  expect(good.stdout).toContain('Good: sitting is as it was signed.');
  expect(good.stdout).toContain('A. Candidate, Mock exam: 66.7 of 100, not passed');
  expect(good.stdout).toContain(fingerprint(publicKey));

  const other = await run('verify', 'sitting', '--key', 'other.pem');
  expect(other.exitCode).toBe(1);
  expect(other.stdout).toContain('The records are signed by another key: expected');

  appendFileSync(join(folder, first, 'report.html'), 'x');
  const changed = await run('verify', 'sitting', '--key', 'public.pem', '--json');
  expect(changed.exitCode).toBe(1);
  expect(JSON.parse(changed.stdout)).toMatchObject({
    ...{ kind: 'sitting', good: false, key: fingerprint(publicKey), records: 4 },
    discrepancies: [{ code: 'file-changed', sequence: 1 }],
  });
});

test('what is no signed result, and a private key, are wrong usage', async () => {
  const cwd = join(await sitting(), '..');
  const text = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
  writeFileSync(join(cwd, 'key.pem'), text, { mode: 0o600 });
  const run = await runGrader(['verify', 'sitting', '--key', 'key.pem'], { cwd });
  expect(run).toMatchObject({ exitCode: 2, stdout: '' });
  expect(run.stderr).toContain('is a private key');
  for (const [path, said] of [
    ['nowhere', 'cannot be found'],
    ['sitting/work', 'is no sitting'],
    ['sitting/work/sunspots.ts', 'is no sitting'],
  ] as const) {
    await expect(verifyPath(join(cwd, path), publicKey)).rejects.toThrow(said);
  }
});

function edit(path: string, from: string | RegExp, to: string): void {
  writeFileSync(path, readFileSync(path, 'utf8').replace(from, to));
}
