/** Why a recipe gave no document. */
export type RefusalKind =
  'syntax' | 'import' | 'async' | 'not-a-recipe' | 'threw' | 'too-large' | 'memory' | 'printed';

/** Where in the recipe; lines and columns count from 1. */
export interface Position {
  readonly line: number;
  /** Null where types or imports were taken from the line before it ran. */
  readonly column: number | null;
}

interface RecipeRefusal {
  readonly kind: RefusalKind;
  readonly message: string;
  /** Null where it is not known. */
  readonly at: Position | null;
}

/** What the child answers, as JSON in a text. */
export type Answer = { readonly document: unknown } | { readonly refusal: RecipeRefusal };

/** What the child is asked. */
export interface Question {
  /** What is wanted: the document; or all mistakes of a recipe, or of one that is JSON. */
  readonly task: 'describe' | 'diagnose' | 'diagnose-json';
  readonly text: string;
  readonly documentBytes: number;
  readonly printedBytes: number;
  /** Of the interpreter, all that it can ever have. */
  readonly memoryBytes: number;
}

const kinds: Readonly<Record<RefusalKind, true>> = {
  ...{ syntax: true, import: true, async: true, 'not-a-recipe': true },
  ...{ threw: true, 'too-large': true, memory: true, printed: true },
};

/** An answer from the child's text, or null where it is none: the text is not to be trusted. */
export function readAnswer(text: string): Answer | null {
  const parsed = parse(text);
  if (typeof parsed !== 'object' || parsed === null) return null;
  if ('document' in parsed) return { document: parsed.document };
  const refusal = 'refusal' in parsed ? parsed.refusal : null;
  if (typeof refusal !== 'object' || refusal === null) return null;
  const { kind, message, at } = refusal as Record<string, unknown>;
  if (typeof kind !== 'string' || !Object.hasOwn(kinds, kind) || typeof message !== 'string')
    return null;
  return { refusal: { kind: kind as RefusalKind, message, at: readPosition(at) } };
}

function readPosition(value: unknown): Position | null {
  if (typeof value !== 'object' || value === null) return null;
  const { line, column } = value as Record<string, unknown>;
  if (!isCount(line)) return null;
  return { line, column: isCount(column) ? column : null };
}

function isCount(value: unknown): value is number {
  return typeof value === 'number' && Number.isInteger(value) && value > 0;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // Not JSON, so no answer.
    return null;
  }
}
