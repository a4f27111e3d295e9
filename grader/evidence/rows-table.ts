import type { Feature, HeldOutExample } from '../contract.ts';
import { csvText } from '../text/csv.ts';
import { exampleAt, type Ranked } from './examples.ts';
import type { InputRows } from './input-rows.ts';
import { featuresOf, numbersOf, type Seen } from './see-row.ts';

/** Longer windows are not written: a spreadsheet has no use for them. */
const longestWindow = 100;

type Cell = string | number | null;

interface Column {
  readonly title: string;
  readonly cell: (example: HeldOutExample, seen: Seen) => Cell;
}

/**
 * Every held-out row as a line of CSV, the worst first: what is true, what was predicted, and the words or
 * numbers of the row; pictures are left out. Classes stand there by name.
 */
export async function rowsTable(
  source: Ranked,
  inputs: InputRows,
  classes: readonly string[] | undefined,
): Promise<string> {
  const features = featuresOf(source, inputs);
  const first = await numbersOf(source, inputs, 0);
  const columns = [...predictionColumns(source, classes), ...inputColumns(source, features, first)];
  const lines: Cell[][] = [];
  for (let place = 0; place < source.ranked.rows.length; place++) {
    const example = exampleAt(source, place);
    const seen = await numbersOf(source, inputs, example.row);
    lines.push(columns.map(({ cell }) => cell(example, seen)));
  }
  return csvText(
    columns.map(({ title }) => title),
    lines,
  );
}

function predictionColumns(
  { ranked, labels }: Ranked,
  classes: readonly string[] | undefined,
): Column[] {
  const named = (label: number): Cell => (classes ? (classes[label] ?? label) : label);
  return [
    { title: 'row', cell: ({ row }) => row },
    ...(labels ? [{ title: 'label', cell: ({ label = '' }: HeldOutExample) => label }] : []),
    { title: 'actual', cell: ({ actual }) => named(actual) },
    { title: 'predicted', cell: ({ predicted }) => named(predicted) },
    ...(classes
      ? [
          {
            title: 'correct',
            cell: ({ actual, predicted }: HeldOutExample) => Number(actual === predicted),
          },
        ]
      : [
          {
            title: 'predicted - actual',
            cell: ({ actual, predicted }: HeldOutExample) => Math.fround(predicted - actual),
          },
        ]),
    ...(ranked.confidence
      ? [
          { title: 'confidence', cell: (example: HeldOutExample) => example.confidence ?? null },
          {
            title: 'probability of the actual class',
            cell: (example: HeldOutExample) => example.ofActual ?? null,
          },
        ]
      : []),
  ];
}

function inputColumns({ described }: Ranked, features: readonly Feature[], first: Seen): Column[] {
  const { texts } = described ?? {};
  const steps = first.window?.length ?? 0;
  return [
    ...(texts ? [{ title: 'text', cell: ({ row }: HeldOutExample) => texts[row] ?? '' }] : []),
    ...(first.tokens
      ? [
          { title: 'tokens', cell: (_: HeldOutExample, { tokens }: Seen) => words(tokens) },
          {
            title: 'unknown tokens',
            cell: (_: HeldOutExample, { tokens }: Seen) =>
              words(tokens?.filter(({ isKnown }) => !isKnown)),
          },
        ]
      : []),
    ...features.map(({ name, unit }, at) => ({
      title: unit ? `${name} (${unit})` : name,
      cell: (_: HeldOutExample, seen: Seen) => seen.features?.[at] ?? null,
    })),
    ...Array.from({ length: steps <= longestWindow ? steps : 0 }, (_, at) => ({
      title: `input ${at + 1}`,
      cell: (__: HeldOutExample, seen: Seen) => seen.window?.[at] ?? null,
    })),
  ];
}

function words(tokens: Seen['tokens']): string {
  return (tokens ?? []).map(({ word }) => word).join(' ');
}
