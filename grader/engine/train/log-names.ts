import type { OutputGoal } from './settings.ts';

/**
 * Keras's names of what is measured beside the whole loss: the metrics of a single output; of several
 * outputs `<output>_loss` each, then `<output>_<metric>`. A metric's name that comes again is numbered.
 */
export function logNames(
  outputNames: readonly string[],
  outputs: readonly Pick<OutputGoal, 'metrics'>[],
): readonly string[] {
  if (outputs.length === 1) return outputs.flatMap(({ metrics }) => metrics);
  const losses = outputNames.map((output) => `${output}_loss`);
  const metrics = outputs.flatMap((goal, index) =>
    goal.metrics.map((metric) => `${outputNames[index] ?? ''}_${metric}`),
  );
  return [...losses, ...metrics.map(numbered)];
}

/** A layer that is called for several outputs gives all of them its name. */
function numbered(name: string, index: number, names: readonly string[]): string {
  const before = names.slice(0, index).filter((other) => other === name).length;
  return before === 0 ? name : `${name}_${before}`;
}
