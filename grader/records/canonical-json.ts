/** Records are flat: what is deeper is not ours. */
const deepest = 32;

/**
 * A value as canonical JSON (RFC 8785): one text for one value. Throws a TypeError with the path where it is none of
 * JSON's, has a number that is not finite or a text with half a surrogate pair, or is deeper than 32.
 */
export function canonicalJson(value: unknown): string {
  return write(value, []);
}

function write(value: unknown, path: readonly string[]): string {
  if (path.length > deepest) throw unfit(path, `is deeper than ${deepest}`);
  if (value === null || typeof value === 'boolean') return String(value);
  if (typeof value === 'string') return quoted(value, path);
  if (typeof value === 'number') return number(value, path);
  if (Array.isArray(value)) {
    return `[${value.map((each, at) => write(each, [...path, String(at)])).join(',')}]`;
  }
  if (typeof value === 'object') return `{${members(value, path).join(',')}}`;
  throw unfit(path, `is a ${typeof value}`);
}

function members(value: object, path: readonly string[]): string[] {
  return (
    Object.entries(value)
      .filter(([, each]) => each !== undefined)
      // By UTF-16 units, as `<` compares.
      .sort(([one], [other]) => (one < other ? -1 : 1))
      .map(([name, each]) => `${quoted(name, path)}:${write(each, [...path, name])}`)
  );
}

/** ECMAScript's own forms are RFC 8785's. */
function number(value: number, path: readonly string[]): string {
  if (!Number.isFinite(value)) throw unfit(path, 'is no finite number');
  return JSON.stringify(value);
}

function quoted(text: string, path: readonly string[]): string {
  if (/\p{Cs}/u.test(text)) throw unfit(path, 'has half a surrogate pair');
  return JSON.stringify(text);
}

function unfit(path: readonly string[], why: string): TypeError {
  return new TypeError(`not canonical JSON: /${path.slice(0, 8).join('/')} ${why}`);
}
