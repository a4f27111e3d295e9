import type { HeldOutExample, HeldOutExamples, RankedRows } from '../contract.ts';
import type { InputRows } from './input-rows.ts';
import { featuresOf, numbersOf, type RowSource, seeRow } from './see-row.ts';

/** The file beside the report that has every held-out row. */
export const rowsFile = 'held-out.csv';

const worstShown = 50;
/** Characters of all pictures together. */
const sizeLimit = 600_000;
const tokensShown = 200;
const featuresDrawn = 12;
const pointsDrawn = 4000;

export interface Ranked extends RowSource {
  readonly ranked: RankedRows;
  /** One a row, in the order of the held-out arrays. */
  readonly labels: readonly string[] | undefined;
}

/** The worst rows, each with what there is to see of it. */
export async function worstExamples(source: Ranked, inputs: InputRows): Promise<HeldOutExamples> {
  const worst: HeldOutExample[] = [];
  let size = 0;
  for (let place = 0; place < Math.min(worstShown, source.ranked.rows.length); place++) {
    const { picture, tokens, ...seen } = await seeRow(
      source,
      inputs,
      source.ranked.rows[place] ?? 0,
    );
    size += picture?.length ?? 0;
    worst.push({
      ...exampleAt(source, place),
      ...seen,
      ...(tokens ? { tokens: tokens.slice(0, tokensShown) } : {}),
      ...(picture && size <= sizeLimit ? { picture } : {}),
    });
  }
  const features = featuresOf(source, inputs);
  const isRegression = source.problem.task === 'regression' && features.length > 0;
  return {
    ...{ features, vocabulary: source.vocabulary, worst, file: rowsFile },
    ...(isRegression ? { sampled: await sampledRows(source, inputs, features.length) } : {}),
  };
}

/** So many rows that all features together are drawn in a moment. */
async function sampledRows(source: Ranked, inputs: InputRows, features: number) {
  const count = source.ranked.rows.length;
  const every = Math.ceil((count * Math.min(features, featuresDrawn)) / pointsDrawn);
  const rows = Array.from({ length: Math.ceil(count / every) }, (_, at) => at * every);
  const seen = await Promise.all(rows.map((row) => numbersOf(source, inputs, row)));
  const values = Array.from({ length: Math.min(features, featuresDrawn) }, (_, at) =>
    seen.map((one) => one.features?.[at] ?? NaN),
  );
  return { rows, values };
}

/** What was predicted for the row in this place, the worst being in the first. */
export function exampleAt({ ranked, labels }: Ranked, place: number): HeldOutExample {
  const row = ranked.rows[place] ?? 0;
  const label = labels?.[row];
  const confidence = ranked.confidence?.[place];
  const ofActual = ranked.ofActual?.[place];
  return {
    row,
    ...(label === undefined ? {} : { label }),
    actual: ranked.actual[place] ?? NaN,
    predicted: ranked.predicted[place] ?? NaN,
    ...(confidence === undefined ? {} : { confidence }),
    ...(ofActual === undefined ? {} : { ofActual }),
  };
}
