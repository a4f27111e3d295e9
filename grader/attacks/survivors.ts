import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { builtProgram } from '../process/built-program.ts';
import { held, open, type Attack, type AttackResult } from './attack.ts';
import { holdNames, recipeSeconds, type HoldName } from './holds.ts';
import { areGone, processesWith } from '../process/find-processes.ts';
import type { Surroundings } from './process-attack.ts';

/** Living on when the grader is killed, and for ever when it is stopped. */
export function survivorAttacks(surroundings: Surroundings): readonly Attack[] {
  const outlives = (hold: HoldName, signal: 'SIGKILL' | 'SIGSTOP', seconds: number): Attack => ({
    kind: 'process',
    name: `${hold}-outlives-${signal === 'SIGKILL' ? 'killed' : 'stopped'}-grader`,
    run: () => outlive({ hold, signal, seconds, ...surroundings }),
  });
  return [
    ...holdNames.map((hold) => outlives(hold, 'SIGKILL', 5)),
    // The others have the same clock, set to what their work may take.
    outlives('recipe', 'SIGSTOP', recipeSeconds + 2 + 5),
  ];
}

interface Outliving extends Surroundings {
  readonly hold: HoldName;
  readonly signal: 'SIGKILL' | 'SIGSTOP';
  /** Until nothing may be left. */
  readonly seconds: number;
}

async function outlive({ hold, signal, seconds, folder }: Outliving): Promise<AttackResult> {
  const marker = `attack-${randomUUID()}`;
  const program = fileURLToPath(builtProgram('attacks/parent'));
  // Not by its command line: only what it started has the marker there alone.
  const grader = spawn(process.execPath, [program, hold, folder, marker], { stdio: 'ignore' });
  const ofChild = `attacks/child.js\0${marker}`;
  try {
    if (!(await isThere(ofChild))) return open('its child did not start');
    // It spins by now.
    await wait(500);
    grader.kill(signal);
    return (await areGone(ofChild, seconds))
      ? held(signal === 'SIGKILL' ? 'it dies with its grader' : 'its clock killed it')
      : open('it lives on');
  } finally {
    grader.kill('SIGKILL');
    for (const pid of processesWith(ofChild)) kill(pid);
  }
}

async function isThere(text: string): Promise<boolean> {
  for (let tenth = 0; tenth < 100; tenth++) {
    if (processesWith(text).length > 0) return true;
    await wait(100);
  }
  return false;
}

function kill(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // Gone meanwhile.
  }
}
