import { writeSync } from 'node:fs';
import { serve } from '../process/serve.ts';
import type { Question } from './answer.ts';
import { diagnoseRecipe } from './diagnose/diagnose-recipe.ts';
import { evaluateRecipe } from './evaluate-recipe.ts';

// The answer is text until the parent has looked at it: a document may have any keys.
serve(async (job, onProgress) => {
  const question = job as Question;
  let printedBytes = 0;
  const print = (line: string) => {
    const bytes = Buffer.from(`${line}\n`);
    printedBytes += bytes.length;
    if (printedBytes > question.printedBytes) {
      // A recipe that prints without end ends here: what is thrown into it, it could catch.
      onProgress('printed-too-much');
      process.exit();
    }
    writeAll(2, bytes);
  };
  if (question.task !== 'describe') return diagnoseRecipe(question, print);
  return JSON.stringify(await evaluateRecipe(question, print));
});

function writeAll(descriptor: number, bytes: Uint8Array): void {
  for (let written = 0; written < bytes.length;) {
    written += writeSync(descriptor, bytes, written);
  }
}
