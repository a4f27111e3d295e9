import { processTree, usedBy } from '../process/tree.ts';
import { readerLimits } from './limits.ts';

/** Which limit on time a reader has passed. */
export type TimeExceeded = 'start' | 'silent' | 'total';

interface ProgressWatch {
  /** To be called at every sign of progress; the first one says that the process is up. */
  seen(): void;
  exceeded(): TimeExceeded | null;
  stop(): void;
}

/**
 * Calls `onOver` once when a process has worked for too long without a sign of progress, or runs for
 * too long in all. Where the system tells it, work is time on a processor: a machine that is busy
 * otherwise makes no file damaged.
 */
export function watchProgress(pid: number | undefined, onOver: () => void): ProgressWatch {
  const begun = performance.now();
  let sign: Clock | null = null;
  let exceeded: TimeExceeded | null = null;
  const timer = setInterval(() => {
    exceeded ??= whatIsOver({ pid, begun, sign });
    if (exceeded === null) return;
    clearInterval(timer);
    onOver();
  }, 50);
  timer.unref();
  return {
    seen: () => {
      sign = clock(pid);
    },
    exceeded: () => exceeded,
    stop: () => clearInterval(timer),
  };
}

interface Clock {
  readonly wallSeconds: number;
  /** Time on a processor; null where the system does not tell. */
  readonly workSeconds: number | null;
}

interface Watched {
  readonly pid: number | undefined;
  readonly begun: number;
  readonly sign: Clock | null;
}

function whatIsOver({ pid, begun, sign }: Watched): TimeExceeded | null {
  const { startSeconds, silentSeconds, totalSeconds } = readerLimits;
  const seconds = (performance.now() - begun) / 1000;
  if (seconds > totalSeconds) return 'total';
  if (sign === null) return seconds > startSeconds ? 'start' : null;
  const wall = performance.now() / 1000 - sign.wallSeconds;
  if (wall <= silentSeconds) return null;
  const work = workSeconds(pid);
  const worked = work === null || sign.workSeconds === null ? wall : work - sign.workSeconds;
  return worked > silentSeconds ? 'silent' : null;
}

function clock(pid: number | undefined): Clock {
  return { wallSeconds: performance.now() / 1000, workSeconds: workSeconds(pid) };
}

/** Of the process and of what it started; null where the system does not tell. */
function workSeconds(pid: number | undefined): number | null {
  if (pid === undefined) return null;
  const each = processTree(pid).map((one) => usedBy(one).workSeconds);
  return each.every((seconds) => seconds === null)
    ? null
    : each.reduce<number>((sum, seconds) => sum + (seconds ?? 0), 0);
}
