/** The id of a word that is not in the index; 0 is padding. */
const unknownWord = 1;

const unknownMark = '<OOV>';

// The characters that Keras's Tokenizer turns into spaces; the apostrophe stays.
const separators = /[!"#$%&()*+,\-./:;<=>?@[\\\]^_`{|}~\t\n ]+/;

/** The words of a text as Keras's Tokenizer sees them. */
export function splitWords(text: string): string[] {
  return text
    .toLowerCase()
    .split(separators)
    .filter((word) => word !== '');
}

/** All words by falling count, first seen first among equals, after the mark for unknown words. */
export function fitWordIndex(texts: readonly string[]): string[] {
  const counts = new Map<string, number>();
  for (const word of texts.flatMap(splitWords)) counts.set(word, (counts.get(word) ?? 0) + 1);
  const words = [...counts].sort(([, one], [, other]) => other - one).map(([word]) => word);
  return [unknownMark, ...words];
}

/** Ids of a text, cut or padded with 0 at its end to the given length. */
export function toIds(text: string, idOf: ReadonlyMap<string, number>, length: number): Int32Array {
  const ids = new Int32Array(length);
  const words = splitWords(text).slice(0, length);
  words.forEach((word, position) => (ids[position] = idOf.get(word) ?? unknownWord));
  return ids;
}
