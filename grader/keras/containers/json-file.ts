import { GraderError, candidateError } from '../../errors.ts';
import { maxRecipeBytes } from '../../recipe/limits.ts';
import { findNotPlain } from '../../recipe/plain.ts';
import { readText } from '../../recipe/read-text.ts';
import type { ContainerFormat } from '../container.ts';
import { openFile } from './byte-source.ts';
import { outerKeys } from './outer-keys.ts';
import { reasonOf, type Refusals } from './refusal.ts';

/** What a file of JSON holds. */
type JsonFormat = Extract<ContainerFormat, 'keras-json' | 'tfjs-layers'> | 'recipe-json';

/** Where the names of the outermost members are looked for. */
const startBytes = maxRecipeBytes;

/**
 * Tells it by the names of its outermost members; what is nothing else is a recipe, to be refused as
 * one. Throws fault `candidate` for a notebook.
 */
export function jsonFormatOf(path: string, refusals: Refusals): JsonFormat {
  const keys = outerKeys(startOf(path, refusals)) ?? [];
  if (keys.includes('cells')) {
    throw refusals.candidate(
      'unsupported-format',
      'it is a Jupyter notebook, which the grader does not run.',
      {
        help: 'Hand in what `model.save("model.keras")` writes in it, or describe the model as a recipe.',
      },
    );
  }
  if (keys.includes('modelTopology') || keys.includes('weightsManifest')) return 'tfjs-layers';
  return keys.includes('class_name') ? 'keras-json' : 'recipe-json';
}

/** A recipe, parsed. Throws fault `candidate` where it is no JSON, `limit` where it is too large. */
export async function readRecipeJson(path: string, refusals: Refusals): Promise<unknown> {
  const file = openFile(path, refusals);
  file.close();
  const text = await readText({ path, size: file.bytes }, maxRecipeBytes);
  const document = parse(text, refusals);
  // What is too deep or has a prototype does not get through a message.
  const problem = findNotPlain(document);
  if (problem === null) return document;
  throw candidateError('invalid-recipe', problem);
}

function parse(text: string, refusals: Refusals): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    const message = `${refusals.name} is not valid JSON: ${reasonOf(cause)}.`;
    throw new GraderError({ fault: 'candidate', code: 'not-json', message }, { cause });
  }
}

function startOf(path: string, refusals: Refusals): string {
  const file = openFile(path, refusals);
  try {
    const start = new Uint8Array(Math.min(file.bytes, startBytes));
    return new TextDecoder().decode(start.subarray(0, file.read(start, 0)));
  } finally {
    file.close();
  }
}
