/**
 * The names of the members of a JSON text's outermost object, also where the text is cut off; null
 * where it begins with no object. What is wrong further inside is not looked at.
 */
export function outerKeys(text: string): string[] | null {
  if (!/^\uFEFF?\s*\{\s*(["}]|$)/.test(text.slice(0, 4096))) return null;
  const keys: string[] = [];
  let depth = 0;
  for (let at = 0; at < text.length; at++) {
    const character = text[at];
    if (character === '{' || character === '[') depth += 1;
    else if (character === '}' || character === ']') depth -= 1;
    else if (character === '"') {
      const end = endOfString(text, at);
      if (depth === 1 && isFollowedByColon(text, end)) keys.push(text.slice(at + 1, end));
      at = end;
    }
  }
  return keys;
}

function endOfString(text: string, start: number): number {
  let at = start + 1;
  while (at < text.length && text[at] !== '"') at += text[at] === '\\' ? 2 : 1;
  return at;
}

function isFollowedByColon(text: string, end: number): boolean {
  return /^\s*:/.test(text.slice(end + 1, end + 100));
}
