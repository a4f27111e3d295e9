import { execa } from 'execa';
import { GraderError } from '../errors.ts';
import { findProgram } from '../process/find-program.ts';
import { permissionFlag } from './node-flags.ts';
import { seccompFilter } from './seccomp.ts';

/** How far a child that meets a stranger's bytes is held. */
type IsolationLevel = 'jail' | 'interpreter' | 'none';

export interface Isolation {
  readonly level: IsolationLevel;
  /** What held, and why not more. */
  readonly reason: string;
  /** The one command that brings a jail, where there is one to name. */
  readonly help?: string;
  readonly tools: Tools;
}

interface Tools {
  readonly bwrap: string | null;
  readonly prlimit: string | null;
  readonly setpriv: string | null;
  readonly timeout: string | null;
  /** Of this bubblewrap: older ones lack some. */
  readonly options: ReadonlySet<string>;
}

/** Forces less than a jail, for tests and for machines whose jail is broken. */
const variable = 'GRADER_ISOLATION';

let found: Promise<Isolation> | undefined;

/** What this machine offers, found once. */
export function findIsolation(): Promise<Isolation> {
  found ??= look();
  return found;
}

/** Throws with fault `machine` where less than a jail is at hand. */
export async function requireJail(): Promise<void> {
  const { level, reason, help } = await findIsolation();
  if (level === 'jail') return;
  throw new GraderError({
    fault: 'machine',
    code: 'isolation',
    message: `A jail is asked for (--require-isolation jail), but this machine has isolation "${level}": ${reason}.`,
    help: help ?? 'Leave --require-isolation out to grade files of people whom you trust.',
  });
}

async function look(): Promise<Isolation> {
  const forced = process.env[variable];
  if (forced !== undefined && !['', 'jail', 'interpreter'].includes(forced)) {
    throw new GraderError({
      fault: 'usage',
      code: 'isolation-name',
      message: `${variable} must be jail or interpreter, got "${forced}".`,
    });
  }
  const tools = { ...noTools, ...(await findTools()) };
  if (forced === 'interpreter') return less(tools, `${variable}=interpreter forbids the jail`);
  if (process.platform !== 'linux') {
    return less(tools, `bubblewrap is for Linux, this is ${process.platform}`);
  }
  if (!tools.bwrap) return less(tools, 'bubblewrap is not installed', install);
  if (!tools.prlimit) return less(tools, 'prlimit is not installed', 'apt install util-linux');
  const refusal = await tryJail(tools.bwrap);
  if (refusal !== null)
    return less(tools, `bubblewrap does not run (${refusal.words})`, refusal.help);
  const filter = seccompFilter() === null ? `, no seccomp filter on ${process.arch}` : ', seccomp';
  return { level: 'jail', reason: `bubblewrap with namespaces, limits${filter}`, tools };
}

const install = 'apt install bubblewrap (Fedora: dnf install bubblewrap)';
const noTools: Tools = {
  ...{ bwrap: null, prlimit: null, setpriv: null, timeout: null },
  options: new Set(),
};

/** An interpreter without host objects, in a process that Node and the system hold as far as they can. */
function less(tools: Tools, why: string, help?: string): Isolation {
  const belt = permissionFlag() === null ? 'limits' : 'limits and Node’s permission model';
  return {
    level: 'interpreter',
    reason: `recipes run in an interpreter without host objects, each child with ${belt}; no jail: ${why}`,
    ...(help === undefined ? {} : { help }),
    tools,
  };
}

async function findTools(): Promise<Partial<Tools>> {
  if (process.platform !== 'linux') return {};
  const [bwrap, prlimit, setpriv, timeout] = ['bwrap', 'prlimit', 'setpriv', 'timeout'].map(
    findProgram,
  );
  const options = bwrap ? await optionsOf(bwrap) : new Set<string>();
  return {
    ...{ bwrap: bwrap ?? null, prlimit: prlimit ?? null, setpriv: setpriv ?? null },
    ...{ timeout: timeout ?? null, options },
  };
}

async function optionsOf(bwrap: string): Promise<ReadonlySet<string>> {
  const { stdout } = await execa(bwrap, ['--help'], { reject: false, env: {}, extendEnv: false });
  return new Set(stdout.match(/--[a-z-]+/g) ?? []);
}

interface Refusal {
  readonly words: string;
  readonly help?: string;
}

/** The namespaces of a jail around the shortest program. */
async function tryJail(bwrap: string): Promise<Refusal | null> {
  const filter = seccompFilter();
  const words = [
    ...['--unshare-user', '--unshare-ipc', '--unshare-uts', '--unshare-pid', '--unshare-net'],
    ...['--uid', '65534', '--gid', '65534', '--die-with-parent', '--cap-drop', 'ALL'],
    ...['--ro-bind', '/', '/', ...(filter ? ['--seccomp', '3'] : []), '--', '/bin/true'],
  ];
  const { failed, stderr, shortMessage } = await execa(bwrap, words, {
    reject: false,
    stdio: ['ignore', 'ignore', 'pipe', ...(filter ? [filter] : [])],
    env: {},
    extendEnv: false,
    timeout: 10_000,
  });
  if (!failed) return null;
  const [said = ''] = [stderr, shortMessage].join('\n').trim().split('\n');
  const known = helps.find(({ pattern }) => pattern.test(said));
  return { words: said.slice(0, 200), ...(known ? { help: known.help } : {}) };
}

const helps = [
  {
    pattern: /uid map/i,
    help:
      'sudo sysctl -w kernel.apparmor_restrict_unprivileged_userns=0 (Ubuntu 23.10 and later; or an ' +
      'AppArmor profile for /usr/bin/bwrap with the rule "userns,")',
  },
  {
    pattern: /ENOSPC|No space/i,
    help: 'sudo sysctl -w user.max_user_namespaces=10000',
  },
  {
    pattern: /No permissions|Operation not permitted/i,
    help:
      'sudo sysctl -w kernel.unprivileged_userns_clone=1; in a container: docker run with ' +
      '--security-opt seccomp=unconfined, or a profile that allows unshare and clone',
  },
];
