import { basename } from 'node:path';
import { GraderError } from '../errors.ts';
import { isObject } from '../recipe/keras-class.ts';
import { maxRecipeBytes } from '../recipe/normalise.ts';
import { clean } from '../recipe/show.ts';
import type { SubmissionFormat } from './format.ts';
import { decodeText } from './text.ts';

export const recipeJson: SubmissionFormat = {
  id: 'recipe-json',
  title: 'Recipe as JSON',
  extensions: ['.json'],
  matches: ({ name, head }) => name.toLowerCase().endsWith('.json') || startsWithBrace(head),
  // eslint-disable-next-line @typescript-eslint/require-await -- the interface is for formats that wait
  async open(file) {
    const name = clean(basename(file.path), 80);
    const document = parse(name, decodeText(file, maxRecipeBytes));
    refuseOtherJson(name, document);
    return { document, notes: [] };
  },
};

function startsWithBrace(head: Uint8Array): boolean {
  return /^\uFEFF?\s*\{\s*"/.test(Buffer.from(head).toString('utf8'));
}

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

/** JSON that candidates mistake for a recipe. */
function refuseOtherJson(name: string, document: unknown): void {
  if (!isObject(document)) return;
  const found = others.find(({ key }) => key in document);
  if (!found) return;
  const { title, help } = found;
  throw new GraderError({
    fault: 'candidate',
    code: 'unsupported-format',
    message: `${name} is ${title}; this version takes recipes only.`,
    help,
  });
}

const describeIt =
  'Write the model, compile and fit as a recipe: `grader start <problem>` writes one to begin with.';

const others = [
  { key: 'modelTopology', title: 'a TensorFlow.js model (model.json)', help: describeIt },
  { key: 'cells', title: 'a Jupyter notebook', help: describeIt },
  {
    key: 'class_name',
    title: 'the JSON of a Keras model without compile and fit',
    help: 'Put it into a recipe as "model", beside "compile" and "fit".',
  },
];
