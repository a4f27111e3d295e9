import type { KeyObject } from 'node:crypto';
import {
  fingerprint,
  makeKey,
  publicPem,
  readPrivateKey,
  signingKeyPath,
} from '../records/keys.ts';
import { printable } from '../text/printable.ts';
import type { CliContext } from './context.ts';

export interface KeyFlags {
  readonly key?: string;
}

export async function showKey({ key }: KeyFlags, { screen }: CliContext): Promise<void> {
  const path = signingKeyPath(key);
  const privateKey = await readPrivateKey(path);
  screen.note(`The public key of ${printable(path)}`);
  print(privateKey, screen);
}

export async function newKey({ key }: KeyFlags, { screen }: CliContext): Promise<void> {
  const path = signingKeyPath(key);
  const privateKey = await makeKey(path);
  screen.note(`Made ${printable(path)}. Keep it to yourself: who has it can forge results.`);
  print(privateKey, screen);
}

/** The key alone is on stdout, for a file. */
function print(privateKey: KeyObject, screen: CliContext['screen']): void {
  screen.note(`Fingerprint ${fingerprint(privateKey)}`);
  screen.print(publicPem(privateKey).trimEnd());
}
