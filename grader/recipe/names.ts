/** `kernelSize` as Keras configs spell it, `kernel_size`. */
export function snakeCase(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}

/** The type of `snakeCase`'s answer. */
export type SnakeCase<Name extends string> = Name extends `${infer First}${infer Rest}`
  ? `${First extends Lowercase<First> ? First : `_${Lowercase<First>}`}${SnakeCase<Rest>}`
  : Name;

/** A layer's automatic name as Keras makes it: `Conv2DTranspose` gives `conv2d_transpose`. */
export function layerName(className: string): string {
  return className
    .replace(/(.)([A-Z][a-z]+)/g, '$1_$2')
    .replace(/([a-z])([A-Z])/g, '$1_$2')
    .toLowerCase();
}

export type NameGiver = (base: string) => string;

/**
 * Gives each name once: the first of `dense`, `dense_1`, `dense_2`, … that is not taken yet. It knows
 * how far it came with each, so that a thousand of one kind take a thousand steps.
 */
export function uniqueNames(given: Iterable<string> = []): NameGiver {
  const taken = new Set(given);
  const counts = new Map<string, number>();
  return (base) => {
    for (let count = counts.get(base) ?? 0; ; count++) {
      const name = count === 0 ? base : `${base}_${count}`;
      if (taken.has(name)) continue;
      taken.add(name);
      counts.set(base, count + 1);
      return name;
    }
  };
}

/** Two spellings of one name: `glorot_uniform`, `glorotUniform` and `GlorotUniform` compare equal. */
export function sameName(a: string, b: string): boolean {
  return bare(a) === bare(b);
}

/** The candidate most like a misspelt name, or null where none is close. */
export function nearest(name: string, candidates: readonly string[]): string | null {
  const scored = candidates
    .map((candidate) => ({ candidate, distance: editDistance(bare(name), bare(candidate)) }))
    .sort((a, b) => a.distance - b.distance);
  const best = scored[0];
  return best && best.distance <= Math.max(1, name.length / 3) ? best.candidate : null;
}

/** Whether two names are told apart by no more than a slip of the hand. */
export function isSlip(name: string, other: string): boolean {
  return editDistance(bare(name), bare(other)) <= 2;
}

function bare(name: string): string {
  return name.replace(/[^A-Za-z0-9]/g, '').toLowerCase();
}

function editDistance(a: string, b: string): number {
  let previous = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let row = 1; row <= a.length; row++) {
    const current = [row];
    for (let column = 1; column <= b.length; column++) {
      const change = (previous[column - 1] ?? 0) + (a[row - 1] === b[column - 1] ? 0 : 1);
      current.push(Math.min(change, (previous[column] ?? 0) + 1, (current[column - 1] ?? 0) + 1));
    }
    previous = current;
  }
  return previous[b.length] ?? 0;
}
