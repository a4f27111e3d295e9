import { execFileSync } from 'node:child_process';
import {
  closeSync,
  ftruncateSync,
  mkdirSync,
  openSync,
  rmSync,
  symlinkSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import { configs } from './configs.ts';
import type { Secrets } from './secrets.ts';
import { hostileZip } from './zip.ts';

/** A thing in the place of a submission. */
export interface HostileFile {
  /** Makes it in the folder; answers the name to hand in. */
  readonly make: (folder: string, secrets: Secrets) => string;
  /** The codes by which it may be refused. */
  readonly expects: readonly string[];
}

const mebibyte = 2 ** 20;
const hdf5 = [0x89, 0x48, 0x44, 0x46, 0x0d, 0x0a, 0x1a, 0x0a];

const withContent =
  (name: string, content: () => string | Uint8Array) =>
  (folder: string): string => {
    writeFileSync(join(folder, name), content());
    return name;
  };

const linkTo = (to: (secrets: Secrets) => string) => (folder: string, secrets: Secrets) => {
  symlinkSync(to(secrets), join(folder, 'model.h5'));
  return 'model.h5';
};

/** A model of TensorFlow.js whose weights lie where it says. */
const shardsAt =
  (path: (secrets: Secrets) => string, beside?: (folder: string, secrets: Secrets) => void) =>
  (folder: string, secrets: Secrets): string => {
    const weight = { name: 'dense/kernel', shape: [1, 1], dtype: 'float32' };
    const manifest = [{ paths: [path(secrets)], weights: [weight] }];
    const model = { ...configs.tfjs, weightsManifest: manifest };
    writeFileSync(join(folder, 'model.json'), JSON.stringify(model));
    beside?.(folder, secrets);
    return 'model.json';
  };

/** Each is made, handed to `grader inspect` and has to be refused for what it is. */
export const hostileFiles: Readonly<Record<string, HostileFile>> = {
  fifo: {
    make: (folder) => {
      execFileSync('mkfifo', [join(folder, 'model.h5')]);
      return 'model.h5';
    },
    expects: ['usage'],
  },
  folder: { make: (folder) => made(folder, 'model.h5'), expects: ['usage'] },
  'link-to-device': { make: linkTo(() => '/dev/zero'), expects: ['usage'] },
  'link-to-itself': { make: linkTo(() => 'model.h5'), expects: ['usage'] },
  'link-to-nothing': { make: linkTo(() => '/nothing/here'), expects: ['usage'] },
  'link-to-held-out': {
    make: linkTo(({ file }) => file),
    expects: ['invalid-recipe'],
  },
  'sparse-of-64-gib': {
    make: (folder) => sparse(join(folder, 'model.h5'), 64 * 1024 * mebibyte),
    expects: ['model-file-too-large'],
  },
  'hdf5-cut-off': {
    make: withContent('model.h5', () => new Uint8Array(hdf5)),
    expects: ['no-model-inside'],
  },
  'hdf5-of-noise': {
    make: withContent('model.h5', () => Uint8Array.from([...hdf5, ...noise(100_000)])),
    expects: ['model-file-damaged'],
  },
  'zip-bomb': {
    make: withContent('model.keras', () =>
      hostileZip([{ name: 'config.json', content: new Uint8Array(300 * mebibyte) }]),
    ),
    expects: ['zip-ratio'],
  },
  'zip-that-lies': {
    make: withContent('model.keras', () =>
      hostileZip([{ name: 'config.json', content: new Uint8Array(300 * mebibyte), declared: 100 }]),
    ),
    expects: ['model-file-damaged'],
  },
  'zip-of-many': {
    make: withContent('model.keras', () =>
      hostileZip(
        Array.from({ length: 60_000 }, (_, at) => ({ name: `${at}`, content: new Uint8Array() })),
      ),
    ),
    expects: ['zip-entries'],
  },
  'zip-with-dots': {
    make: withContent('model.keras', () =>
      hostileZip([{ name: '../../config.json', content: new TextEncoder().encode('{}') }]),
    ),
    expects: ['zip-name'],
  },
  'json-deep': {
    make: withContent(
      'model.json',
      () => `{"class_name":${'['.repeat(100_000)}${']'.repeat(100_000)}}`,
    ),
    expects: ['model-config'],
  },
  'json-prototype': {
    make: withContent(
      'model.json',
      () => `{"__proto__":{"points":5},"class_name":"Sequential","config":[]}`,
    ),
    expects: ['model-config'],
  },
  'json-infinity': {
    make: withContent('model.json', () =>
      JSON.stringify(configs.dense).replace('"units":1', '"units":1e999'),
    ),
    expects: ['model-config'],
  },
  'class-constructor': {
    make: withContent('model.json', () => JSON.stringify(configs.ofClass('constructor'))),
    expects: ['layer-not-supported'],
  },
  'class-lambda': {
    make: withContent('model.json', () => JSON.stringify(configs.lambda)),
    expects: ['lambda'],
  },
  'huge-layer': {
    make: withContent('model.json', () =>
      JSON.stringify(configs.dense).replace('"units":1', '"units":1000000000000'),
    ),
    expects: ['unsupported-model'],
  },
  'many-layers': {
    make: withContent('model.json', () => JSON.stringify(configs.many(100_000))),
    expects: ['model-config-too-large'],
  },
  'shards-by-dots': {
    make: shardsAt(() => '../../../../../../etc/passwd'),
    expects: ['tfjs-shard-name'],
  },
  'shards-absolute': { make: shardsAt(({ file }) => file), expects: ['tfjs-shard-name'] },
  'shards-by-url': { make: shardsAt(() => 'http://127.0.0.1/x.bin'), expects: ['tfjs-shard-name'] },
  'shards-by-link': {
    make: shardsAt(
      () => 'w.bin',
      (folder, { file }) => symlinkSync(file, join(folder, 'w.bin')),
    ),
    expects: ['tfjs-shard'],
  },
  'shards-by-fifo': {
    make: shardsAt(
      () => 'w.bin',
      (folder) => execFileSync('mkfifo', [join(folder, 'w.bin')]),
    ),
    expects: ['tfjs-shard'],
  },
  pickle: {
    make: withContent('model.pkl', () => 'cos\nsystem\n(S"id"\ntR.'),
    expects: ['unknown-format'],
  },
  'xml-with-entity': {
    make: withContent(
      'model.xml',
      () => `<?xml version="1.0"?><!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><x>&e;</x>`,
    ),
    expects: ['xml-file'],
  },
  'page-with-script': {
    make: withContent('model.h5', () => '<!doctype html><script>alert(1)</script>'),
    expects: ['html-page'],
  },
  program: {
    make: withContent('model.h5', () => '\u007fELF\u0002\u0001\u0001\u0000'),
    expects: ['no-model-inside'],
  },
};

function made(folder: string, name: string): string {
  mkdirSync(join(folder, name));
  return name;
}

function sparse(path: string, bytes: number): string {
  rmSync(path, { force: true });
  const file = openSync(path, 'w');
  writeSync(file, Uint8Array.from(hdf5));
  ftruncateSync(file, bytes);
  closeSync(file);
  return 'model.h5';
}

/** The same each time. */
function noise(length: number): number[] {
  let state = 1;
  return Array.from({ length }, () => (state = (state * 48_271) % 2_147_483_647) & 255);
}
