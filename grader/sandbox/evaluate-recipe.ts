import type { Answer, Position, Question, RefusalKind } from './answer.ts';
import { readAnswer } from './answer.ts';
import { awaits, fileName, startInterpreter, wrapper, type GuestOutcome } from './interpreter.ts';

/**
 * A recipe's document, or the reason why there is none. To be called once, in a process that is then
 * thrown away: an interpreter that ran out of memory or stack is not fit for another recipe.
 */
export async function evaluateRecipe(
  { text, documentBytes, memoryBytes }: Question,
  print: (line: string) => void,
): Promise<Answer> {
  const interpreter = await startInterpreter(memoryBytes);
  try {
    const stripped = interpreter.stripTypes(text);
    if ('thrown' in stripped) return refusalOf('syntax', stripped, null);
    const realm = interpreter.openRealm(print);
    const described = realm.describe(stripped.text, documentBytes);
    const places = { text, code: stripped.text };
    if ('thrown' in described) return refusalOf('syntax', described, places);
    return withPosition(described.text, places);
  } catch (error) {
    return brokenOff(error);
  }
}

interface Places {
  /** The recipe as it was written. */
  readonly text: string;
  /** And as it ran. */
  readonly code: string;
}

function refusalOf(
  kind: RefusalKind,
  { thrown }: Extract<GuestOutcome, { thrown: object }>,
  places: Places | null,
): Answer {
  const { name, message, stack } = thrown;
  if (message === 'out of memory') return outOfMemory;
  const at = places ? positionIn(stack, places) : positionOfParser(message);
  if (name === awaits) {
    return {
      refusal: { kind: 'async', message: 'A recipe is read in one go, without await.', at },
    };
  }
  const isDeep = message === 'stack overflow';
  const said = message.replace(`Error transforming ${fileName}: `, '').replace(/ \(\d+:\d+\)$/, '');
  return { refusal: { kind, message: isDeep ? 'It is nested too deeply.' : said, at } };
}

const outOfMemory: Answer = { refusal: { kind: 'memory', message: 'out of memory', at: null } };

/** The guest's answer, with the place that its stack tells. */
function withPosition(text: string, places: Places): Answer {
  const answer = readAnswer(text);
  if (answer === null) {
    const message = 'The recipe’s description is no JSON: it changed what describes it.';
    return { refusal: { kind: 'not-a-recipe', message, at: null } };
  }
  if ('document' in answer) return answer;
  const { stack } = (JSON.parse(text) as { refusal: { stack?: unknown } }).refusal;
  const at = typeof stack === 'string' ? positionIn(stack, places) : null;
  return { refusal: { ...answer.refusal, at } };
}

/** Where the stack first passes through the recipe. */
function positionIn(stack: string, { text, code }: Places): Position | null {
  const found = /recipe\.ts:(\d+)(?::(\d+))?/.exec(stack.slice(0, 20_000));
  if (!found) return null;
  const line = Number(found[1]);
  const column = Number(found[2] ?? 0) - (line === 1 ? wrapper.length : 0);
  const [written, ran] = [text, code].map((lines) => lines.split('\n')[line - 1]);
  return { line, column: written === ran && column > 0 ? column : null };
}

/** Sucrase ends its message with `(3:14)`. */
function positionOfParser(message: string): Position | null {
  const found = /\((\d+):(\d+)\)$/.exec(message);
  return found ? { line: Number(found[1]), column: Number(found[2]) } : null;
}

/** The interpreter itself gave up: its memory or its stack was at an end. */
function brokenOff(error: unknown): Answer {
  const message = error instanceof Error ? error.message : String(error);
  if (/call stack/i.test(message)) {
    const said = 'The recipe calls itself, or is nested, too deeply.';
    return { refusal: { kind: 'threw', message: said, at: null } };
  }
  if (/memory|abort|null|table index|unreachable/i.test(message)) return outOfMemory;
  throw error;
}
