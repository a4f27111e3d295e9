import type {
  DescribedRows,
  Feature,
  HeldOutExample,
  InputDecoding,
  ProblemDefinition,
  Token,
} from '../contract.ts';
import type { InputRows } from './input-rows.ts';
import { imageLayout, pictureOf } from './pictures.ts';

/** What of a row there is to see, beside what was predicted for it. */
export type Seen = Pick<HeldOutExample, 'picture' | 'text' | 'tokens' | 'features' | 'window'>;

export interface RowSource {
  readonly problem: Pick<ProblemDefinition, 'task' | 'vocabulary'>;
  readonly decoding: InputDecoding;
  readonly described: DescribedRows | null;
  /** Word ids from this one on were unknown to the model; null where none were. */
  readonly vocabulary: number | null;
}

const inputsNamed = 32;
const longestWindow = 2000;
/** The id of a word that the tokenizer does not know; 0 is padding. */
export const unknownWord = 1;

/** The features that rows have: those that the package names, else the few numbers of a flat row. */
export function featuresOf(
  {
    problem,
    described,
  }: Pick<RowSource, 'described'> & {
    readonly problem: Pick<ProblemDefinition, 'task'>;
  },
  { shape, dtype }: Pick<InputRows, 'shape' | 'dtype'>,
): readonly Feature[] {
  if (described?.features) {
    return described.features.map(({ name, unit }) => ({ name, ...(unit ? { unit } : {}) }));
  }
  const [, size = 0] = shape;
  const isFlat = shape.length === 2 && dtype === 'float32' && size <= inputsNamed;
  if (!isFlat || problem.task === 'forecast' || described?.tokens) return [];
  return Array.from({ length: size }, (_, at) => ({ name: `input ${at + 1}` }));
}

/** What a package says of a row, and its inputs as a picture, words, numbers or a window, as their shape has it. */
export async function seeRow(source: RowSource, inputs: InputRows, row: number): Promise<Seen> {
  const text = source.described?.texts?.[row];
  const layout = imageLayout(inputs.shape);
  const picture = layout && pictureOf(await inputs.at(row), layout, source.decoding.scale);
  return {
    ...(text === undefined ? {} : { text }),
    ...(picture === null ? {} : { picture }),
    ...(await numbersOf(source, inputs, row)),
  };
}

/** The same without its picture. */
export async function numbersOf(source: RowSource, inputs: InputRows, row: number): Promise<Seen> {
  const { problem, described } = source;
  const { shape, dtype } = inputs;
  if (described?.features) {
    return { features: described.features.map(({ values }) => values[row] ?? NaN) };
  }
  if (featuresOf(source, inputs).length > 0) return { features: Array.from(await inputs.at(row)) };
  const isSeries = shape.length === 2 || (shape.length === 3 && shape[2] === 1);
  const steps = shape[1] ?? 0;
  if (problem.task === 'forecast' && isSeries && steps > 1 && steps <= longestWindow) {
    return { window: Array.from(await inputs.at(row)) };
  }
  if (shape.length === 2 && dtype === 'int32' && (problem.vocabulary || described?.tokens)) {
    return { tokens: tokensOf(source, Array.from(await inputs.at(row)), row) };
  }
  return {};
}

/** The words behind the ids, or the ids where the package tells no words; padding is left out. */
function tokensOf(source: RowSource, ids: readonly number[], row: number): readonly Token[] {
  const words = source.described?.tokens?.[row];
  const limit = source.vocabulary ?? Infinity;
  const used = ids
    .slice(0, words?.length)
    .flatMap((id, position) => (id > 0 ? [{ id, position }] : []));
  return used.map(({ id, position }) => ({
    word: words?.[position] ?? String(id),
    isKnown: id !== unknownWord && id < limit,
  }));
}
