import type { PlacedMistake } from './source.ts';

const closing: Readonly<Record<string, string>> = { '(': ')', '[': ']', '{': '}' };
/** What brackets do not count in: comments, strings and templates, each to its end. */
const skipped =
  /\/\/[^\n]*|\/\*[\s\S]*?\*\/|'(?:\\.|[^'\\\n])*'|"(?:\\.|[^"\\\n])*"|`(?:\\[\s\S]|[^`\\])*`|[()[\]{}]/g;

/** The first bracket that has no other, or another's; null where all are closed. */
export function findBracket(text: string): PlacedMistake | null {
  const open: { readonly sign: string; readonly at: number }[] = [];
  for (const { 0: sign, index: at } of text.matchAll(skipped)) {
    if (sign.length > 1) continue;
    if (sign in closing) {
      open.push({ sign, at });
      continue;
    }
    const last = open.pop();
    if (!last) return { message: `This "${sign}" closes nothing.`, at: [at, at + 1] };
    const wanted = closing[last.sign] ?? '';
    if (wanted === sign) continue;
    const message = `Expected "${wanted}" before this "${sign}", to close the "${last.sign}" of line ${lineOf(text, last.at)}.`;
    return { message, at: [at, at + 1] };
  }
  const last = open.pop();
  if (!last) return null;
  const message = `This "${last.sign}" is never closed: "${closing[last.sign] ?? ''}" is missing.`;
  return { message, at: [last.at, last.at + 1] };
}

function lineOf(text: string, at: number): number {
  return text.slice(0, at).split('\n').length;
}
