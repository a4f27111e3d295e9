import type { KerasObject, LayerWeights, ModelSurvey } from '../../contract.ts';
import { productOf } from '../../sizes.ts';
import { planCandidate } from './build-model.ts';
import { checkWeights } from './check-weights.ts';
import { modelFacts } from './model-facts.ts';
import { summarizeModel, withoutBatch } from './summarize-model.ts';

interface SurveyJob {
  readonly model: KerasObject;
  /** Null where the file holds an architecture only. */
  readonly weights: readonly LayerWeights[] | null;
}

/** Taken for an axis without a size. */
const unknownLength = 64;

/**
 * Shapes, parameters and cost of a model, found without allocating a weight; an axis without a size
 * counts as 64 long. Throws with fault `candidate` where it cannot be built or the weights do not fit.
 */
export function surveyModel({ model: config, weights }: SurveyJob): ModelSurvey {
  const model = planCandidate(config);
  const summary = summarizeModel(model);
  if (weights) checkWeights(model, weights);
  const { multiplyAdds, activations } = modelFacts(model, unknownLength);
  return {
    ...summary,
    inputs: model.inputs.map(({ shape }) => withoutBatch(shape)),
    outputs: model.outputs.map(({ shape }) => withoutBatch(shape)),
    flops: productOf([2, multiplyAdds]),
    activationBytes: productOf([4, activations]),
  };
}
