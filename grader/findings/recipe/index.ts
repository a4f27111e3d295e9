import type { Finding, ModelSummary, ProblemDefinition, Recipe } from '../../contract.ts';
import { activatedLogits } from './activated-logits.ts';
import { activationAgainstLoss } from './activation-against-loss.ts';
import { lastActivation } from './last-activation.ts';
import { rowToOutput } from './layer-row.ts';
import { limitedOutput } from './limited-output.ts';
import { linearLayers } from './linear-layers.ts';
import { logitsAsProbabilities } from './logits-as-probabilities.ts';
import { lookAhead } from './look-ahead.ts';
import { lossAgainstTargets } from './loss-against-targets.ts';
import { oneSoftmaxUnit } from './one-softmax-unit.ts';
import type { RecipeFacts } from './recipe-facts.ts';
import { rescaledTwice } from './rescaled-twice.ts';

const rules: readonly ((facts: RecipeFacts) => Finding | null)[] = [
  oneSoftmaxUnit,
  lossAgainstTargets,
  activatedLogits,
  logitsAsProbabilities,
  activationAgainstLoss,
  limitedOutput,
  linearLayers,
  rescaledTwice,
  lookAhead,
];

/** What can be told of a recipe before it is trained. */
export function recipeFindings(
  { model, compile }: Pick<Recipe, 'model' | 'compile'>,
  { outputShape }: Pick<ModelSummary, 'outputShape'>,
  problem: ProblemDefinition,
): Finding[] {
  const row = rowToOutput(model);
  const facts = {
    ...{ problem, row, outputShape, activation: lastActivation(row) },
    loss: compile.loss.class_name,
    fromLogits: compile.loss.config['from_logits'] === true,
    outputs: outputShape.at(-1) ?? 1,
  };
  return rules.flatMap((find) => find(facts) ?? []);
}
