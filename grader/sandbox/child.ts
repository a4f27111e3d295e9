import { Buffer } from 'node:buffer';
import { readFileSync, writeSync } from 'node:fs';
import type { Answer, Question } from './answer.ts';
import { evaluateRecipe } from './evaluate-recipe.ts';

const question = JSON.parse(readFileSync(0, 'utf8')) as Question;
const exit = process.exit.bind(process);
answer(evaluateRecipe(question));
// Timers and promises that the recipe left behind end here.
exit(0);

function answer(said: Answer): void {
  const bytes = Buffer.from(JSON.stringify(said));
  for (let written = 0; written < bytes.length;) written += writeSync(3, bytes, written);
}
