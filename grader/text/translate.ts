/**
 * Texts by their English ones; `{name}` in both stands for the same piece, at least one character long, which
 * is in the other language where the texts have it.
 */
export type Texts = Readonly<Record<string, string>>;

/** A text in another language, or as it is where the texts lack it. */
export function translate(text: string, texts: Texts): string {
  return translated(text, texts, mostWithin);
}

/** Texts within each other. */
const mostWithin = 2;

function translated(text: string, texts: Texts, within: number): string {
  if (Object.hasOwn(texts, text)) return texts[text] ?? text;
  for (const [english, own] of Object.entries(texts)) {
    const pieces = piecesIn(text, english);
    if (!pieces || within === 0) continue;
    return own.replace(placeholder, (_, name: string) =>
      translated(pieces.get(name) ?? '', texts, within - 1),
    );
  }
  return text;
}

const placeholder = /\{(\w+)\}/g;

/** What stands for each placeholder of a text, found from left to right; null for another text. */
function piecesIn(text: string, english: string): ReadonlyMap<string, string> | null {
  const [start = '', ...rest] = english.split(placeholder);
  if (rest.length === 0 || !text.startsWith(start)) return null;
  const pieces = new Map<string, string>();
  let from = start.length;
  for (let at = 0; at < rest.length; at += 2) {
    const [name = '', literal = ''] = [rest[at], rest[at + 1]];
    const isLast = at + 2 >= rest.length;
    const end = isLast ? text.length - literal.length : text.indexOf(literal, from + 1);
    if (end <= from || !text.startsWith(literal, end)) return null;
    pieces.set(name, text.slice(from, end));
    from = end + literal.length;
  }
  return pieces;
}
