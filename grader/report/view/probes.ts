import type { GradeReport } from '../../contract.ts';
import { significant } from '../../text/numbers.ts';
import type { Words } from '../../words/en.ts';

/** What was probed and what came of it, a sentence each; null where nothing was. */
export function probesView({ probes }: GradeReport, words: Words): readonly string[] | null {
  if (!probes) return null;
  const { laterSteps, perturbedInputs, sharedRows } = probes;
  const texts = words.probes;
  return [
    texts.sharedRows(sharedRows),
    ...(laterSteps === null
      ? []
      : [
          laterSteps.moved > 0
            ? texts.sees(laterSteps.steps, significant(laterSteps.moved, 2))
            : texts.seesNothing(laterSteps.steps),
        ]),
    ...(perturbedInputs ? [texts.perturbed(perturbedInputs)] : []),
  ];
}
