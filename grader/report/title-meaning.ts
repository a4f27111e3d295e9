/** What of a problem tells its name: its id and its titles. */
export interface Named {
  readonly id: string;
  readonly title: string;
  readonly texts?: Readonly<Record<string, Readonly<Record<string, string>>>>;
}

/** The one of these problems that a title means, by its id or title as words side by side; null for none or several. */
export function problemOfTitle<Problem extends Named>(
  title: string,
  problems: readonly Problem[],
): Problem | null {
  const words = wordsOf(title);
  const namesOf = (problem: Named) => [
    wordsOf(problem.id),
    wordsOf(problem.title),
    ...Object.values(problem.texts ?? {}).flatMap((texts) => wordsOf(texts[problem.title] ?? '')),
  ];
  const found = problems.flatMap((problem) => {
    const inside = namesOf(problem).filter((name) => name !== '  ' && words.includes(name));
    return inside.length > 0
      ? [{ problem, length: Math.max(...inside.map((each) => each.length)) }]
      : [];
  });
  // `mnist` is not meant by `fashion-mnist`.
  const longest = Math.max(...found.map(({ length }) => length));
  const meant = found.filter(({ length }) => length === longest);
  return meant.length === 1 ? (meant[0]?.problem ?? null) : null;
}

/** Between spaces, so that one within another is a run of whole words. */
function wordsOf(text: string): string {
  const parted = text.normalize('NFC').replace(/(\p{Ll})(?=\p{Lu})/gu, '$1 ');
  return ` ${(parted.toLowerCase().match(/[\p{L}\p{M}]+|\p{N}+/gu) ?? []).join(' ')} `;
}
