import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import inspector from 'node:inspector';
import { setTimeout as wait } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInThisContext } from 'node:vm';
import { Worker } from 'node:worker_threads';
import { NoEffect, type Target, type Tries } from './target.ts';

const mostChildren = 30;
const mostThreads = 300;

/** At other processes, and for more power over its own. */
export const processTries: Tries = {
  'signal-process': (target) => signal(target, 0),
  'stop-process': (target) => signal(target, 'SIGSTOP'),
  'kill-process': (target) => signal(target, 'SIGKILL'),
  'debug-process': (target) => signal(target, 'SIGUSR1'),
  'signal-everybody': () => {
    // Signal 0 asks for permission only.
    process.kill(-1, 0);
    return 'may signal every process';
  },
  'spawn-shell': () => ran('/bin/sh', ['-c', 'id']),
  'spawn-node': () => ran(process.execPath, ['-e', '1']),
  'spawn-by-binding': () => {
    const ended = call(call(process, 'binding', 'spawn_sync'), 'spawn', {
      ...{ file: '/bin/sh', args: ['sh', '-c', 'true'], envPairs: [] },
      stdio: [0, 1, 2].map((fd) => ({ type: 'inherit', fd })),
    });
    const error = typeof ended === 'object' && ended !== null && 'error' in ended && ended.error;
    if (typeof error === 'number' && error < 0) throw new NoEffect(`error ${error} of the kernel`);
    return 'started a shell';
  },
  'fork-bomb': async () => {
    const children = Array.from({ length: mostChildren }, () =>
      spawn('/bin/sleep', ['5'], { stdio: 'ignore', detached: true }),
    );
    const errors = children.map((child) => once(child, 'error').then(([error]) => error as Error));
    await Promise.race([...errors, wait(500)]);
    const started = children.filter(({ pid }) => pid !== undefined);
    for (const child of started) child.kill('SIGKILL');
    if (started.length === 0) throw await Promise.race(errors);
    return `${started.length} processes`;
  },
  'thread-bomb': async () => {
    let online = 0;
    const failures: Error[] = [];
    const resourceLimits = {
      maxOldGenerationSizeMb: 4,
      maxYoungGenerationSizeMb: 1,
      stackSizeMb: 1,
    };
    for (let index = 0; index < mostThreads && failures.length === 0; index++) {
      const worker = new Worker('setTimeout(()=>{},5000)', { eval: true, resourceLimits });
      worker.on('online', () => online++);
      worker.on('error', (error: Error) => failures.push(error));
      await wait(3);
    }
    await wait(500);
    if (online < mostThreads) throw failures[0] ?? new NoEffect(`${online} threads`);
    return `${online} threads`;
  },
  'open-inspector': () => {
    inspector.open(0, '127.0.0.1');
    const url = inspector.url();
    if (url === undefined) throw new NoEffect('it has no address');
    return url;
  },
  'engine-flags': () => {
    setFlagsFromString('--stack-size=100000000');
    setFlagsFromString('--allow-natives-syntax');
    try {
      runInThisContext('%GetOptimizationStatus(() => 1)');
    } catch {
      throw new NoEffect('flags are frozen');
    }
    return 'has V8’s own functions';
  },
  'become-root': () => {
    if (process.getuid?.() !== 0) process.setuid?.(0);
    if (process.getuid?.() !== 0) throw new NoEffect('it is not root');
    return 'runs as root';
  },
};

/** A method that has no type, by its name. */
function call(of: unknown, name: string, ...given: readonly unknown[]): unknown {
  const method: unknown = typeof of === 'object' && of !== null ? Reflect.get(of, name) : null;
  if (typeof method !== 'function') throw new NoEffect(`there is no ${name}`);
  return Reflect.apply(method, of, given) as unknown;
}

function signal({ victim }: Target, name: NodeJS.Signals | 0): string {
  process.kill(victim, name);
  return `sent ${name}`;
}

function ran(file: string, words: readonly string[]): string {
  const { error, status, signal: by } = spawnSync(file, words);
  if (error) throw error;
  return `ended with ${status ?? by}`;
}
