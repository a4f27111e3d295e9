/**
 * The chance of a normal number below z: Abramowitz and Stegun, Handbook of Mathematical Functions, 7.1.26, right to
 * 1.5e-7.
 */
export function normalBelow(z: number): number {
  const x = Math.abs(z) / Math.SQRT2;
  const t = 1 / (1 + 0.3275911 * x);
  const sum = [1.061405429, -1.453152027, 1.421413741, -0.284496736, 0.254829592].reduce(
    (all, factor) => all * t + factor,
    0,
  );
  const erf = 1 - sum * t * Math.exp(-x * x);
  return z < 0 ? (1 - erf) / 2 : (1 + erf) / 2;
}

/** The chance of a number of Student's t below t, of whole degrees of freedom: ibid., 26.7.3 and 26.7.4. */
export function studentBelow(t: number, freedom: number): number {
  const angle = Math.atan(Math.abs(t) / Math.sqrt(freedom));
  const [sine, cosine] = [Math.sin(angle), Math.cos(angle)];
  const isOdd = freedom % 2 === 1;
  let [term, sum] = isOdd ? [cosine, 0] : [1, 0];
  for (let power = isOdd ? 1 : 0; power <= freedom - 2; power += 2) {
    sum += term;
    term *= ((power + 1) / (power + 2)) * cosine ** 2;
  }
  const between = isOdd ? (2 / Math.PI) * (angle + sine * sum) : sine * sum;
  return t < 0 ? (1 - between) / 2 : (1 + between) / 2;
}

/** What a reference has over seeds, each with the standard error that the held-out rows leave. */
export interface Spread {
  readonly values: readonly number[];
  readonly mean: number;
  /** Over the seeds (n - 1); null of one seed. */
  readonly deviation: number | null;
  /** By the held-out rows, the mean of those of each seed. */
  readonly standardError: number;
}

export function spreadOf(
  runs: readonly { readonly value: number; readonly standardError: number }[],
): Spread {
  const values = runs.map(({ value }) => value);
  const mean = average(values);
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return {
    values,
    mean,
    deviation: runs.length < 2 ? null : Math.sqrt(squares / (runs.length - 1)),
    standardError: average(runs.map(({ standardError }) => standardError)),
  };
}

function average(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/**
 * The chance that one more seed falls short of a threshold it is `margin` better than on average, by the prediction
 * interval of a normal sample; null of one seed.
 */
export function shortBySeed({ values, deviation }: Spread, margin: number): number | null {
  if (deviation === null) return null;
  if (deviation === 0) return margin < 0 ? 1 : 0;
  const count = values.length;
  return studentBelow(-margin / (deviation * Math.sqrt(1 + 1 / count)), count - 1);
}

/** The chance that other held-out rows of the same kind let something fall short of it. */
export function shortByRows(standardError: number, margin: number): number {
  if (standardError === 0) return margin < 0 ? 1 : 0;
  return normalBelow(-margin / standardError);
}
