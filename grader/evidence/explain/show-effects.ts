import type {
  ChangedInputs,
  Effects,
  ExplainedParts,
  Explanation,
  PermutedFeatures,
} from '../../contract.ts';
import { exampleAt, type Ranked } from '../examples.ts';
import type { InputRows } from '../input-rows.ts';
import { featuresOf, seeRow } from '../see-row.ts';

/** Where rows and their words are found; ranked is null where a problem discloses totals alone. */
interface ShownRows extends Omit<Ranked, 'ranked'> {
  readonly ranked: Ranked['ranked'] | null;
}

interface Source extends ShownRows {
  readonly inputs: InputRows;
}

/** Effects with what there is to see of the rows, or the names of the features. */
export async function showEffects(
  changed: ChangedInputs,
  effects: Effects,
  source: Source,
): Promise<Explanation['of']> {
  if ('features' in changed && effects.kind === 'features') {
    return withNames(changed, effects, source);
  }
  if ('parts' in changed && effects.kind === 'parts') return withRowsSeen(changed, effects, source);
  throw new Error(`internal: ${effects.kind} for ${changed.kind}`);
}

function withNames(
  { kind, rows, features }: Extract<ChangedInputs, { features: number }>,
  { value, values }: Extract<Effects, { kind: 'features' }>,
  { inputs, ...source }: Source,
): PermutedFeatures {
  const named = featuresOf(source, inputs);
  const names = Array.from({ length: features }, (_, at) =>
    kind === 'permuted-lags' ? String(features - at) : (named[at]?.name ?? `input ${at + 1}`),
  );
  return {
    ...{ kind, value, rows: rows.length },
    features: names.map((name, at) => ({ name, value: values[at] ?? NaN })),
  };
}

async function withRowsSeen(
  { kind, grid, rows }: Extract<ChangedInputs, { parts: readonly number[] }>,
  effects: Extract<Effects, { kind: 'parts' }>,
  { inputs, ranked, ...source }: Source,
): Promise<ExplainedParts> {
  if (!ranked) throw new Error('internal: rows are explained that are not disclosed');
  const seen: ExplainedParts['rows'][number][] = [];
  for (const [index, row] of rows.entries()) {
    const found = effects.rows[index];
    if (!found) throw new Error(`internal: no effects of row ${row}`);
    seen.push({
      ...exampleAt({ ...source, ranked }, ranked.rows.indexOf(row)),
      ...(await seeRow(source, inputs, row)),
      ...found,
    });
  }
  return { kind, ...(grid ? { grid } : {}), rows: seen };
}
