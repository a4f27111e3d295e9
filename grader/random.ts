/** A stream of numbers in [0, 1), the same for the same seed. */
export type Random = () => number;

/**
 * The mulberry32 generator by Tommy Ettinger (public domain): 32 bits of state, period 2^32,
 * enough for shuffles, augmentation and generated data; not for secrets.
 */
export function seededRandom(seed: number): Random {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

/** A seed for one purpose, so that two streams of one run do not repeat each other. */
export function deriveSeed(seed: number, purpose: number): number {
  return Math.imul((seed >>> 0) + 0x9e3779b9, 2 * purpose + 1) >>> 0;
}

/** Fisher-Yates, in place. */
export function shuffle(values: Int32Array, random: Random): void {
  for (let last = values.length - 1; last > 0; last--) {
    const other = Math.floor(random() * (last + 1));
    const kept = values[last] ?? 0;
    values[last] = values[other] ?? 0;
    values[other] = kept;
  }
}
