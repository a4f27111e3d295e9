import {
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  type KeyObject,
} from 'node:crypto';
import { constants, existsSync } from 'node:fs';
import { mkdir, open, rm } from 'node:fs/promises';
import { homedir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { GraderError, usageError } from '../errors.ts';
import { digestOf } from '../files/digest.ts';

/** The private key's file: the named one, `GRADER_SIGNING_KEY`, or the user's own in `XDG_CONFIG_HOME`. */
export function signingKeyPath(named?: string): string {
  const chosen = named ?? process.env['GRADER_SIGNING_KEY'];
  if (chosen) return resolve(chosen);
  const settings = process.env['XDG_CONFIG_HOME'] || join(homedir(), '.config');
  return join(settings, 'exam-grader', 'signing-key.pem');
}

/** The key of a file, made where there is none. Throws what `readPrivateKey` and `makeKey` throw. */
export async function readOrMakeKey(
  path: string,
): Promise<{ readonly privateKey: KeyObject; readonly isNew: boolean }> {
  if (existsSync(path)) return { privateKey: await readPrivateKey(path), isNew: false };
  return { privateKey: await makeKey(path), isNew: true };
}

/**
 * Makes a private key for its user alone (0600). Throws with fault `usage` where the file is there already, or would
 * lie in a sitting's folder, `machine` where it cannot be written.
 */
export async function makeKey(path: string): Promise<KeyObject> {
  refuseInSitting(path);
  const { privateKey } = generateKeyPairSync('ed25519');
  const text = privateKey.export({ type: 'pkcs8', format: 'pem' });
  await mkdir(dirname(path), { recursive: true, mode: 0o700 }).catch((cause: unknown) => {
    throw notWritten(path, cause);
  });
  const handle = await open(path, 'wx', 0o600).catch((cause: unknown) => {
    if ((cause as NodeJS.ErrnoException).code === 'EEXIST') throw keyThere(path);
    throw notWritten(path, cause);
  });
  try {
    await handle.writeFile(text);
    await handle.sync();
  } catch (cause) {
    await rm(path, { force: true });
    throw notWritten(path, cause);
  } finally {
    await handle.close();
  }
  return privateKey;
}

/**
 * Reads a private key. Throws with fault `usage` where it is none of Ed25519, lies in a sitting's folder, or may be
 * read by others.
 */
export async function readPrivateKey(path: string): Promise<KeyObject> {
  refuseInSitting(path);
  const { text, mode } = await readKeyFile(path);
  if (mode & 0o077) {
    throw usageError(
      'key-readable',
      `The private key ${path} may be read or written by others (mode ${(mode & 0o777).toString(8)}): they could sign in your name.`,
      `Where nobody has: chmod 600 ${path}. Else make another: grader key new.`,
    );
  }
  return parsed(path, 'private', () => createPrivateKey(text));
}

/**
 * Reads a public key in PEM. Throws with fault `usage` where it is none of Ed25519, and where it is a private one,
 * which has no business with whoever checks.
 */
export async function readPublicKey(path: string): Promise<KeyObject> {
  const { text } = await readKeyFile(path);
  if (/-----BEGIN [A-Z ]*PRIVATE KEY-----/.test(text)) {
    throw usageError(
      'private-key',
      `${path} is a private key. Who checks needs the public one alone; who has the private one can forge.`,
      'Its owner prints the public one by: grader key show.',
    );
  }
  return parsed(path, 'public', () => createPublicKey(text));
}

/** The public key of a private one, in PEM (SPKI). */
export function publicPem(privateKey: KeyObject): string {
  return publicKeyOf(privateKey).export({ type: 'spki', format: 'pem' }).toString();
}

/** What a key is known by: SHA-256 of the public key's SPKI in DER, in hex. */
export function fingerprint(key: KeyObject): string {
  return digestOf(publicKeyOf(key).export({ type: 'spki', format: 'der' }));
}

function publicKeyOf(key: KeyObject): KeyObject {
  return key.type === 'private' ? createPublicKey(key) : key;
}

/** A candidate has what lies in a sitting's folder. */
function refuseInSitting(path: string): void {
  for (let folder = dirname(resolve(path)); ; folder = dirname(folder)) {
    if (sittingFiles.some((name) => existsSync(join(folder, name)))) {
      throw usageError(
        'key-in-sitting',
        `The private key ${path} lies in the folder of a sitting, ${folder}, which is handed on with all that is in it.`,
        'Name a place outside with --key FILE or GRADER_SIGNING_KEY.',
      );
    }
    if (folder === dirname(folder)) return;
  }
}

const sittingFiles = ['records.jsonl', 'sitting.db'];

/** No key comes near. */
const mostBytes = 16 * 1024;

async function readKeyFile(
  path: string,
): Promise<{ readonly text: string; readonly mode: number }> {
  // Opening a pipe would wait for its other end.
  const flags = constants.O_RDONLY | constants.O_NONBLOCK;
  const handle = await open(path, flags).catch((cause: unknown) => {
    throw noKey(path, `cannot be read (${codeOf(cause)})`, cause);
  });
  try {
    const status = await handle.stat();
    if (!status.isFile()) throw noKey(path, 'is no file');
    if (status.size > mostBytes) throw noKey(path, 'is too large for a key');
    return { text: await handle.readFile('utf8'), mode: status.mode };
  } finally {
    await handle.close();
  }
}

function parsed(path: string, kind: KeyObject['type'], parse: () => KeyObject): KeyObject {
  let key: KeyObject;
  try {
    key = parse();
  } catch (cause) {
    throw noKey(path, `holds no ${kind} key in PEM`, cause);
  }
  const type = key.asymmetricKeyType ?? 'another kind';
  if (type !== 'ed25519') throw noKey(path, `is a key of ${type}, not of Ed25519`);
  return key;
}

function noKey(path: string, why: string, cause?: unknown): GraderError {
  const failure = { fault: 'usage', code: 'no-key', message: `${path} ${why}.` } as const;
  return new GraderError(
    { ...failure, help: 'grader key show says which one is yours.' },
    { cause },
  );
}

function keyThere(path: string): GraderError {
  return usageError(
    'key-exists',
    `${path} is there already, and what it has signed can be checked by it alone.`,
    'Name another file with --key.',
  );
}

function notWritten(path: string, cause: unknown): GraderError {
  const message = `The private key cannot be written to ${path} (${codeOf(cause)}).`;
  const help = 'Name another file with --key or GRADER_SIGNING_KEY.';
  return new GraderError({ fault: 'machine', code: 'key-not-written', message, help }, { cause });
}

function codeOf(cause: unknown): string {
  return (cause as NodeJS.ErrnoException).code ?? 'error';
}
