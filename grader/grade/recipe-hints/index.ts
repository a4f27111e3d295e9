import type { ModelSummary, ProblemDefinition, Recipe } from '../../contract.ts';
import { activatedLogits } from './activated-logits.ts';
import { activationAgainstLoss } from './activation-against-loss.ts';
import type { RecipeHint } from './hint.ts';
import { lastActivation } from './last-activation.ts';
import { rowToOutput } from './layer-row.ts';
import { limitedOutput } from './limited-output.ts';
import { linearLayers } from './linear-layers.ts';
import { logitsAsProbabilities } from './logits-as-probabilities.ts';
import { lossAgainstTargets } from './loss-against-targets.ts';
import { oneSoftmaxUnit } from './one-softmax-unit.ts';

const hints: readonly RecipeHint[] = [
  oneSoftmaxUnit,
  lossAgainstTargets,
  activatedLogits,
  logitsAsProbabilities,
  activationAgainstLoss,
  limitedOutput,
  linearLayers,
];

/** What can be told of a recipe before it is trained. */
export function recipeHints(
  { model, compile }: Pick<Recipe, 'model' | 'compile'>,
  { outputShape }: Pick<ModelSummary, 'outputShape'>,
  problem: ProblemDefinition,
): string[] {
  const row = rowToOutput(model);
  const facts = {
    ...{ problem, row, activation: lastActivation(row) },
    loss: compile.loss.class_name,
    fromLogits: compile.loss.config['from_logits'] === true,
    outputs: outputShape.at(-1) ?? 1,
  };
  return hints
    .filter(({ appliesTo }) => appliesTo.includes(problem.task))
    .flatMap((hint) => hint.check(facts) ?? []);
}
