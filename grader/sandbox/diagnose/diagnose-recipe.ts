import type { Question } from '../answer.ts';
import { startInterpreter } from '../interpreter.ts';
import type { Diagnosis, Source } from './source.ts';

/**
 * All mistakes of a recipe as JSON text, not to be trusted; `null` where the recipe cannot be followed.
 * To be called once, in a process that is then thrown away.
 */
export async function diagnoseRecipe(
  { text, task, memoryBytes }: Question,
  print: (line: string) => void,
): Promise<string> {
  const interpreter = await startInterpreter(memoryBytes);
  const isJson = task === 'diagnose-json';
  const read = interpreter.readSource(text, isJson ? 'readJson' : 'readSource');
  if ('thrown' in read) return 'null';
  if (isJson) return read.text;
  // The text is the parser's word: nothing of the recipe has run yet.
  const source = JSON.parse(read.text) as Source;
  if (source.syntax.length > 0) {
    const diagnosis: Diagnosis = { mistakes: source.syntax, places: {}, isWhole: false };
    return JSON.stringify(diagnosis);
  }
  const stripped = interpreter.stripTypes(source.code);
  if ('thrown' in stripped) return 'null';
  const diagnosed = interpreter.openRealm(print).diagnose(stripped.text, read.text, source.unknown);
  return 'thrown' in diagnosed ? 'null' : diagnosed.text;
}
