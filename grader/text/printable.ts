/**
 * What can move a cursor, reorder or hide text: control, format, surrogate and private-use characters,
 * and the two separators that end a line in JavaScript.
 */
export const unsafe = /[\p{Cc}\p{Cf}\p{Cs}\p{Co}\u2028\u2029]/gu;

/**
 * Text of unknown origin, safe to show: control characters, bidirectional overrides, line separators,
 * zero-width characters and lone surrogates become their visible code, such as `\u{202e}`; tabs and line
 * breaks stay only where `multiline` is set. HTML is escaped elsewhere.
 */
export function printable(text: string, multiline = false): string {
  const kept = multiline ? text.replaceAll('\r\n', '\n') : text;
  return kept.replace(unsafe, (character) =>
    multiline && (character === '\n' || character === '\t')
      ? character
      : `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`,
  );
}

/**
 * CI systems take commands from a log, and from a file that is printed into one: GitHub's `::error::` at
 * the start of a line, after what .NET takes for blanks, and `##[error]`, Azure's `##vso[` and TeamCity's
 * `##teamcity[` anywhere. A file's name or a recipe's message may be one. Lines end at a carriage return
 * as well. The escapes are JSON's, so that a JSON text stays the same value.
 */
export function withoutCommands(text: string): string {
  return text
    .replace(/^((?:[^\S\r\n]|\u0085)*):(?=:)/gm, '$1\\u003a')
    .replace(/#(?=#\w*\[)/g, '\\u0023');
}

/** A value as JSON in one line that is safe to show: what `printable` shows as a code is JSON's escape of itself. */
export function jsonLine(value: unknown): string {
  return withoutCommands(JSON.stringify(value)).replace(unsafe, (character) =>
    Array.from(
      { length: character.length },
      (_, at) => `\\u${character.charCodeAt(at).toString(16).padStart(4, '0')}`,
    ).join(''),
  );
}

/** Printable, cut in the middle to at most `length` characters. */
export function shortened(text: string, length = 120): string {
  const characters = Array.from(printable(text));
  if (characters.length <= length) return characters.join('');
  const half = Math.floor((length - 1) / 2);
  return `${characters.slice(0, half).join('')}…${characters.slice(-half).join('')}`;
}

/** The first five of some names, and how many more there are. */
export function namedFew(names: readonly string[]): string {
  const few = names.slice(0, 5).map((name) => shortened(name, 60));
  const more = names.length - few.length;
  return few.join(', ') + (more > 0 ? ` and ${more} more` : '');
}

/** Text of several lines, such as a message, safe to show and at most a page long. */
export function paragraph(text: string): string {
  const cut = text.length > paragraphLimit ? `${text.slice(0, paragraphLimit)} …` : text;
  return printable(cut, true);
}

/** Paragraphs between empty lines, such as the mistakes of a recipe, each as `paragraph` has it, and not too many. */
export function paragraphs(text: string): string[] {
  const all = text.split('\n\n', paragraphsShown + 1);
  return all.map((each, at) => (at < paragraphsShown ? paragraph(each) : '…'));
}

const paragraphLimit = 4000;
const paragraphsShown = 40;

/** Whether an address is a PNG within the page, as the grader makes them; a report may come from anywhere. */
export function isOwnPicture(address: string | undefined): address is string {
  return address !== undefined && /^data:image\/png;base64,[A-Za-z0-9+/=]+$/.test(address);
}
