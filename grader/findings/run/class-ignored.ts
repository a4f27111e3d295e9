import { rule } from '../rule.ts';
import type { RunFacts } from './run-facts.ts';

/** One class is hardly ever answered although it is there as often as others. */
export const classIgnored = rule('class-ignored', 'warning', ({ score }: RunFacts) => {
  const { details } = score;
  if (details.kind !== 'classification') return null;
  const { classes, confusion } = details;
  const recalls = classes.map(({ recall }) => recall).sort((a, b) => a - b);
  const middle = recalls[Math.floor(recalls.length / 2)] ?? 0;
  const label = classes.findIndex(
    ({ recall, support }, at) =>
      support > 0 && recall < 0.5 * middle && answeredAs(confusion, at) < 0.5 * support,
  );
  const ignored = classes[label];
  if (!ignored) return null;
  const row = confusion[label] ?? [];
  const takenFor = row.reduce(
    (most, count, at) => (at !== label && count > (row[most] ?? -1) ? at : most),
    label === 0 ? 1 : 0,
  );
  return {
    ...{ name: ignored.name, recall: ignored.recall, rows: ignored.support },
    ...{ takenFor: classes[takenFor]?.name ?? String(takenFor), taken: row[takenFor] ?? 0 },
  };
});

function answeredAs(confusion: readonly (readonly number[])[], label: number): number {
  return confusion.reduce((sum, row) => sum + (row[label] ?? 0), 0);
}
