import { within } from '../../errors.ts';
import { productOf, sumOf } from '../../sizes.ts';
import type { AnyDefinition, WeightSpec } from '../layers/definition.ts';
import type { Shape } from '../layers/shapes.ts';
import type { Variable } from '../tensorflow/tf.ts';

/** An array of numbers of a model. */
export interface Weight {
  /** The name that the layer's definition has for it. */
  readonly key: string;
  /** Unique in the model: `dense/kernel`. */
  readonly name: string;
  readonly spec: WeightSpec;
  /** Whether an optimizer changes it. */
  readonly isTrained: boolean;
}

interface AnyLayer {
  readonly name: string;
  readonly className: string;
  /** As the document has it. */
  readonly config: Readonly<Record<string, unknown>>;
  readonly isTrainable: boolean;
  /** Of its random numbers; null where the model's seed decides. */
  readonly seed: number | null;
  /** Its own, in the order in which they get their first values. */
  readonly weights: readonly Weight[];
  /** The layers of a wrapper or of a model within the model. */
  readonly within: readonly Layer[];
  /** What its first call gives first. */
  readonly output: Shape;
}

export interface PlainLayer extends AnyLayer {
  readonly kind: 'plain';
  readonly definition: AnyDefinition;
  readonly options: Readonly<Record<string, unknown>>;
  /** Weights that its options leave out. */
  readonly absent: readonly string[];
  readonly inner: Readonly<Record<string, Layer>>;
}

interface ModelLayer extends AnyLayer {
  readonly kind: 'model';
  readonly model: ModelPlan;
}

export type Layer = PlainLayer | ModelLayer;

/** One call of a layer; an input of the model is one without inputs. */
export interface Node {
  readonly layer: Layer;
  /** How many calls of the layer come before it. */
  readonly call: number;
  readonly inputs: readonly Value[];
  readonly shapes: readonly Shape[];
}

/** What a call gives. */
export interface Value {
  readonly node: Node;
  readonly index: number;
  readonly shape: Shape;
}

/** A model's layers, calls and shapes, without values. */
export interface ModelPlan {
  readonly className: 'Sequential' | 'Functional';
  readonly name: string;
  /** In Keras's order, in which weights stand as well. */
  readonly layers: readonly Layer[];
  /** In the order in which weights get their first values. */
  readonly built: readonly Layer[];
  /** Those that the outputs need, in the order in which they run, without inputs. */
  readonly nodes: readonly Node[];
  readonly inputs: readonly Value[];
  readonly outputs: readonly Value[];
  /** Those that are trained first. */
  readonly weights: readonly Weight[];
}

/** A model with values. */
export interface Model extends ModelPlan {
  readonly variables: ReadonlyMap<Weight, Variable>;
}

/** A layer's weights, those of the layers within it included, as Keras orders them. */
export function weightsOf(layer: Layer): readonly Weight[] {
  const all = [...layer.weights, ...layer.within.flatMap(weightsOf)];
  return [...all.filter(isForTraining), ...all.filter((weight) => !isForTraining(weight))];
}

/** The layers by whose names a file lists weights: of a model in a wrapper, its own ones. */
export function listedLayers(layers: readonly Layer[]): readonly Layer[] {
  return layers.flatMap((layer) => {
    const models = layer.kind === 'plain' ? layer.within.flatMap(modelsIn) : [];
    return models.length === 0
      ? [layer]
      : models.flatMap(({ model }) => listedLayers(model.layers));
  });
}

function modelsIn(layer: Layer): readonly ModelLayer[] {
  return layer.kind === 'model' ? [layer] : layer.within.flatMap(modelsIn);
}

/** The same in the order in which they get their first values. */
export function createdWeights(layer: Layer): readonly Weight[] {
  const within = layer.kind === 'model' ? layer.model.built : layer.within;
  return [...layer.weights, ...within.flatMap(createdWeights)];
}

/** Those that are trained, of all layers, then the others. */
export function orderedWeights(layers: readonly Layer[]): readonly Weight[] {
  const all = layers.flatMap(weightsOf);
  return [...all.filter(isTrained), ...all.filter((weight) => !isTrained(weight))];
}

/** Numbers in all of them. Throws with fault `limit` at the weight up to which they cannot be counted. */
export function parametersOf(weights: readonly Weight[]): number {
  return weights.reduce(
    (sum, { name, spec }) => within(`weight ${name}`, () => sumOf([sum, productOf(spec.shape)])),
    0,
  );
}

export function trainedWeights({ weights }: Pick<ModelPlan, 'weights'>): readonly Weight[] {
  return weights.filter(isTrained);
}

export function variableOf({ variables }: Pick<Model, 'variables'>, weight: Weight): Variable {
  const variable = variables.get(weight);
  if (variable) return variable;
  throw new Error(`the model has no weight ${weight.name}`);
}

/** Every weight's variable, trained or not, in the model's order. */
export function variablesOf(model: Model): Variable[] {
  return model.weights.map((weight) => variableOf(model, weight));
}

export function disposeModel({ variables }: Pick<Model, 'variables'>): void {
  for (const variable of variables.values()) variable.dispose();
}

function isTrained(weight: Weight): boolean {
  return weight.isTrained;
}

/** Whether it is, where the layer is not frozen. */
function isForTraining({ spec }: Weight): boolean {
  return spec.isTrained !== false;
}
