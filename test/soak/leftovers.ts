import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { join } from 'node:path';
import { processesWith } from '../../grader/process/find-processes.ts';
import { usedBy } from '../../grader/process/tree.ts';

/** Milliseconds until no process has this folder in its command line; null after ten minutes. */
export async function untilGone(folder: string): Promise<number | null> {
  const start = performance.now();
  while (performance.now() - start < 600_000) {
    if (processesWith(folder).length === 0) return Math.round(performance.now() - start);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  return null;
}

/** Folders of the grader's own that are left in a place for temporary files. */
export function temporaryFoldersIn(folder: string): readonly string[] {
  return readdirSync(folder).filter((name) => name.startsWith('grader-'));
}

/** Below a folder, what may be there only while a grading runs. */
export function unfinishedIn(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((path) =>
    /(^|\/)\.(grading|.+\.tmp$)/.test(path),
  );
}

export interface Sample {
  readonly residentBytes: number;
  readonly files: number;
  readonly sockets: number;
}

/** What a process holds while it works, looked at twice a second. */
export function watchProcess(pid: number) {
  const samples: Sample[] = [];
  const timer = setInterval(() => {
    const targets = descriptorsOf(pid);
    if (targets.length === 0) return;
    samples.push({
      residentBytes: usedBy(pid).residentBytes,
      files: targets.length,
      sockets: targets.filter((target) => target.startsWith('socket:')).length,
    });
  }, 500);
  return {
    stop: () => clearInterval(timer),
    /** The median of what was seen between two shares of its life. */
    median(of: keyof Sample, from: number, to: number): number {
      const between = samples.slice(from * samples.length, to * samples.length);
      const values = between.map((sample) => sample[of]).sort((a, b) => a - b);
      return values[Math.floor(values.length / 2)] ?? 0;
    },
  };
}

function descriptorsOf(pid: number): readonly string[] {
  try {
    const folder = `/proc/${pid}/fd`;
    return readdirSync(folder).flatMap((name) => linkIn(join(folder, name)));
  } catch {
    // It has ended.
    return [];
  }
}

function linkIn(path: string): readonly string[] {
  try {
    return [readlinkSync(path)];
  } catch {
    // Closed meanwhile.
    return [];
  }
}

/** The whole of a result folder's report, or null where there is none. */
export function reportIn(folder: string): unknown {
  try {
    return JSON.parse(readFileSync(join(folder, 'report.json'), 'utf8'));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}
