// Control characters, and those that reorder or hide text: bidi marks, zero-width, byte order mark.
const unprintable =
  // eslint-disable-next-line no-control-regex
  /[\u0000-\u001f\u007f-\u009f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]/gu;

/** Candidate-made text for a message: one line, harmless, at most `limit` characters. */
export function clean(text: string, limit = 300): string {
  const line = text
    .slice(0, limit * 4)
    .replace(/\s+/gu, ' ')
    .replace(unprintable, '')
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
