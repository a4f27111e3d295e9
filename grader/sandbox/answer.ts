/** Why a recipe gave no document. */
export type RefusalKind = 'syntax' | 'import' | 'async' | 'not-a-recipe' | 'threw' | 'too-large';

/** What the child writes to its fourth pipe, as one line of JSON. */
export type Answer =
  | { readonly document: unknown }
  | {
      readonly refusal: {
        readonly kind: RefusalKind;
        readonly message: string;
        /** Line of the recipe, from 1; null where it is not known. */
        readonly line: number | null;
      };
    };

/** What the child reads from its stdin. */
export interface Question {
  readonly text: string;
  readonly documentBytes: number;
}

const kinds: readonly string[] = [
  'syntax',
  'import',
  'async',
  'not-a-recipe',
  'threw',
  'too-large',
];

/** An answer from the child's text, or null where it is none: the text is not to be trusted. */
export function readAnswer(text: string): Answer | null {
  const parsed = parse(text);
  if (typeof parsed !== 'object' || parsed === null) return null;
  if ('document' in parsed) return { document: parsed.document };
  const refusal = 'refusal' in parsed ? parsed.refusal : null;
  if (typeof refusal !== 'object' || refusal === null) return null;
  const { kind, message, line } = refusal as Record<string, unknown>;
  if (typeof kind !== 'string' || !kinds.includes(kind) || typeof message !== 'string') return null;
  const isLine = typeof line === 'number' && Number.isInteger(line) && line > 0;
  return { refusal: { kind: kind as RefusalKind, message, line: isLine ? line : null } };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // Not JSON, so no answer.
    return null;
  }
}
