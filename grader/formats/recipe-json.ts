import { basename } from 'node:path';
import { GraderError } from '../errors.ts';
import { maxRecipeBytes } from '../recipe/normalise.ts';
import { clean } from '../recipe/show.ts';
import type { SubmissionFormat } from './format.ts';
import { readText } from './text.ts';

export const recipeJson: SubmissionFormat = {
  id: 'recipe-json',
  title: 'Recipe as JSON',
  extensions: ['.json'],
  isCode: false,
  matches: ({ name, keys }) => name.toLowerCase().endsWith('.json') || keys !== null,
  async open(file) {
    const text = await readText(file, maxRecipeBytes);
    const document = parse(clean(basename(file.path), 80), text);
    return { kind: 'recipe', document, notes: [] };
  },
};

function parse(name: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    const reason = clean(cause instanceof Error ? cause.message : String(cause), 200);
    throw new GraderError(
      { fault: 'candidate', code: 'not-json', message: `${name} is not valid JSON: ${reason}.` },
      { cause },
    );
  }
}
