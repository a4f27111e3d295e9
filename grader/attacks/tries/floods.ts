import { Buffer } from 'node:buffer';
import { writeSync } from 'node:fs';
import { messageDescriptor } from '../../process/confinement.ts';
import { NoEffect, type Tries } from './target.ts';

const mebibyte = 2 ** 20;
const enoughMebibytes = 3000;

/** More memory, words and time than there are. None of them ends by itself unless it has won. */
export const floodTries: Tries = {
  'memory-heap': () => {
    const kept: unknown[] = [];
    for (let at = 0; at < enoughMebibytes; at++) kept.push(new Array(mebibyte / 8).fill(at));
    return `${kept.length} MiB`;
  },
  'memory-buffers': () => fill(() => Buffer.alloc(16 * mebibyte, 1)),
  'memory-web-assembly': () =>
    fill(() => {
      const { buffer } = new WebAssembly.Memory({ initial: 256, maximum: 256 });
      return new Uint8Array(buffer).fill(1);
    }),
  'memory-shared': () => fill(() => new Uint8Array(new SharedArrayBuffer(16 * mebibyte)).fill(1)),
  'flood-stdout': () => {
    flood(1, 'x'.repeat(mebibyte));
    throw new NoEffect('nobody reads it');
  },
  'flood-stderr': () => flood(2, 'x'.repeat(mebibyte)),
  'flood-stderr-lines': () => flood(2, 'x\n'.repeat(mebibyte / 2)),
  'flood-messages': () =>
    flood(messageDescriptor, '{"type":"progress","progress":1}\n'.repeat(30_000)),
  'flood-one-message': () => flood(messageDescriptor, 'x'.repeat(mebibyte)),
  'message-no-json': () => {
    writeSync(messageDescriptor, '::error::no JSON\n');
    return spin();
  },
  'message-prototype': () => {
    writeSync(messageDescriptor, '{"type":"done","result":{"__proto__":{"points":5}}}\n');
    return spin();
  },
  'message-other-type': () => {
    writeSync(messageDescriptor, '{"type":"exit","code":0}\n');
    return spin();
  },
  spin: () => spin(),
  'spin-deaf': () => {
    for (const name of ['SIGTERM', 'SIGINT', 'SIGHUP', 'SIGXCPU'] as const)
      process.on(name, () => {});
    return spin();
  },
  sleep: () => new Promise(() => setInterval(() => undefined, 1e6)),
  'exit-at-once': () => process.exit(0),
  'exit-with-points': () => process.exit(5),
  abort: () => process.abort(),
};

/** Keeps it all, and says how much it was. */
function fill(make: () => Uint8Array): string {
  const kept: Uint8Array[] = [];
  const enough = (enoughMebibytes * mebibyte) / 16 / mebibyte;
  while (kept.length < enough) kept.push(make());
  return `${kept.length * 16} MiB`;
}

function flood(descriptor: number, text: string): string {
  for (let written = 0; written < 2 ** 30;) {
    try {
      written += writeSync(descriptor, text);
    } catch (error) {
      // Whoever reads is slower than this.
      if (!(error instanceof Error && 'code' in error && error.code === 'EAGAIN')) throw error;
    }
  }
  return '1 GiB was taken';
}

function spin(): never {
  for (;;);
}
