import { Buffer } from 'node:buffer';
import { readFileSync, writeSync } from 'node:fs';
import { format } from 'node:util';
import { runInNewContext } from 'node:vm';
import type { Answer, Question } from './answer.ts';
import { evaluateRecipe } from './evaluate-recipe.ts';
import { recipeLimits } from './limits.ts';

const question = JSON.parse(readFileSync(0, 'utf8')) as Question;
// As they are before the recipe can replace or lose them.
const exit = process.exit.bind(process);
const stringify = JSON.stringify.bind(JSON);
globalThis.console = synchronousConsole();
write(3, stringify(evaluateInTime()));
// Timers and promises that the recipe left behind end here.
exit(0);

/** The grader ends a recipe that never returns; where the grader itself was killed, Node does. */
function evaluateInTime(): Answer {
  const work = { evaluate: () => evaluateRecipe(question) };
  const timeout = 2000 * recipeLimits.timeSeconds;
  return runInNewContext('evaluate()', work, { timeout }) as Answer;
}

function write(descriptor: 1 | 3, text: string): void {
  const bytes = Buffer.from(text);
  for (let written = 0; written < bytes.length;) {
    written += writeSync(descriptor, bytes, written);
  }
}

/** Node's own console writes a pipe later: a loop would keep all in memory, an exit lose it. */
function synchronousConsole(): Console {
  const print = (...given: unknown[]) => write(1, `${format(...given)}\n`);
  return new Proxy(console, { get: () => print });
}
