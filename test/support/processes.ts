import { execa } from 'execa';
import { readFileSync } from 'node:fs';
import { processTree } from '../../grader/process/tree.ts';

/** The numbers of a process's children. */
export async function childrenOf(pid: number | undefined): Promise<number[]> {
  const { stdout } = await execa('ps', ['-o', 'pid=', '--ppid', String(pid)], { reject: false });
  return stdout.split('\n').filter(Boolean).map(Number);
}

export function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

/** Waits up to ten minutes for these processes to end. */
export async function areGone(pids: readonly number[]): Promise<boolean> {
  for (let attempt = 0; attempt < 6000; attempt++) {
    if (!pids.some(isAlive)) return true;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  return false;
}

/** Numbers and command lines of the processes whose command line holds a text. */
export async function processesWith(text: string): Promise<string[]> {
  const { stdout } = await execa('ps', ['-eo', 'pid=,args='], { reject: false });
  return stdout.split('\n').filter((line) => line.includes(text));
}

/**
 * Waits up to ten minutes until as many of Node's processes as wanted have this text in their command
 * line; where none is wanted, nothing around them may be left either.
 */
export async function waitForProcesses(text: string, count: number): Promise<string[]> {
  let found: string[] = [];
  for (let attempt = 0; attempt < 12_000; attempt++) {
    const all = await processesWith(text);
    found = count === 0 ? all : all.filter((line) => /^\s*\d+ \S*node /.test(line));
    if (found.length === count) break;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  return found;
}

export interface Kills {
  /** In the command lines of those that are killed. */
  readonly text: string;
  readonly signal: NodeJS.Signals;
  /** Of so many, one after the other, as soon as they are there. */
  readonly count: number;
}

/** Kills children of a process while it lives; answers how many there were. */
export async function killChildren(pid: number, { text, signal, count }: Kills): Promise<number> {
  const killed = new Set<number>();
  while (killed.size < count && isAlive(pid)) {
    const found = (await childrenWith(pid, text)).find((each) => !killed.has(each));
    if (found !== undefined) {
      killTree(found, signal);
      killed.add(found);
    } else await new Promise((resolve) => setTimeout(resolve, 5));
  }
  return killed.size;
}

/** Stopped first: a jail that dies while it is set up can leave what is in it running. */
function killTree(pid: number, signal: NodeJS.Signals): void {
  send(pid, 'SIGSTOP');
  const [, ...inner] = processTree(pid);
  for (const each of inner) send(each, 'SIGKILL');
  send(pid, signal);
  send(pid, 'SIGCONT');
}

function send(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch {
    // It has ended by itself.
  }
}

/** Some live for less time than `ps` takes to start, so Linux is asked directly. */
async function childrenWith(pid: number, text: string): Promise<number[]> {
  if (process.platform === 'linux') {
    const children = readOrNothing(`/proc/${pid}/task/${pid}/children`).split(' ').filter(Boolean);
    const isWanted = (child: string) => readOrNothing(`/proc/${child}/cmdline`).includes(text);
    return children.filter(isWanted).map(Number);
  }
  const options = ['-o', 'pid=,args=', '--ppid', String(pid)];
  const { stdout } = await execa('ps', options, { reject: false });
  const lines = stdout.split('\n').filter((line) => line.includes(text));
  return lines.map((line) => Number.parseInt(line, 10));
}

/** What is gone has no words. */
function readOrNothing(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}
