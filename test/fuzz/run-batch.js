import { fork } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { clearTimeout, setTimeout } from 'node:timers';
import { fileURLToPath } from 'node:url';

const program = fileURLToPath(new URL('./fuzz-child.js', import.meta.url));

/** Longer than the product lets its reader be silent: that it stops in time is checked apart. */
const hangSeconds = 5;
const startSeconds = 30;
/** As grader/keras/start.ts starts it. */
const nodeOptions = ['--max-old-space-size=192'];

/** Reads the mutations of a range in as few processes as that takes. */
export async function runBatch(job) {
  const results = [];
  mkdirSync(job.scratch, { recursive: true });
  for (let next = job.from; next < job.to; next = job.from + results.length) {
    const ended = await runChild({ ...job, from: next }, (result) => results.push(result));
    const stopped = job.from + results.length;
    if (ended !== null || stopped === next) {
      if (stopped >= job.to) break;
      results.push({
        index: stopped,
        subject: '',
        milliseconds: 0,
        outcome: 'stopped: no answer',
        ...ended,
        isStopped: true,
      });
    }
  }
  return results;
}

/** Null where the child ended by itself in good order. */
function runChild(job, onResult) {
  return new Promise((resolve) => {
    const child = fork(program, {
      execArgv: nodeOptions,
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    });
    let words = '';
    let hangs = false;
    const stop = () => {
      hangs = true;
      child.kill('SIGKILL');
    };
    let timer = setTimeout(stop, startSeconds * 1000);
    child.stderr.on('data', (data) => (words = `${words}${data}`.slice(-2000)));
    child.on('message', (result) => {
      clearTimeout(timer);
      timer = setTimeout(stop, hangSeconds * 1000);
      onResult(result);
    });
    child.on('exit', (code, signal) => {
      clearTimeout(timer);
      if (code === 0) resolve(null);
      else if (hangs) resolve({ outcome: `stopped: silent for ${hangSeconds} s` });
      else resolve({ outcome: `stopped: died (${signal ?? `exit ${code}`})`, detail: words });
    });
    child.send(job);
  });
}
