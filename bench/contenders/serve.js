import { readFile } from 'node:fs/promises';
import { createInterface } from 'node:readline';

/** The job of this process: workload, data files, setting, and where the TensorFlow addon is. */
export async function readJob() {
  return JSON.parse(await readFile(process.argv[2], 'utf8'));
}

/**
 * Takes the first step, says so, then obeys one JSON command a line. `contender` has
 * `firstStep()` -> loss, `check()` -> loss of the next few steps in order, `train(seconds)` ->
 * steps, `predict(seconds)` -> rows. peer.py is the same for Python.
 */
export async function serve(contender, versions) {
  say({ ready: true, loss: await contender.firstStep(), versions });
  for await (const line of createInterface({ input: process.stdin })) {
    const command = JSON.parse(line);
    if (command.do === 'quit') break;
    say(await answer(contender, command));
  }
  process.exit(0);
}

async function answer(contender, { do: what, seconds }) {
  switch (what) {
    case 'check':
      return { loss: await contender.check() };
    case 'train':
      return timed(async () => ({ steps: await contender.train(seconds) }));
    case 'predict':
      return timed(async () => ({ rows: await contender.predict(seconds) }));
    case 'memory':
      return { bytes: process.resourceUsage().maxRSS * 1024 };
    default:
      throw new Error(`unknown command ${what}`);
  }
}

async function timed(work) {
  const cpu = process.cpuUsage();
  const started = performance.now();
  const done = await work();
  const seconds = (performance.now() - started) / 1000;
  const { user, system } = process.cpuUsage(cpu);
  return { ...done, seconds, cpu: (user + system) / 1e6 };
}

function say(message) {
  process.stdout.write(`${JSON.stringify(message)}\n`);
}

/** Steps of `check`: the ones after the first, at most ten in all, in the order of the rows. */
export function checkedRows({ batch, rows }) {
  return { from: batch, to: Math.min(10 * batch, rows - (rows % batch)) };
}

/** The workload's layers as a Sequential model in Keras's JSON. */
export function sequential({ name, input, layers: [first, ...rest] }) {
  const config = { ...first.config, batch_input_shape: [null, ...input] };
  return { class_name: 'Sequential', config: { name, layers: [{ ...first, config }, ...rest] } };
}
