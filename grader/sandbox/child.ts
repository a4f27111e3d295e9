import { Buffer } from 'node:buffer';
import { readFileSync, writeSync } from 'node:fs';
import { format } from 'node:util';
import type { Answer, Question } from './answer.ts';
import { evaluateRecipe } from './evaluate-recipe.ts';

const question = JSON.parse(readFileSync(0, 'utf8')) as Question;
// As they are before the recipe can replace or lose them.
const exit = process.exit.bind(process);
const stringify = JSON.stringify.bind(JSON);
globalThis.console = synchronousConsole();
write(3, stringify(evaluateRecipe(question) satisfies Answer));
// Timers and promises that the recipe left behind end here.
exit(0);

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
