import { expect, test } from '@jest/globals';
import { createPrivateKey, createPublicKey, generateKeyPairSync } from 'node:crypto';
import { chmodSync, mkdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  fingerprint,
  makeKey,
  publicPem,
  readOrMakeKey,
  readPrivateKey,
  readPublicKey,
  signingKeyPath,
} from '../../grader/records/keys.ts';
import { setEnvironment } from '../support/environment.ts';
import { newKeys } from './sitting.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

test('the key is made once, for its user alone, and read again', async () => {
  const folder = temporaryFolder();
  const path = join(folder, 'config', 'exam-grader', 'signing-key.pem');
  const made = await readOrMakeKey(path);
  expect(made.isNew).toBe(true);
  expect(statSync(path).mode & 0o777).toBe(0o600);
  expect(statSync(join(folder, 'config')).mode & 0o077).toBe(0);
  const again = await readOrMakeKey(path);
  expect(again.isNew).toBe(false);
  expect(fingerprint(again.privateKey)).toBe(fingerprint(made.privateKey));
  await expect(makeKey(path)).rejects.toThrow('is there already');
  expect(createPrivateKey(readFileSync(path)).asymmetricKeyType).toBe('ed25519');
});

test('where the key lies: named, of the environment, of the settings', () => {
  setEnvironment('XDG_CONFIG_HOME', '/settings');
  setEnvironment('GRADER_SIGNING_KEY', undefined);
  expect(signingKeyPath()).toBe('/settings/exam-grader/signing-key.pem');
  setEnvironment('GRADER_SIGNING_KEY', '/keys/a.pem');
  expect(signingKeyPath()).toBe('/keys/a.pem');
  expect(signingKeyPath('/keys/b.pem')).toBe('/keys/b.pem');
});

test.each(['records.jsonl', 'sitting.db'])('no key lies in a folder with a %s', async (name) => {
  const folder = temporaryFolder();
  const sitting = join(folder, `with-${name}`);
  mkdirSync(join(sitting, 'keys'), { recursive: true });
  const path = join(sitting, 'keys', 'signing-key.pem');
  const { privateKey } = newKeys();
  writeFileSync(path, privateKey.export({ type: 'pkcs8', format: 'pem' }), { mode: 0o600 });
  writeFileSync(join(sitting, name), '');
  await expect(readPrivateKey(path)).rejects.toThrow('lies in the folder of a sitting');
  await expect(makeKey(join(sitting, 'other.pem'))).rejects.toThrow('of a sitting');
});

test('a key that others can read is refused, with what to do', async () => {
  const folder = temporaryFolder();
  const path = join(folder, 'open.pem');
  await makeKey(path);
  chmodSync(path, 0o644);
  await expect(readPrivateKey(path)).rejects.toMatchObject({
    failure: {
      code: 'key-readable',
      help: `Where nobody has: chmod 600 ${path}. Else make another: grader key new.`,
    },
  });
});

test('who checks is kept from using the private key, and its public one is read', async () => {
  const folder = temporaryFolder();
  const path = join(folder, 'private.pem');
  const privateKey = await makeKey(path);
  await expect(readPublicKey(path)).rejects.toThrow('is a private key');
  const open = join(folder, 'public.pem');
  writeFileSync(open, publicPem(privateKey));
  expect(fingerprint(await readPublicKey(open))).toBe(fingerprint(privateKey));
  await expect(readPrivateKey(open)).rejects.toThrow('may be read or written by others');
  chmodSync(open, 0o600);
  await expect(readPrivateKey(open)).rejects.toThrow('holds no private key in PEM');
});

test('the fingerprint is that of OpenSSL: SHA-256 of the public key in DER', () => {
  const text =
    '-----BEGIN PUBLIC KEY-----\nMCowBQYDK2VwAyEA11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=\n-----END PUBLIC KEY-----\n';
  // openssl pkey -pubin -in key.pem -outform der | sha256sum
  expect(fingerprint(createPublicKey(text))).toBe(
    '06e3fd8fda29bb60ab59557de61edb0aecdb231134be30e75b455f8e1b792fa9',
  );
});

test.each<[string, (path: string) => void, string]>([
  ['no file', () => undefined, 'cannot be read (ENOENT)'],
  ['a folder', (path) => mkdirSync(path), 'is no file'],
  ['an empty file', (path) => writeFileSync(path, ''), 'holds no public key'],
  ['a picture', (path) => writeFileSync(path, Buffer.alloc(900, 137)), 'holds no public key'],
  ['a large file', (path) => writeFileSync(path, Buffer.alloc(20_000)), 'too large for a key'],
  ['a link to nothing', (path) => symlinkSync('/nowhere', path), 'cannot be read (ENOENT)'],
  ['a key of RSA', (path) => writeFileSync(path, rsa()), 'is a key of rsa, not of Ed25519'],
])('as a public key %s is refused', async (name, make, said) => {
  const folder = temporaryFolder();
  const path = join(folder, name.replaceAll(' ', '-'));
  make(path);
  await expect(readPublicKey(path)).rejects.toThrow(said);
});

function rsa(): string {
  const { publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  return publicKey.export({ type: 'spki', format: 'pem' }).toString();
}
