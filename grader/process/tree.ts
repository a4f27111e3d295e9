import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

/** A process and all that it started, itself first. A jail and a clock stand between us and a child. */
export function processTree(pid: number): readonly number[] {
  if (process.platform !== 'linux') return [pid];
  const found = [pid];
  for (let at = 0; at < found.length && found.length < mostProcesses; at++) {
    found.push(...childrenOf(found[at] ?? 0));
  }
  return found;
}

/** A child of ours starts none; the programs around it are five. */
const mostProcesses = 64;

function childrenOf(pid: number): readonly number[] {
  return read(`/proc/${pid}/task/${pid}/children`).split(' ').filter(Boolean).map(Number);
}

/**
 * Kills a process and all that it started. Each is stopped before its children are looked for: a
 * bubblewrap that loses its parent while it sets up a jail waits for it for ever.
 */
export function killTree(pid: number | undefined): void {
  if (pid === undefined) return;
  const found = [pid];
  for (let at = 0; at < found.length && found.length < mostProcesses; at++) {
    const each = found[at] ?? 0;
    signal(each, 'SIGSTOP');
    if (process.platform === 'linux') found.push(...childrenOf(each));
  }
  for (const each of found) signal(each, 'SIGKILL');
}

function signal(pid: number, name: 'SIGSTOP' | 'SIGKILL'): void {
  try {
    process.kill(pid, name);
  } catch {
    // It has ended meanwhile.
  }
}

interface Used {
  /** 0 where it is not known: the process is gone, or the platform does not say. */
  readonly residentBytes: number;
  /** Time on a processor; null where it is not known. */
  readonly workSeconds: number | null;
}

/** Linux counts in hundredths of a second, whatever the kernel's own clock. */
const ticksPerSecond = 100;

/** What one process uses. */
export function usedBy(pid: number): Used {
  if (process.platform === 'darwin') return usedOnMac(pid);
  // After the name, which may hold anything: state is the third field, user and system time 14 and 15.
  const fields = read(`/proc/${pid}/stat`).split(') ').at(-1)?.split(' ') ?? [];
  const resident = /^VmRSS:\s+(\d+) kB/m.exec(read(`/proc/${pid}/status`))?.[1] ?? 0;
  const ticks = fields.length > 12 ? Number(fields[11]) + Number(fields[12]) : null;
  return {
    residentBytes: Number(resident) * 1024,
    workSeconds: ticks === null ? null : ticks / ticksPerSecond,
  };
}

function usedOnMac(pid: number): Used {
  const { stdout } = spawnSync('ps', ['-o', 'rss=', '-p', String(pid)], { encoding: 'utf8' });
  return { residentBytes: Number(stdout.trim() || 0) * 1024, workSeconds: null };
}

function read(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    // The process is gone, or there is no /proc.
    return '';
  }
}
