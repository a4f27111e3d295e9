import type {
  KerasObject,
  ModelSummary,
  ProblemDefinition,
  RecipeSubmission,
  TrainedModel,
} from '../contract.ts';
import { isClassification } from '../contract/task.ts';
import { formOf } from '../engine/model/contract-check.ts';
import { showShape } from '../text/shape.ts';
import { embeddingSize, layersOf } from '../recipe/model-layers.ts';

/** How a model's inputs are given to it and its outputs are read. */
interface Reading {
  readonly vocabulary: number | null;
  readonly areLogits: boolean;
  /** What was fitted to the model; all of it is in the report. */
  readonly notes: readonly string[];
}

/** Fits inputs and outputs of a problem to a model file that leaves some of them open. */
export function readAsHandedIn(
  { model, fromLogits }: Pick<TrainedModel, 'model' | 'fromLogits'>,
  summary: Pick<ModelSummary, 'inputShape' | 'outputShape'>,
  problem: ProblemDefinition,
): Reading {
  const words = modelVocabulary(model, problem);
  const logits = readLogits({ model, fromLogits }, problem);
  return {
    vocabulary: words.vocabulary,
    areLogits: logits.areLogits,
    notes: [...formNotes(summary, problem), ...words.notes, ...logits.notes],
  };
}

/** Says which of several forms of input and output a model has, where it is not the usual one. */
function formNotes(
  { inputShape, outputShape }: Pick<ModelSummary, 'inputShape' | 'outputShape'>,
  { id, input, outputs }: ProblemDefinition,
): string[] {
  const [usual = []] = input.shapes;
  const isUsual = formOf(inputShape, [usual]) === 0;
  const output =
    outputs[
      formOf(
        outputShape,
        outputs.map(({ shape }) => shape),
      ) ?? 0
    ];
  return [
    ...(isUsual
      ? []
      : [
          `The model takes inputs of shape ${showShape(inputShape)}: the inputs of ${id}, ${showShape(usual)}, are given to it in that form.`,
        ]),
    ...(output === undefined || output === outputs[0]
      ? []
      : [`The model gives outputs of shape ${showShape(outputShape)}: ${output.description}.`]),
  ];
}

/** A model file's architecture is trained on as many words as its Embedding has, unless its recipe says. */
export function fitVocabulary(
  submission: RecipeSubmission,
  problem: ProblemDefinition,
): RecipeSubmission {
  const { recipe, isRetrained } = submission;
  if (!isRetrained || recipe.vocabulary !== null || !problem.vocabulary) return submission;
  const { vocabulary, notes } = modelVocabulary(recipe.model, problem);
  return {
    ...submission,
    recipe: { ...recipe, vocabulary },
    notes: [...submission.notes, ...notes],
  };
}

/**
 * Word ids for a model file: the problem's own number, or as many as a larger
 * Embedding takes.
 */
function modelVocabulary(
  model: KerasObject,
  { vocabulary }: Pick<ProblemDefinition, 'vocabulary'>,
): { readonly vocabulary: number | null; readonly notes: readonly string[] } {
  if (!vocabulary) return { vocabulary: null, notes: [] };
  const size = embeddingSize(model);
  const used = wordsFor(size, vocabulary);
  const others = 'other words are 1, <OOV>';
  if (size === null) {
    return {
      vocabulary: used,
      notes: [`Word ids below ${count(used)} are given to the model; ${others}.`],
    };
  }
  return {
    vocabulary: used,
    notes: [
      `The model's Embedding has ${count(size)} entries: word ids below ${count(used)} are given to it; ${others}.`,
    ],
  };
}

/** An Embedding often has room for more than the words it was trained on, never for less. */
function wordsFor(size: number | null, { default: usual, maximum }: VocabularyLimits): number {
  return size === null ? usual : size > usual ? Math.min(size, maximum) : size;
}

type VocabularyLimits = NonNullable<ProblemDefinition['vocabulary']>;

/** Logits by the file's own loss, or by its last activation where it has no loss. */
function readLogits(
  { model, fromLogits }: Pick<TrainedModel, 'model' | 'fromLogits'>,
  { task }: ProblemDefinition,
): { readonly areLogits: boolean; readonly notes: readonly string[] } {
  if (!isClassification(task) || fromLogits === false) return { areLogits: false, notes: [] };
  const become = 'they become probabilities before they are scored';
  if (fromLogits === true) {
    return {
      areLogits: true,
      notes: [`The loss in the file takes logits, so the outputs are logits: ${become}.`],
    };
  }
  if (!endsLinear(model)) return { areLogits: false, notes: [] };
  return {
    areLogits: true,
    notes: [
      `The file has no loss and the last layer no activation, so the outputs are taken as logits: ${become}.`,
    ],
  };
}

function endsLinear(model: KerasObject): boolean {
  const layers = layersOf(model);
  const outputs = model.config['output_layers'] as readonly (readonly unknown[])[] | undefined;
  const name = outputs?.[0]?.[0];
  const last =
    name === undefined ? layers.at(-1) : layers.find(({ config }) => config['name'] === name);
  return last?.class_name === 'Dense' && (last.config['activation'] ?? 'linear') === 'linear';
}

function count(value: number): string {
  return value.toLocaleString('en-US');
}
