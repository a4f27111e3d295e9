import { execa } from 'execa';
import { readFile } from 'node:fs/promises';

export interface MemoryWatch {
  stop(): void;
  isOver(): boolean;
  /** The largest resident size seen. */
  peakBytes(): number;
}

/** Samples a process's resident memory every 100 ms and calls `onOver` once when it passes the limit. */
export function watchMemory(
  pid: number | undefined,
  limitBytes: number,
  onOver: () => void,
): MemoryWatch {
  let peak = 0;
  let over = false;
  const sample = async () => {
    if (pid === undefined || over) return;
    peak = Math.max(peak, await residentBytes(pid));
    if (peak <= limitBytes) return;
    over = true;
    onOver();
  };
  const timer = setInterval(() => void sample(), 100);
  timer.unref();
  return { stop: () => clearInterval(timer), isOver: () => over, peakBytes: () => peak };
}

/** 0 where it is not known: the process is gone, or the platform does not say. */
async function residentBytes(pid: number): Promise<number> {
  if (process.platform === 'linux') {
    const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '');
    return Number(/^VmRSS:\s+(\d+) kB/m.exec(status)?.[1] ?? 0) * 1024;
  }
  if (process.platform !== 'darwin') return 0;
  const { stdout } = await execa('ps', ['-o', 'rss=', '-p', String(pid)], { reject: false });
  return Number(stdout.trim() || 0) * 1024;
}
