import { unsafe } from './printable.ts';

/** Candidate-made text for a message: one line, harmless, at most `limit` characters. */
export function clean(text: string, limit = 300): string {
  const line = text
    .slice(0, limit * 4)
    .replace(/\s+/gu, ' ')
    .replace(unsafe, '')
    .trim();
  return line.length > limit ? `${line.slice(0, limit)}…` : line;
}

/** A value as a message quotes it: `"full"`, `3`, `an array`. */
export function show(value: unknown): string {
  if (typeof value === 'string') return `"${clean(value, 60)}"`;
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  if (value === null || value === undefined) return String(value);
  if (typeof value === 'function') return 'a function';
  if (typeof value !== 'object') return `a ${typeof value}`;
  const text = safeJson(value);
  if (text !== undefined && text.length <= 60) return clean(text, 60);
  return Array.isArray(value) ? `an array of ${value.length}` : 'an object';
}

function safeJson(value: object): string | undefined {
  try {
    return JSON.stringify(value);
  } catch {
    // A cycle or a throwing getter: the kind of value is said instead.
    return undefined;
  }
}
