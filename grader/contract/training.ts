import type { ArrayFile } from './arrays.ts';
import type { TrainersFindings } from './findings.ts';
import type { Count, NotNegative, Ordinal } from './numbers.ts';
import type { TrainedModel } from './model-file.ts';
import type { PreparedData, ProblemDefinition, Shape } from './problem.ts';
import type { Recipe } from './recipe.ts';

export interface TrainJob {
  readonly recipe: Recipe;
  readonly model: ModelSummary;
  readonly problem: Pick<ProblemDefinition, 'task' | 'input'>;
  readonly data: PreparedData;
  readonly seed: number;
  /** Word ids at or above this become `<OOV>` (1); null leaves ids alone. */
  readonly vocabulary: number | null;
  /** Where model and predictions are written. */
  readonly directory: string;
  readonly trainingSeconds: number;
  /** The addon of the engine in use. */
  readonly addon: string;
  /** True where training on a CPU is not what was asked for. */
  readonly needsGpu: boolean;
  readonly plan: ExecutionPlan;
  readonly room: RoomPlan;
}

/** What a training's activations leave room for in memory. */
export interface RoomPlan {
  /** Rows predicted at once. */
  readonly predicted: number;
  /** Batches of an evaluation that may be under way at once. */
  readonly evaluations: number;
}

/** A model with its weights, of which only predictions are wanted. */
export interface EvaluateJob {
  readonly trained: TrainedModel;
  readonly problem: Pick<
    ProblemDefinition,
    'task' | 'input' | 'metric' | 'classes' | 'seriesRange'
  >;
  readonly data: PreparedData;
  /** Word ids at or above this become `<OOV>` (1); null leaves ids alone. */
  readonly vocabulary: number | null;
  readonly areLogits: boolean;
  /** Hints are looked for where the metric of the validation part is worse than this; null: nowhere. */
  readonly poorBeyond: number | null;
  /** And are given where they would make it at least this good. */
  readonly worthFrom: number;
  /** Where predictions are written. */
  readonly directory: string;
  /** For building the model and all predictions together. */
  readonly seconds: number;
  readonly addon: string;
  /** True where predicting on a CPU is not what was asked for. */
  readonly needsGpu: boolean;
  readonly plan: PredictionPlan;
}

export interface EvaluateResult {
  readonly predictions: ArrayFile;
  readonly predictSeconds: number;
  readonly environment: Omit<TrainEnvironment, 'execution'>;
  /** What may be wrong with how the model was trained, found on the validation part. */
  readonly found: TrainersFindings;
  readonly probes: ModelProbes;
}

/** How a training uses the machine; a function of the program and of the threads alone. */
export interface ExecutionPlan {
  /** Threads inside of one op. */
  readonly intraOp: number;
  /** Ops that run side by side. */
  readonly interOp: number;
  /** Parts of each batch whose gradients are computed side by side. */
  readonly shards: number;
  /** oneDNN's kernels, which make large products and convolutions faster and the first step later. */
  readonly oneDnn: boolean;
  /** Whether a GPU trains the model faster, where there is one. */
  readonly gpuPays: boolean;
}

export interface PredictionPlan extends ExecutionPlan {
  /** Rows predicted at once, so that their activations fit in memory. */
  readonly batch: number;
}

export interface LayerSummary {
  readonly name: string;
  readonly className: string;
  readonly outputShape: Shape;
  readonly parameters: Count;
  /** Places in the list of the layers whose outputs its calls take, ascending. Older reports have none. */
  readonly inputs?: readonly Count[];
}

export interface ModelSummary {
  readonly layers: readonly LayerSummary[];
  readonly parameters: Count;
  readonly trainableParameters: Count;
  readonly inputShape: Shape;
  readonly outputShape: Shape;
}

/**
 * The L2 norm of the gradients of all weights together, as they come, before any clipping: of the first
 * step of an epoch and each tenth one after it.
 */
export interface GradientNorm {
  readonly mean: number;
  readonly largest: number;
}

/** A model as such, without a problem that it is for. */
export interface ModelSurvey extends ModelSummary {
  /** Of every input and output, without the batch axis. */
  readonly inputs: readonly Shape[];
  readonly outputs: readonly Shape[];
  /** Floating-point operations of one example's forward pass, two for each multiply-add. */
  readonly flops: number;
  /** Bytes of what all layers hold for one example, as float32. */
  readonly activationBytes: number;
}

/** One finished epoch; `logs` has loss, metrics and their `val_` counterparts. */
export interface EpochRecord {
  readonly epoch: Ordinal;
  readonly seconds: NotNegative;
  readonly learningRate: number;
  readonly gradientNorm: GradientNorm;
  readonly logs: Readonly<Record<string, number>>;
}

export type StoppedBy =
  'epochs' | 'early-stopping' | 'stop-when' | 'time-limit' | 'not-finite' | 'interrupted';

/** The code of a failure: not even the first epoch had a finite loss. */
export const lossNotFinite = 'loss-not-finite';

export interface TrainEnvironment {
  readonly tensorflow: string;
  readonly tfjs: string;
  readonly device: string;
  readonly threads: Count;
  readonly oneDnn: boolean;
  readonly execution: Execution;
}

/**
 * How the training ran: as one TensorFlow graph, or op by op because of the reason.
 * @discriminator mode
 */
export type Execution =
  | {
      readonly mode: 'graph';
      /** Parts of each batch whose gradients were computed side by side. */
      readonly shards: Ordinal;
    }
  | { readonly mode: 'eager'; readonly reason: string };

/** A few training pictures, and what the augmentation of a recipe makes of each. */
export interface AugmentationSample {
  /** Of the training part. */
  readonly rows: readonly Count[];
  /** How often each was augmented. */
  readonly draws: Count;
  readonly height: Count;
  readonly width: Count;
  readonly channels: 1 | 3;
  /** Bytes [rows, 1 + draws, height, width, channels] in base64: each row as it is, then as it was augmented. */
  readonly pixels: string;
}

export interface TrainResult {
  readonly model: ModelSummary;
  readonly history: readonly EpochRecord[];
  readonly stoppedBy: StoppedBy;
  /** The epoch whose weights were graded; it differs from the last where the best was kept. */
  readonly gradedEpoch: Count;
  readonly predictions: ArrayFile;
  readonly trainSeconds: NotNegative;
  readonly predictSeconds: NotNegative;
  readonly environment: TrainEnvironment;
  readonly notes: readonly string[];
  readonly probes: ModelProbes;
  /** Null where there was no time to look. */
  readonly insides: Insides | null;
  /** Null where nothing is augmented, or inputs are no pictures. */
  readonly augmented: AugmentationSample | null;
}

/** What the layers of a trained model are given and give, on some rows of the training part. */
export interface Insides {
  readonly rows: Count;
  /** What the first layer with weights to train, normalizations aside, is given; null for word ids. */
  readonly inputs: Scale | null;
  /** Null in a classification. */
  readonly targets: Scale | null;
  /** Of each layer whose activation is 0 for all that is below 0, as relu. */
  readonly units: readonly UnitCount[];
}

/** Of numbers, whatever their axes. */
export interface Scale {
  readonly mean: number;
  /** Standard deviation. */
  readonly deviation: NotNegative;
  /** Regardless of its sign. */
  readonly largest: NotNegative;
}

export interface UnitCount {
  readonly layer: string;
  readonly units: Count;
  /** That were 0 on every row, and everywhere in it. */
  readonly dead: Count;
}

/** What was tried with a model after its predictions; it changes neither them nor the score. */
export interface ModelProbes {
  /** Null where the output is no sequence, or it was not tried. */
  readonly laterSteps: LaterSteps | null;
  /** Of weights that were handed in; null where inputs are words, or it was not tried. */
  readonly perturbedInputs?: PerturbedInputs | null;
}

/** How answers change with noise of a thousandth of the inputs' standard deviation. */
export interface PerturbedInputs {
  readonly rows: Count;
  /** Of them, rows that got another class, or a value a tenth of the answers' standard deviation away. */
  readonly changed: Count;
}

/** How outputs move when the inputs of later steps change. */
export interface LaterSteps {
  /** The first so many steps were looked at; what comes after them was changed. */
  readonly steps: Count;
  readonly rows: Count;
  /** The most that one of their outputs moved, in standard deviations of the outputs; 0 for rounding. */
  readonly moved: NotNegative;
}

/** What the trainer says while it works. */
export type TrainProgress =
  /** The time begins to count. */
  | { readonly type: 'started' }
  | {
      readonly type: 'batch';
      readonly epoch: number;
      readonly batch: number;
      readonly batches: number;
      readonly logs: Readonly<Record<string, number>>;
    }
  | { readonly type: 'epoch'; readonly record: EpochRecord }
  | { readonly type: 'validation'; readonly epoch: number }
  | { readonly type: 'predicting'; readonly done: number; readonly total: number };
