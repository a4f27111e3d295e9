import {
  chmodSync,
  closeSync,
  fstatSync,
  ftruncateSync,
  linkSync,
  openSync,
  readdirSync,
  readFileSync,
  readSync,
  rmSync,
  symlinkSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { NoEffect, type Target, type Tries } from './target.ts';

const mebibyte = 2 ** 20;

/** At other people's files, the program's own, and the disk. */
export const fileTries: Tries = {
  'read-passwd': () => readFileSync('/etc/passwd', 'utf8').slice(0, 40),
  'read-held-out': ({ heldOut }) => readFileSync(heldOut, 'utf8'),
  'read-submission': ({ submission }) => readFileSync(submission, 'utf8'),
  'read-by-dots': ({ program, heldOut }) =>
    readFileSync(`${program}/${'../'.repeat(20)}${heldOut.slice(1)}`, 'utf8'),
  'read-by-link': (target) => {
    const link = join(folderOf(target), 'link');
    symlinkSync(target.heldOut, link);
    return readAndRemove(link);
  },
  'read-by-relative-link': (target) => {
    const link = join(folderOf(target), 'relative-link');
    symlinkSync(`${'../'.repeat(20)}${target.heldOut.slice(1)}`, link);
    return readAndRemove(link);
  },
  'read-by-hard-link': (target) => {
    const link = join(folderOf(target), 'hard-link');
    linkSync(target.heldOut, link);
    return readAndRemove(link);
  },
  'read-outer-environment': () => readFileSync('/proc/1/environ', 'utf8'),
  'read-parent-environment': () => readFileSync(`/proc/${process.ppid}/environ`, 'utf8'),
  'read-parent-root': ({ heldOut }) => readFileSync(`/proc/${process.ppid}/root${heldOut}`, 'utf8'),
  'list-processes': () => {
    const found = readdirSync('/proc').filter((name) => /^\d+$/.test(name));
    if (found.length === 0) throw new NoEffect('no process is seen');
    return `${found.length} processes`;
  },
  'list-homes': () => readdirSync('/home').concat(readdirSync('/root')).join(),
  environment: () => {
    const own = Object.keys(process.env).filter((name) =>
      /^(PATH|HOME|USER|GRADER_SELFTEST)/.test(name),
    );
    if (own.length === 0) throw new NoEffect('its environment is its own');
    return own.join();
  },
  descriptors: () => {
    for (let descriptor = 0; descriptor < 64; descriptor++) {
      if (!isFile(descriptor)) continue;
      const bytes = new Uint8Array(64);
      const length = readSync(descriptor, bytes, 0, 64, 0);
      return `descriptor ${descriptor}: ${new TextDecoder().decode(bytes.subarray(0, length))}`;
    }
    throw new NoEffect('no file is open');
  },
  'write-root': () => write('/grader-attack'),
  'write-program': ({ program }) => write(join(program, 'grader-attack.js')),
  'write-shared-memory': () => write('/dev/shm/grader-attack'),
  'write-home': () => write('/root/grader-attack'),
  'change-held-out': ({ heldOut }) => {
    writeFileSync(heldOut, '{"labels":"forged"}');
    return 'written';
  },
  'remove-held-out': ({ heldOut }) => {
    unlinkSync(heldOut);
    return 'removed';
  },
  'change-mode': ({ program }) => {
    chmodSync(join(program, 'attacks', 'child.js'), 0o777);
    return 'changed';
  },
  'big-file': (target) => {
    const path = join(folderOf(target), 'big');
    const file = openSync(path, 'w');
    try {
      ftruncateSync(file, 8 * 1024 * mebibyte);
      return '8 GiB';
    } finally {
      closeSync(file);
      rmSync(path);
    }
  },
  'fill-temporary': () => {
    const paths: string[] = [];
    try {
      for (let index = 0; index < 1200; index++) {
        const path = join(tmpdir(), `grader-attack-${process.pid}-${index}`);
        writeFileSync(path, new Uint8Array(mebibyte));
        paths.push(path);
      }
      return `${paths.length} MiB in ${tmpdir()}`;
    } finally {
      for (const path of paths) rmSync(path, { force: true });
    }
  },
};

/** A recipe's child has none and tries the one of the system. */
function folderOf({ writable }: Target): string {
  return writable ?? '/tmp';
}

function readAndRemove(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } finally {
    rmSync(path, { force: true });
  }
}

function isFile(descriptor: number): boolean {
  try {
    return fstatSync(descriptor).isFile();
  } catch {
    // Not open.
    return false;
  }
}

function write(path: string): string {
  writeFileSync(path, 'x');
  rmSync(path, { force: true });
  return `wrote ${path}`;
}
