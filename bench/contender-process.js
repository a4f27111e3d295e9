import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { setTimeout as wait } from 'node:timers/promises';

const startSeconds = 300;
const answerSeconds = 300;
const alive = new Set();

/** Ends every contender that still runs. */
export function endAll() {
  for (const child of alive) child.kill('SIGKILL');
}

/**
 * Starts a contender and waits for its first step. The answer has `firstStepSeconds` from the start
 * of the process, what the contender said, and `ask`, `quit`. Throws with its last words when it
 * ends instead, and when it takes more than five minutes.
 */
export async function startContender([program, ...options], environment) {
  const started = performance.now();
  const child = spawn(program, options, {
    env: { ...process.env, ...quiet, ...environment },
    stdio: 'pipe',
  });
  alive.add(child);
  const talk = conversation(child);
  const { loss, versions } = await talk.next(startSeconds);
  return {
    pid: child.pid,
    loss,
    versions,
    firstStepSeconds: (performance.now() - started) / 1000,
    ask(command) {
      child.stdin.write(`${JSON.stringify(command)}\n`);
      return talk.next(answerSeconds);
    },
    async quit() {
      child.stdin.end(`${JSON.stringify({ do: 'quit' })}\n`);
      await Promise.race([talk.closed, wait(10_000, null, { ref: false })]);
      child.kill('SIGKILL');
    },
  };
}

const quiet = {
  TF_CPP_MIN_LOG_LEVEL: '3',
  CUDA_VISIBLE_DEVICES: '-1',
  // Nothing is left in the folder of the programs.
  PYTHONDONTWRITEBYTECODE: '1',
};

/** The child's JSON lines one after another; its other output is kept for an error's text. */
function conversation(child) {
  const answers = [];
  const lastWords = [];
  let wake = () => undefined;
  let end = null;
  const remember = (line) => {
    lastWords.push(line.slice(0, 500));
    if (lastWords.length > 20) lastWords.shift();
  };
  createInterface({ input: child.stdout }).on('line', (line) => {
    if (!line.startsWith('{"')) return remember(line);
    answers.push(JSON.parse(line));
    wake();
  });
  createInterface({ input: child.stderr }).on('line', remember);
  // A child that ends early is reported from its exit, not from the broken pipe.
  child.stdin.on('error', () => undefined);
  const closed = new Promise((resolve) => {
    const finish = (how) => {
      alive.delete(child);
      end ??= how;
      wake();
      resolve();
    };
    child.on('error', (error) => finish(error.message));
    child.on('close', (code, signal) => finish(`ended with ${signal ?? code}`));
  });
  return {
    closed,
    async next(seconds) {
      const timeout = performance.now() + seconds * 1000;
      while (answers.length === 0) {
        const said = new Promise((resolve) => (wake = resolve));
        if (end === null) await Promise.race([said, wait(1000, null, { ref: false })]);
        if (answers.length > 0) break;
        if (end !== null) throw new ContenderError(end, lastWords);
        if (performance.now() > timeout) {
          child.kill('SIGKILL');
          throw new ContenderError(`no answer within ${seconds} s`, lastWords);
        }
      }
      return answers.shift();
    },
  };
}

/** A contender that did not start or did not answer; the comparison goes on without it. */
export class ContenderError extends Error {
  constructor(what, lastWords) {
    super([what, ...lastWords].join('\n    '));
    this.name = 'ContenderError';
    this.summary = [what, lastWords.findLast((line) => /error/i.test(line))]
      .filter(Boolean)
      .join(': ')
      .slice(0, 200);
  }
}
