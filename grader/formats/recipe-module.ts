import { recipeValidator } from '../recipe/schema.ts';
import { recipeLimits } from '../sandbox/limits.ts';
import { runRecipe } from '../sandbox/start.ts';
import type { SubmissionFormat } from './format.ts';
import { readText } from '../recipe/read-text.ts';

const extensions = ['.ts', '.mts', '.js', '.mjs'];

export const recipeModule: SubmissionFormat = {
  ids: ['recipe-module'],
  extensions,
  isCode: true,
  matches: ({ name }) => extensions.some((extension) => name.toLowerCase().endsWith(extension)),
  async open(file, { signal, log }) {
    const text = await readText(file, recipeLimits.sourceBytes);
    const onPrinted = (printed: string) => {
      if (printed.trim() !== '')
        printed
          .trimEnd()
          .split('\n')
          .forEach((line) => log?.(line));
    };
    const running = runRecipe({ path: file.path, text }, { signal, onPrinted });
    // Compiling the schema takes as long as running a recipe, so it is done meanwhile.
    recipeValidator('recipe');
    const { document } = await running;
    return { kind: 'recipe', format: 'recipe-module', document, notes: [] };
  },
};
