import type { KerasObject, LayerWeights, ModelSummary, ProblemDefinition } from '../../contract.ts';
import { GraderError } from '../../errors.ts';
import { throwMisfits, type Misfit } from '../../recipe/misfit.ts';
import { productOf } from '../../sizes.ts';
import { planCandidate } from './build-model.ts';
import { checkWeights } from './check-weights.ts';
import { contractMisfits } from './contract-check.ts';
import { modelFacts, type ModelFacts } from './model-facts.ts';
import type { ModelPlan } from './model.ts';
import { summarizeModel } from './summarize-model.ts';

type Contract = Pick<ProblemDefinition, 'id' | 'input' | 'outputs' | 'limits'>;

export interface MeasureJob {
  readonly model: KerasObject;
  readonly problem: Contract;
  /** Problems that a model may have been meant for. */
  readonly others?: readonly Contract[];
  /** What is known not to fit already, to be told with what the model has wrong. */
  readonly misfits?: readonly Misfit[];
  readonly use: ModelUse;
}

/** What a model is measured for. */
type ModelUse =
  | { readonly kind: 'training'; readonly batch: number }
  | { readonly kind: 'prediction'; readonly weights: readonly LayerWeights[] };

export interface MeasuredModel {
  readonly model: ModelSummary;
  /** For the problem's longest inputs. */
  readonly facts: ModelFacts;
}

/**
 * Shapes and parameters of a model, found without allocating a weight. Throws with fault `candidate`
 * when the model does not build, does not fit the problem or its weights do not fit it, with fault `limit` when it is larger than allowed.
 */
export function measureModel({
  model: config,
  problem,
  others = [],
  misfits = [],
  use,
}: MeasureJob): MeasuredModel {
  const model = planCandidate(config);
  const summary = summarizeModel(model);
  const isSingle = model.inputs.length === 1 && model.outputs.length === 1;
  throwMisfits([
    ...(isSingle
      ? contractMisfits({ ...summary, model: config }, problem, others)
      : [notSingle(model, problem)]),
    ...misfits,
  ]);
  if (use.kind === 'prediction') checkWeights(model, use.weights);
  const facts = modelFacts(model, longestAxis(problem));
  checkLimits({ model: summary, facts }, problem, use);
  return { model: summary, facts };
}

/** The engine trains models with several; a problem has one array of inputs and one of targets. */
function notSingle({ inputs, outputs }: ModelPlan, problem: Contract): Misfit {
  return {
    ...{ code: 'inputs-and-outputs', path: '/model' },
    message: `The model has ${count(inputs.length, 'input')} and ${count(outputs.length, 'output')}; ${problem.id} gives one input and expects one output.`,
    help: `Input of this problem: ${problem.input.description}`,
  };
}

function count(number: number, what: string): string {
  return `${number} ${what}${number === 1 ? '' : 's'}`;
}

/** A model that is not trained may be much larger: its file's own limit is 512 MiB. */
const limitsOfPrediction = { layers: 1000, parameters: 2 ** 27 };
const bytesPerValue = 4;

function checkLimits(measured: MeasuredModel, problem: Contract, use: ModelUse): void {
  const { model: summary, facts } = measured;
  const limits = use.kind === 'training' ? problem.limits : limitsOfPrediction;
  const { length: layers } = summary.layers;
  if (layers > limits.layers) {
    throw tooLarge(`The model has ${layers} layers`, limits.layers, 'Take fewer layers.');
  }
  const { parameters } = summary;
  if (parameters > limits.parameters) {
    throw tooLarge(
      `The model has ${format(parameters)} parameters`,
      limits.parameters,
      `Most are in ${largestLayer(summary)}. Take fewer or smaller layers.`,
    );
  }
  checkActivations(facts, problem, use);
}

function checkActivations({ activations }: ModelFacts, problem: Contract, use: ModelUse): void {
  const { limits } = problem;
  const isTraining = use.kind === 'training';
  // Forward values and their gradients are both alive at the end of a training's forward pass.
  const alive = isTraining ? [2, use.batch] : [];
  const mebibytes = Math.ceil(productOf([activations, bytesPerValue, ...alive]) / 2 ** 20);
  if (mebibytes <= limits.activationMegabytes) return;
  const what = isTraining ? `one batch of ${format(use.batch)}` : 'one example';
  throw tooLarge(
    `The layers take ${format(mebibytes)} MiB for ${what}`,
    limits.activationMegabytes,
    isTraining
      ? 'Take a smaller batchSize, or fewer or smaller layers.'
      : 'Take fewer or smaller layers.',
  );
}

function longestAxis({ input }: Contract): number {
  return Math.max(...input.shapes.flat().filter((size) => size !== null));
}

function tooLarge(sentence: string, limit: number, help: string): GraderError {
  const message = `${sentence}; the limit is ${format(limit)}.`;
  return new GraderError({ fault: 'limit', code: 'model-too-large', message, help });
}

function largestLayer({ layers }: ModelSummary): string {
  const largest = layers.reduce((most, layer) =>
    layer.parameters > most.parameters ? layer : most,
  );
  return `${largest.name} (${format(largest.parameters)})`;
}

function format(value: number): string {
  return value.toLocaleString('en-US');
}
