import { setTimeout as sleep } from 'node:timers/promises';
import { lock } from 'proper-lockfile';
import { throwIfAborted } from '../errors.ts';

interface LockRequest {
  /** The folder whose presence is the lock. */
  readonly lockfile: string;
  /** A lock whose holder gives no sign of life for so long is taken over. */
  readonly staleMilliseconds: number;
  /** Called once where another process has it. */
  readonly onWait?: () => void;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Takes a lock between processes, waiting for it, and answers what gives it back. Losing it (a machine
 * that slept) goes unnoticed: what is done under it must bear a second doer. Throws `interrupted` when
 * the signal fires, and what the file system says.
 */
export async function takeLock(request: LockRequest): Promise<() => Promise<void>> {
  const { lockfile, staleMilliseconds: stale, signal } = request;
  for (let attempt = 0; ; attempt++) {
    throwIfAborted(signal);
    try {
      const release = await lock(lockfile, {
        ...{ lockfilePath: lockfile, realpath: false, stale, onCompromised: () => undefined },
      });
      return () =>
        release().catch(() => {
          // One that another process took over is not ours to give back.
        });
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ELOCKED') throw error;
    }
    if (attempt === 0) request.onWait?.();
    await sleep(betweenMilliseconds);
  }
}

const betweenMilliseconds = 100;
