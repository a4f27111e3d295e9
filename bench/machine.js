import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { availableParallelism, cpus, loadavg, release, totalmem, type } from 'node:os';

export function describeMachine() {
  return {
    processor: cpus()[0]?.model.trim() ?? 'unknown',
    cores: availableParallelism(),
    gigabytes: Math.round(totalmem() / 2 ** 30),
    system: `${type()} ${release()} ${process.arch}`,
  };
}

export function loadAverage() {
  return loadavg()
    .map((value) => value.toFixed(2))
    .join(' ');
}

/** The command that pins a process to one core, or null where there is none (macOS). */
export function pinToOneCore() {
  const core = lastAllowedCore();
  if (core === null || spawnSync('taskset', ['--version']).status !== 0) return null;
  return ['taskset', '-c', core];
}

function lastAllowedCore() {
  const status = readText('/proc/self/status');
  return status === null ? null : (/^Cpus_allowed_list:.*?(\d+)$/m.exec(status)?.[1] ?? null);
}

/**
 * Tells afterwards which share of the machine other programs used since this call, the given
 * processes and this one not counted; null where there is no /proc.
 */
export function watchOthers(pids) {
  const before = takeTimes(pids);
  return () => {
    const after = takeTimes(pids);
    if (!before || !after) return null;
    const all = after.all - before.all;
    const others = after.busy - before.busy - (after.own - before.own);
    return all === 0 ? 0 : Math.max(0, others / all);
  };
}

/** In ticks of 1/100 s, over all cores. */
function takeTimes(pids) {
  const line = readText('/proc/stat')?.split('\n', 1)[0];
  if (!line) return null;
  const times = line.trim().split(/\s+/).slice(1, 9).map(Number);
  const all = times.reduce((sum, value) => sum + value, 0);
  const [idle, waiting] = [times[3], times[4]];
  const { user, system } = process.cpuUsage();
  const own = pids.reduce((sum, pid) => sum + ticksOf(pid), (user + system) / 1e4);
  return { all, busy: all - idle - waiting, own };
}

function ticksOf(pid) {
  const stat = readText(`/proc/${pid}/stat`);
  // The second field is the program's name, which may hold spaces and brackets.
  const fields = stat?.slice(stat.lastIndexOf(')') + 2).split(' ') ?? [];
  return Number(fields[11] ?? 0) + Number(fields[12] ?? 0);
}

function readText(path) {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    // No /proc on this system, or the process has ended.
    return null;
  }
}
