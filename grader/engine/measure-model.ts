import type { LayerSummary, ModelSummary, ProblemDefinition, Recipe, Shape } from '../contract.ts';
import { GraderError } from '../errors.ts';
import { buildModel } from './build-model.ts';
import { withShapesOnly } from './shape-backend.ts';
import type { LayersModel } from './tf.ts';

type Contract = Pick<ProblemDefinition, 'id' | 'input' | 'outputs' | 'limits'>;

export interface MeasureJob {
  readonly recipe: Recipe;
  readonly problem: Contract;
}

/**
 * Shapes and parameters of a recipe's model, found without allocating a weight.
 * Throws with fault `candidate` when the model does not build or does not fit the problem's input
 * and output, with fault `limit` when it is larger than the problem allows.
 */
export function measureModel({ recipe, problem }: MeasureJob): Promise<ModelSummary> {
  return withShapesOnly(async () => {
    const model = await buildModel(recipe.model);
    checkSingle(model, problem);
    const summary = summarize(model);
    checkInput(summary.inputShape, problem);
    checkOutput(summary.outputShape, problem);
    checkLimits(summary, recipe.fit.batch_size, problem);
    return summary;
  });
}

/** The engine trains models with several; a problem has one array of inputs and one of targets. */
function checkSingle({ inputs, outputs }: LayersModel, problem: Contract): void {
  if (inputs.length === 1 && outputs.length === 1) return;
  throw candidate(
    'inputs-and-outputs',
    `The model has ${count(inputs.length, 'input')} and ${count(outputs.length, 'output')}; ${problem.id} gives one input and expects one output.`,
    `Input of this problem: ${problem.input.description}`,
  );
}

function count(number: number, what: string): string {
  return `${number} ${what}${number === 1 ? '' : 's'}`;
}

function summarize(model: LayersModel): ModelSummary {
  const layers = model.layers.map((layer): LayerSummary => ({
    name: layer.name,
    className: layer.getClassName(),
    outputShape: withoutBatch(layer.outputShape as (number | null)[]),
    parameters: layer.countParams(),
  }));
  const trainable = model.trainableWeights.reduce(
    (sum, weight) => sum + weight.shape.reduce<number>((product, size) => product * (size ?? 1), 1),
    0,
  );
  return {
    layers,
    parameters: model.countParams(),
    trainableParameters: trainable,
    inputShape: withoutBatch(model.inputs[0]?.shape ?? []),
    outputShape: withoutBatch(model.outputs[0]?.shape ?? []),
  };
}

function withoutBatch(shape: readonly (number | null)[]): Shape {
  return shape.slice(1);
}

function checkInput(given: Shape, problem: Contract): void {
  if (problem.input.shapes.some((shape) => fits(given, shape))) return;
  throw candidate(
    'wrong-input-shape',
    `The model takes inputs of shape ${show(given)}; ${problem.id} gives ${problem.input.shapes.map(show).join(' or ')}.`,
    `Input of this problem: ${problem.input.description}`,
  );
}

function checkOutput(given: Shape, problem: Contract): void {
  if (problem.outputs.some(({ shape }) => fits(given, shape))) return;
  const expected = problem.outputs.map(
    ({ shape, description }) => `${show(shape)} (${description})`,
  );
  throw candidate(
    'wrong-output-shape',
    `The model gives outputs of shape ${show(given)}; ${problem.id} expects ${expected.join(' or ')}.`,
  );
}

/** A null axis of either side takes any size. */
function fits(given: Shape, expected: Shape): boolean {
  if (given.length !== expected.length) return false;
  return given.every((size, axis) => {
    const wanted = expected[axis];
    return size === null || wanted === null || size === wanted;
  });
}

export function show(shape: Shape): string {
  return `[${shape.map((size) => size ?? 'None').join(', ')}]`;
}

const bytesPerValue = 4;

function checkLimits(summary: ModelSummary, batchSize: number, problem: Contract): void {
  const { limits } = problem;
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
  const values = summary.layers.reduce((sum, layer) => sum + valuesOf(layer, problem), 0);
  // Forward values and their gradients are both alive at the end of the forward pass.
  const mebibytes = Math.ceil((2 * values * batchSize * bytesPerValue) / 2 ** 20);
  if (mebibytes > limits.activationMegabytes) {
    throw tooLarge(
      `The layers take ${format(mebibytes)} MiB for one batch of ${format(batchSize)}`,
      limits.activationMegabytes,
      'Take a smaller batchSize, or fewer or smaller layers.',
    );
  }
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

/** An axis without a size has the longest that the problem's inputs have. */
function valuesOf(layer: LayerSummary, problem: Contract): number {
  const sizes = problem.input.shapes.flat().filter((size) => size !== null);
  const longest = Math.max(...sizes);
  return layer.outputShape.reduce<number>((product, size) => product * (size ?? longest), 1);
}

function format(value: number): string {
  return value.toLocaleString('en-US');
}

function candidate(code: string, message: string, help?: string): GraderError {
  return new GraderError({ fault: 'candidate', code, message, ...(help ? { help } : {}) });
}
