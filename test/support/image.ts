import { execa } from 'execa';
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync } from 'node:fs';
import { dirname, isAbsolute, join } from 'node:path';
import { packageRoot } from '../../grader/package-root.ts';

export interface Instruction {
  readonly keyword: string;
  readonly text: string;
}

/** The instructions of a Dockerfile, by stages, each of which begins with its FROM. */
export function stagesOf(file: string): readonly (readonly Instruction[])[] {
  const lines = file
    .replace(/^#.*\n/gm, '')
    .replace(/\\\n/g, '')
    .split('\n');
  const stages: Instruction[][] = [];
  for (const line of lines.filter((each) => each.trim() !== '')) {
    const [, keyword = '', text = ''] = /^([A-Z]+) (.*)$/.exec(line.trim()) ?? [];
    if (keyword === 'FROM') stages.push([]);
    stages.at(-1)?.push({ keyword, text });
  }
  return stages;
}

/** What the instructions before a command set for it. */
export interface Setting {
  readonly environment: Readonly<Record<string, string>>;
  readonly directory: string;
  readonly user: string;
}

export function settingOf(instructions: readonly Instruction[]): Setting {
  let directory = '/';
  let user = '0:0';
  const environment: Record<string, string> = { PATH: '/usr/local/bin:/usr/bin:/bin' };
  for (const { keyword, text } of instructions) {
    if (keyword === 'WORKDIR') directory = text;
    if (keyword === 'USER') user = text;
    if (keyword !== 'ENV' && keyword !== 'ARG') continue;
    for (const [, name = '', quoted, plain = ''] of text.matchAll(/(\w+)=(?:"([^"]*)"|(\S*))/g)) {
      environment[name] = quoted ?? plain;
    }
  }
  return { environment, directory, user };
}

interface Container {
  /** What is `/`. */
  readonly root: string;
  readonly setting: Setting;
  /** Further arguments of bubblewrap: what is mounted, and what is kept apart. */
  readonly mounts: readonly string[];
}

/** Runs a command in a root of its own; Node, its libraries and the shell are this machine's, read-only. */
export function runIn({ root, setting, mounts }: Container, command: readonly string[]) {
  for (const folder of ['usr', 'etc/ssl', 'proc', 'dev', 'tmp', 'var/lib', setting.directory]) {
    mkdirSync(join(root, folder), { recursive: true });
  }
  for (const name of ['bin', 'lib', 'lib64', 'sbin']) {
    if (!readdirSync(root).includes(name)) symlinkSync(`usr/${name}`, join(root, name));
  }
  const etc = ['resolv.conf', 'hosts', 'nsswitch.conf', 'ssl', 'alternatives', 'ld.so.cache'];
  const [user = '', group = user] = setting.user.split(':');
  return execa(
    'bwrap',
    [
      ...['--bind', root, '/', '--ro-bind', '/usr', '/usr', '--proc', '/proc', '--dev', '/dev'],
      ...etc.flatMap((name) => ['--ro-bind-try', `/etc/${name}`, `/etc/${name}`]),
      ...['--unshare-pid', '--unshare-ipc', '--die-with-parent', '--chdir', setting.directory],
      ...mounts,
      ...['setpriv', `--reuid=${user}`, `--regid=${group}`, '--clear-groups', ...command],
    ],
    { reject: false, all: true, extendEnv: false, env: setting.environment, stdin: 'ignore' },
  );
}

/** COPY from the folder of this package, or from the root of an earlier stage. */
export function copyInto(
  root: string,
  { text }: Instruction,
  from: { directory: string; stage: string },
): void {
  const words = text.split(' ').filter((word) => !word.startsWith('--'));
  const target = words.pop() ?? '';
  const base = isAbsolute(target) ? root : join(root, from.directory);
  for (const name of words) {
    const source = text.startsWith('--from=') ? join(from.stage, name) : join(packageRoot, name);
    const to = target.endsWith('/') ? join(base, target, name) : join(base, target);
    mkdirSync(dirname(to), { recursive: true });
    cpSync(source, to, { recursive: true, verbatimSymlinks: true });
  }
}

/** The names that a .dockerignore of `*` and exceptions lets through. */
export function letThrough(): readonly string[] {
  const lines = readFileSync(join(packageRoot, '.dockerignore'), 'utf8').split('\n');
  return lines.flatMap((line) => (line.startsWith('!') ? [line.slice(1)] : []));
}

export const hasBubblewrap = existsSync('/usr/bin/bwrap') && existsSync('/usr/bin/setpriv');
