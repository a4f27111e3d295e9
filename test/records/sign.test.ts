import { expect, test } from '@jest/globals';
import { createPrivateKey, createPublicKey, sign as signBytes } from 'node:crypto';
import { fingerprint } from '../../grader/records/keys.ts';
import { isSignedBy, sign } from '../../grader/records/sign.ts';
import { newKeys } from './sitting.ts';

/** RFC 8032, 7.1: secret key, public key, message, signature. */
const vectors = [
  [
    '9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60',
    'd75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a',
    '',
    'e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b',
  ],
  [
    '4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb',
    '3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c',
    '72',
    '92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00',
  ],
  [
    'c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7',
    'fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025',
    'af82',
    '6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a',
  ],
] as const;

test.each(vectors)(
  'the vector of RFC 8032 with the secret key %s',
  (secret, open, message, signature) => {
    const privateKey = createPrivateKey({
      key: Buffer.from(`302e020100300506032b657004220420${secret}`, 'hex'),
      ...{ format: 'der', type: 'pkcs8' },
    });
    expect(signBytes(null, Buffer.from(message, 'hex'), privateKey).toString('hex')).toBe(
      signature,
    );
    const spki = createPublicKey(privateKey).export({ format: 'der', type: 'spki' });
    expect(spki.toString('hex')).toBe(`302a300506032b6570032100${open}`);
    const signed = sign({ a: 1 }, privateKey);
    expect(signed.key).toBe(fingerprint(createPublicKey(privateKey)));
    expect(isSignedBy(signed, createPublicKey(privateKey))).toBe(true);
  },
);

test('a signature is of all the rest, whatever its order, and of one key', () => {
  const { privateKey, publicKey } = newKeys();
  const signed = sign({ b: 1, a: ['x'] }, privateKey);
  const { signature, key } = signed;
  expect(isSignedBy({ signature, key, ...{ a: ['x'], b: 1 } }, publicKey)).toBe(true);
  for (const changed of [{ b: 2 }, { c: null }]) {
    expect(isSignedBy({ ...signed, ...changed }, publicKey)).toBe(false);
  }
  expect(isSignedBy(signed, newKeys().publicKey)).toBe(false);
});

test('another spelling of the same signature is a change', () => {
  const { privateKey, publicKey } = newKeys();
  const signed = sign({ a: 1 }, privateKey);
  const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
  const last = letters.indexOf(signed.signature.charAt(85));
  const other = `${signed.signature.slice(0, 85)}${letters.charAt(last + 1)}`;
  expect(Buffer.from(other, 'base64url')).toEqual(Buffer.from(signed.signature, 'base64url'));
  expect(isSignedBy({ ...signed, signature: other }, publicKey)).toBe(false);
});
