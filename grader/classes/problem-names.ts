// What a name in a checked folder says: which problem it means, or that nobody handed it in. Learning
// platforms and browsers put names, numbers and marks around the name that a candidate gave.

/** Whether files and folders of that name are no submissions, whatever lies in them. */
export function isNeverHandedIn(name: string): boolean {
  return name.startsWith('.') || /^readme(\.|$)/i.test(name) || leftByTools.includes(name);
}

const leftByTools = ['node_modules', '__pycache__', '__MACOSX', 'Thumbs.db', 'desktop.ini'];

/** Whether a file has the extension of a submission, or of what is handed in by mistake as one. */
export function looksHandedIn(name: string): boolean {
  // Windows hides the extension that its editor has added to sunspots.ts.
  const own = name.replace(/\.txt$/i, '');
  return handedIn.includes(own.slice(own.lastIndexOf('.')).toLowerCase());
}

const handedIn = [
  ...['.keras', '.h5', '.hdf5', '.json', '.ts', '.mts', '.js', '.mjs'],
  // Refused with what to hand in instead.
  ...['.py', '.ipynb', '.pt', '.pth', '.pb', '.pkl', '.onnx', '.tflite'],
  ...['.zip', '.gz', '.tgz', '.tar', '.7z', '.rar', '.xz', '.npz'],
];

/** The name of a file without its extension. */
export function stemOf(name: string): string {
  return name.replace(/\.[^.]*$/, '');
}

export type Meaning =
  | { readonly problem: string; readonly isExact: boolean }
  /** None, or those between which it is undecided. */
  | { readonly problem: null; readonly among: readonly string[] };

/**
 * The problem that a name without extension means: `sunspots`, or `Sunspots`, `sunspots (1)`,
 * `sunspots_v2` and `anna_123_FashionMnist-final`, which have its words side by side.
 */
export function meaningOf(stem: string, problems: readonly string[]): Meaning {
  if (problems.includes(stem)) return { problem: stem, isExact: true };
  const words = wordsOf(stem);
  const found = problems.filter((problem) => hasWords(words, wordsOf(problem)));
  // `mnist` is not meant by `fashion-mnist`.
  const whole = found.filter(
    (problem) =>
      !found.some((other) => other !== problem && hasWords(wordsOf(other), wordsOf(problem))),
  );
  const [problem] = whole;
  if (problem === undefined || whole.length > 1) return { problem: null, among: whole };
  return { problem, isExact: bare(stem) === bare(problem) };
}

function hasWords(words: readonly string[], wanted: readonly string[]): boolean {
  const name = wanted.join('');
  return words.some((_, from) => {
    const rest = words.slice(from);
    return rest.some((__, to) => rest.slice(0, to + 1).join('') === name);
  });
}

/** `sunspots (1)` is `sunspots`, `1`; so are `Sunspots1` and `SUNSPOTS_1`. */
function wordsOf(name: string): readonly string[] {
  const parted = name.normalize('NFC').replace(/(\p{Ll})(?=\p{Lu})/gu, '$1 ');
  return parted.toLowerCase().match(/[\p{L}\p{M}]+|\p{N}+/gu) ?? [];
}

function bare(name: string): string {
  return wordsOf(name).join('');
}
