import { processTree, usedBy } from './tree.ts';

interface MemoryWatch {
  stop(): void;
  isOver(): boolean;
  /** The largest resident size seen. */
  peakBytes(): number;
}

/**
 * Samples the resident memory of a process and of what it started every 100 ms and calls `onOver`
 * once when it passes the limit.
 */
export function watchMemory(
  pid: number | undefined,
  limitBytes: number,
  onOver: () => void,
): MemoryWatch {
  let peak = 0;
  let over = false;
  const sample = () => {
    if (pid === undefined || over) return;
    peak = Math.max(peak, residentBytes(pid));
    if (peak <= limitBytes) return;
    over = true;
    onOver();
  };
  const timer = setInterval(sample, 100);
  timer.unref();
  return { stop: () => clearInterval(timer), isOver: () => over, peakBytes: () => peak };
}

function residentBytes(pid: number): number {
  return processTree(pid).reduce((sum, each) => sum + usedBy(each).residentBytes, 0);
}
