import { readFileSync, readlinkSync } from 'node:fs';
import { hostname } from 'node:os';
import { digestOf } from './digest.ts';

/** Which process something belongs to, so that another one can tell whether its owner still runs. */
export interface ProcessMark {
  /** Host, its start and its space of process numbers: only there does the number mean anything. */
  readonly place: string;
  readonly pid: number;
  /** When it started, in the kernel's ticks; numbers are used again. Empty where that is not told. */
  readonly started: string;
}

let own: ProcessMark | undefined;

export function ownMark(): ProcessMark {
  own ??= { place: placeHere(), pid: process.pid, started: startOf(process.pid) };
  return own;
}

/** `unknown` where the process belongs to another host or container. */
export function stateOf({ place, pid, started }: ProcessMark): 'running' | 'gone' | 'unknown' {
  if (place !== ownMark().place) return 'unknown';
  if (!isAlive(pid)) return 'gone';
  const now = startOf(pid);
  return started === '' || now === '' || now === started ? 'running' : 'gone';
}

function placeHere(): string {
  const parts = [
    hostname(),
    read(() => readFileSync('/proc/sys/kernel/random/boot_id', 'utf8')),
    read(() => readlinkSync('/proc/self/ns/pid')),
  ];
  return digestOf(parts.join('\n')).slice(0, 8);
}

/** The 22nd field of its status; the second is a name that may hold spaces and brackets. */
function startOf(pid: number): string {
  const text = read(() => readFileSync(`/proc/${pid}/stat`, 'utf8'));
  return text.slice(text.lastIndexOf(')') + 2).split(' ')[19] ?? '';
}

/** Whether a process has this number, whoever's it is. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

function read(work: () => string): string {
  try {
    return work();
  } catch {
    // macOS has no /proc, and a child that is held may not read it.
    return '';
  }
}
