import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { temporaryFolder } from '../files/temporary.ts';
import { packageRoot } from '../package-root.ts';
import { held, open, type Attack, type AttackResult } from './attack.ts';
import { processState } from '../process/find-processes.ts';

/** At the grader itself, while it reads a recipe that does not end. */
export function graderAttacks(): readonly Attack[] {
  return [{ kind: 'grader', name: 'open-its-inspector', run: () => debug() }];
}

async function debug(): Promise<AttackResult> {
  const folder = temporaryFolder('attack');
  try {
    await writeFile(join(folder, 'endless.ts'), 'for (;;) {}\n');
    const words = [join(packageRoot, 'grader', 'launch.js'), 'grade', 'regression', 'endless.ts'];
    const grader = spawn(process.execPath, words, {
      cwd: folder,
      env: { PATH: process.env['PATH'], GRADER_CACHE: join(folder, 'cache') },
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    let said = '';
    grader.stderr.on('data', (bytes) => (said += String(bytes)));
    const ended = once(grader, 'exit');
    await wait(2000);
    for (let times = 0; times < 3; times++) {
      grader.kill('SIGUSR1');
      await wait(300);
    }
    const state = processState(grader.pid ?? 0);
    grader.kill('SIGKILL');
    await ended;
    if (state === '' || state === 'Z') return open('SIGUSR1 ends it');
    return /Debugger listening/i.test(said)
      ? open('its inspector is open')
      : held('it has a handler for SIGUSR1');
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
