import { readFileSync } from 'node:fs';
import { uptime } from 'node:os';

/** What the clocks of a machine show at one moment; all in seconds. */
export interface ClockMark {
  /** Of the wall clock, since 1970. */
  readonly wall: number;
  /** Since the machine started, counting the time that it slept. */
  readonly uptime: number;
  /** Which start of which machine; empty where that is not told, and then no two are known to be the same. */
  readonly boot: string;
}

/** A wall clock that went by more or less than time did. */
interface ClockJump {
  /** Of the wall clock after it, seconds since 1970. */
  readonly wall: number;
  /** Positive: set forward. */
  readonly seconds: number;
}

interface Elapsed {
  /** Of the time limit, since the first mark. */
  readonly seconds: number;
  readonly jumps: readonly ClockJump[];
  /** How often the machine was restarted, or another one took over, between marks. */
  readonly restarts: number;
  /** Of those, how often the wall clock then stood before the last mark: no time was counted there. */
  readonly unknown: number;
}

/** Sleep, NTP and leap seconds move a wall clock by less. */
const usualSeconds = 5;

export function readClock(): ClockMark {
  return { wall: Date.now() / 1000, uptime: uptime(), boot: bootId() };
}

/** Of this start of the machine; empty where none is told. No variable stands in: a candidate could set it. */
function bootId(): string {
  try {
    return readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
  } catch {
    // Where none is told, the moment of the start would do, but it moves with the wall clock.
    return '';
  }
}

/**
 * How much of the time went by from the first mark to the last. Between two marks of one start of the machine its
 * own clock counts, and the wall clock's jumps are told; over a restart the wall clock counts, and never backwards.
 */
export function elapsed(marks: readonly ClockMark[]): Elapsed {
  let [seconds, restarts, unknown] = [0, 0, 0];
  const jumps: ClockJump[] = [];
  marks.forEach((mark, at) => {
    const before = marks[at - 1];
    if (!before) return;
    const byWall = mark.wall - before.wall;
    const byUptime = mark.uptime - before.uptime;
    if (mark.boot !== '' && mark.boot === before.boot && byUptime >= 0) {
      seconds += byUptime;
      const jump = byWall - byUptime;
      if (Math.abs(jump) > usualSeconds) jumps.push({ wall: mark.wall, seconds: jump });
      return;
    }
    restarts += 1;
    seconds += Math.max(0, byWall);
    if (byWall < 0) {
      unknown += 1;
      jumps.push({ wall: mark.wall, seconds: byWall });
    }
  });
  return { seconds, jumps, restarts, unknown };
}
