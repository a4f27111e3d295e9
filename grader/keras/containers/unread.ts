import { clean } from '../../text/show.ts';

const most = 4;

/** A remark on what else a part of a file has; none where all of it is known. */
export function unreadNote(
  where: string,
  names: Iterable<string>,
  isKnown: (name: string) => boolean,
): readonly string[] {
  const others = [...names].filter((name) => !isKnown(name));
  const shown = others.slice(0, most).map((name) => clean(name, 40));
  if (others.length > most) shown.push(`${others.length - most} more`);
  return others.length === 0
    ? []
    : [`${where} has ${shown.join(', ')} as well, which the grader does not read.`];
}

/** The same by the members of a JSON object. */
export function unreadMembers(
  where: string,
  value: unknown,
  known: readonly string[],
): readonly string[] {
  const names = typeof value === 'object' && value !== null ? Object.keys(value) : [];
  return unreadNote(where, names, (name) => known.includes(name));
}
