import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';

/** Numbers of the processes with this text in their command line, but for those that have ended. */
export function processesWith(text: string): readonly number[] {
  if (process.platform !== 'linux') return processesByPs(text);
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name) && read(`/proc/${name}/cmdline`).includes(text))
    .map(Number);
}

/** Whether all of them are gone within so many seconds. */
export async function areGone(text: string, seconds: number): Promise<boolean> {
  for (let tenth = 0; tenth < seconds * 10; tenth++) {
    if (processesWith(text).length === 0) return true;
    await wait(100);
  }
  return false;
}

/** `S` for one that sleeps, `T` for one that is stopped; empty where there is none. */
export function processState(pid: number): string {
  if (process.platform !== 'linux') {
    const { stdout } = spawnSync('ps', ['-o', 'state=', '-p', String(pid)], { encoding: 'utf8' });
    return stdout.trim().slice(0, 1);
  }
  return read(`/proc/${pid}/stat`).split(') ').at(-1)?.slice(0, 1) ?? '';
}

function processesByPs(text: string): readonly number[] {
  const { stdout } = spawnSync('ps', ['-eo', 'pid=,args='], { encoding: 'utf8' });
  return stdout
    .split('\n')
    .filter((line) => line.includes(text))
    .map((line) => Number.parseInt(line, 10));
}

function read(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    // It has ended meanwhile, or is another user's.
    return '';
  }
}
