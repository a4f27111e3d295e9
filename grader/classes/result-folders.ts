/** So that a name has at most 240 bytes, of the 255 that file systems take. */
const longest = 60;

/**
 * Gives each submission the name of its result folder, after its own: `anna-sunspots` for
 * `anna/sunspots.ts`, `sunspots-anna` for `sunspots/anna.h5`, `sunspots` and `sunspots.h5` for a
 * `sunspots.ts` and a `sunspots.h5`. No two are the same, also where case does not count.
 */
export function resultFolders(): (problem: string, parts: readonly string[]) => string {
  const taken = new Set<string>();
  return (problem, parts) => {
    const full = folderName(problem, parts.join('-'));
    const short = folderName(problem, parts.join('-').replace(/\.[^.]*$/, ''));
    const counted = Array.from({ length: taken.size + 1 }, (_, index) => `${full}-${index + 2}`);
    const free = [short, full, ...counted].find((name) => !taken.has(keyOf(name))) ?? full;
    taken.add(keyOf(free));
    return free;
  };
}

/** What a shell, a web server and every file system take as it is. */
function folderName(problem: string, path: string): string {
  const plain = path
    .normalize('NFC')
    .replace(/[^\p{L}\p{M}\p{N}._]+/gu, '-')
    .replace(/^[-.]+|[-.]+$/g, '');
  const named = keyOf(plain).includes(problem) ? plain : `${problem}-${plain}`;
  const characters = Array.from(named);
  // The person stands first, the problem last.
  return characters.length <= longest
    ? named
    : [...characters.slice(0, longest - 25), '-', ...characters.slice(-24)].join('');
}

function keyOf(name: string): string {
  return name.normalize('NFC').toLowerCase();
}
