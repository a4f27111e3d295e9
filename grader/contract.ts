/** Every type that crosses a module. Plain data; imports nothing. */

// --- arrays -----------------------------------------------------------------------------------

export type Dtype = 'float32' | 'int32' | 'uint8';

/** A dense array in memory, row-major. */
export interface NdArray {
  readonly dtype: Dtype;
  readonly shape: readonly number[];
  readonly data: Float32Array | Int32Array | Uint8Array;
}

/** The same array as a file: raw little-endian values, row-major, no header. */
export interface ArrayFile {
  readonly path: string;
  readonly dtype: Dtype;
  readonly shape: readonly number[];
}

// --- problems ---------------------------------------------------------------------------------

export type Task = 'regression' | 'multiclass' | 'binary' | 'forecast';
export type MetricId = 'mse' | 'mae' | 'accuracy';
export type Better = 'lower' | 'higher';

/** One axis is a size, or null where any size is taken. The batch axis is not part of a shape. */
export type Shape = readonly (number | null)[];

export interface DatasetFile {
  readonly name: string;
  /** Size of the file in bytes, or null where no source states it. */
  readonly bytes: number | null;
  readonly sha256: string;
  /** SHA-256 of the content after gunzip, for files whose gzip header is rewritten by packagers. */
  readonly contentSha256?: string;
  /** Canonical addresses, tried in order. Empty when this variant is only found in a mirror. */
  readonly urls: readonly string[];
}

export interface DatasetVariant {
  readonly id: string;
  readonly title: string;
  readonly files: readonly DatasetFile[];
}

export interface DatasetDefinition {
  readonly id: string;
  readonly title: string;
  readonly licence: string;
  readonly citation: string;
  readonly homepage: string;
  /** True where the files lie inside the package, in `data/`. */
  readonly bundled?: boolean;
  readonly systemPackage?: { readonly debian: string; readonly directory: string };
  /** In order of preference; the first variant whose files are all found is used. */
  readonly variants: readonly DatasetVariant[];
}

export interface Bar {
  readonly points: 1 | 2 | 3 | 4 | 5;
  readonly value: number;
}

export interface Profile {
  readonly title: string;
  /** Where the numbers come from. */
  readonly source: string;
  /** True when a metric equal to the bar reaches it. */
  readonly inclusive: boolean;
  /** Five bars, from 5 points down to 1. */
  readonly bars: readonly Bar[];
}

/** `problem.json`, checked by `grader/problem-schema.ts`. */
export interface ProblemDefinition {
  readonly id: string;
  readonly title: string;
  readonly category: 1 | 2 | 3 | 4 | 5;
  readonly summary: string;
  readonly task: Task;
  readonly input: {
    readonly shapes: readonly Shape[];
    readonly dtype: 'float32' | 'int32';
    readonly description: string;
  };
  readonly outputs: readonly { readonly shape: Shape; readonly description: string }[];
  /** Class names by label, for classification. */
  readonly classes?: readonly string[];
  readonly dataset: DatasetDefinition;
  readonly metric: {
    readonly id: MetricId;
    readonly name: string;
    readonly unit: string;
    readonly better: Better;
  };
  /** Always has `strict`; `exam` where a published rule exists. */
  readonly profiles: { readonly strict: Profile; readonly exam?: Profile };
  readonly passMark: number;
  readonly limits: {
    readonly trainingSeconds: number;
    readonly parameters: number;
    readonly layers: number;
    /** Bound on the memory that one training batch's activations would need, in MiB. */
    readonly activationMegabytes: number;
  };
  /** Text problems: how many word ids a recipe may use. */
  readonly vocabulary?: { readonly default: number; readonly maximum: number };
  /** True where `data.ts` can generate a sample set. */
  readonly sample: boolean;
}

/** How stored inputs become what the model sees, applied in this order. */
export interface InputDecoding {
  /** Bilinear resize with half-pixel centres to [height, width]. */
  readonly resize?: readonly [number, number];
  /** Factor after the resize, 1/255 for bytes. */
  readonly scale?: number;
}

export interface Split {
  readonly inputs: NdArray;
  readonly targets: NdArray;
}

/** What a package's `data.ts` returns. */
export interface ProblemData {
  readonly training: Split;
  readonly validation: Split;
  readonly heldOut: Split;
  readonly decoding: InputDecoding;
  /** Facts the candidate must know: rows dropped, values imputed, variant in use. */
  readonly notes: readonly string[];
  /** For the forecast plot: the label of each held-out example (a date), in order. */
  readonly heldOutLabels?: readonly string[];
}

/** The verified files of one data set variant. */
export interface DataFiles {
  readonly variant: string;
  bytes(name: string): Promise<Uint8Array>;
}

/** A problem package: its folder, its definition and its two pure functions. */
export interface Problem {
  readonly directory: string;
  readonly definition: ProblemDefinition;
  prepare(files: DataFiles): Promise<ProblemData>;
  /** Generated data, the same for the same seed. */
  sample?(seed: number): ProblemData;
}

/** Where the data of a grading came from; printed in the report. */
export interface DataSource {
  readonly dataset: string;
  readonly variant: string;
  readonly sample: boolean;
  readonly sampleSeed?: number;
}

/** What the preparer leaves for the trainer: inputs everywhere, targets of the open parts only. */
export interface PreparedData {
  readonly source: DataSource;
  readonly notes: readonly string[];
  readonly decoding: InputDecoding;
  readonly training: { readonly inputs: ArrayFile; readonly targets: ArrayFile };
  readonly validation: { readonly inputs: ArrayFile; readonly targets: ArrayFile };
  readonly heldOut: { readonly inputs: ArrayFile };
}

/** What the preparer leaves for the scorer, in another folder. */
export interface HeldOutTargets {
  readonly targets: ArrayFile;
  readonly labels?: readonly string[];
  /** The metric that the best constant prediction reaches, for the report. */
  readonly trainingTargetMean?: number;
}

// --- recipe: the one document a submission becomes ----------------------------------------------

/** A Keras object: class name and snake_case config, as in Keras JSON. */
export interface KerasObject {
  readonly class_name: string;
  readonly config: Readonly<Record<string, unknown>>;
}

export interface LayerConfig extends KerasObject {
  /** Functional models only. */
  readonly name?: string;
  readonly inbound_nodes?: unknown;
}

export type Mode = 'auto' | 'min' | 'max';

export type Callback =
  | {
      readonly class_name: 'EarlyStopping';
      readonly config: {
        readonly monitor: string;
        readonly min_delta: number;
        readonly patience: number;
        readonly mode: Mode;
        readonly baseline: number | null;
        readonly restore_best_weights: boolean;
        readonly start_from_epoch: number;
      };
    }
  | {
      /** Keras's ModelCheckpoint(save_best_only) followed by load_weights: the best epoch is kept. */
      readonly class_name: 'ModelCheckpoint';
      readonly config: { readonly monitor: string; readonly mode: Mode };
    }
  | {
      /** Training ends after the first epoch in which every condition holds. */
      readonly class_name: 'StopWhen';
      readonly config: {
        readonly conditions: readonly {
          readonly metric: string;
          readonly above: number | null;
          readonly below: number | null;
        }[];
      };
    }
  | {
      /** The rate of each epoch; the function was evaluated when the recipe was described. */
      readonly class_name: 'LearningRateScheduler';
      readonly config: { readonly values: readonly number[] };
    }
  | {
      readonly class_name: 'ReduceLROnPlateau';
      readonly config: {
        readonly monitor: string;
        readonly factor: number;
        readonly patience: number;
        readonly mode: Mode;
        readonly min_delta: number;
        readonly cooldown: number;
        readonly min_lr: number;
      };
    };

/** The eight ImageDataGenerator options, with `cval` and Keras's meaning of each. */
export interface Augmentation {
  readonly rotation_range: number;
  readonly width_shift_range: number;
  readonly height_shift_range: number;
  readonly shear_range: number;
  /** [lower, upper] factors; `0.2` in a recipe becomes [0.8, 1.2]. */
  readonly zoom_range: readonly [number, number];
  readonly horizontal_flip: boolean;
  readonly vertical_flip: boolean;
  readonly fill_mode: 'constant' | 'nearest' | 'reflect' | 'wrap';
  readonly cval: number;
}

export interface FitOptions {
  readonly epochs: number;
  readonly batch_size: number;
  readonly steps_per_epoch: number | null;
  /** Share of the training part held back for validation; 0 uses the package's validation part. */
  readonly validation_split: number;
  readonly validation_freq: number;
  readonly shuffle: boolean;
  readonly seed: number | null;
  readonly class_weight: Readonly<Record<string, number>> | null;
  readonly callbacks: readonly Callback[];
}

export interface Recipe {
  readonly format: 'grader-recipe';
  readonly version: 1;
  readonly model: KerasObject;
  readonly compile: {
    readonly optimizer: KerasObject;
    readonly loss: KerasObject;
    readonly metrics: readonly ('accuracy' | 'mae' | 'mse')[];
  };
  readonly fit: FitOptions;
  readonly augmentation: Augmentation | null;
  readonly vocabulary: number | null;
}

/** A file as it was opened: the document and how it was read. */
export interface Submission {
  readonly file: string;
  readonly sha256: string;
  readonly format: string;
  readonly recipe: Recipe;
  /** Things accepted with a remark, such as an ignored `rescale`. */
  readonly notes: readonly string[];
}

// --- training ---------------------------------------------------------------------------------

export interface TrainJob {
  readonly recipe: Recipe;
  readonly problem: Pick<ProblemDefinition, 'id' | 'task' | 'input' | 'outputs' | 'limits'>;
  readonly data: PreparedData;
  readonly seed: number;
  /** Word ids at or above this become `<OOV>` (1); null leaves ids alone. */
  readonly vocabulary: number | null;
  /** Where model and predictions are written. */
  readonly directory: string;
  readonly trainingSeconds: number;
}

export interface LayerSummary {
  readonly name: string;
  readonly className: string;
  readonly outputShape: Shape;
  readonly parameters: number;
}

export interface ModelSummary {
  readonly layers: readonly LayerSummary[];
  readonly parameters: number;
  readonly trainableParameters: number;
  readonly inputShape: Shape;
  readonly outputShape: Shape;
}

/** One finished epoch; `logs` has loss, metrics and their `val_` counterparts. */
export interface EpochRecord {
  /** Counts from 1. */
  readonly epoch: number;
  readonly seconds: number;
  readonly learningRate: number;
  readonly logs: Readonly<Record<string, number>>;
}

export type StoppedBy = 'epochs' | 'early-stopping' | 'stop-when' | 'time-limit' | 'not-finite';

export interface TrainEnvironment {
  readonly tensorflow: string;
  readonly tfjs: string;
  readonly device: string;
  readonly threads: number;
  readonly oneDnn: boolean;
}

export interface TrainResult {
  readonly model: ModelSummary;
  readonly history: readonly EpochRecord[];
  readonly stoppedBy: StoppedBy;
  /** The epoch whose weights were graded; it differs from the last where the best was kept. */
  readonly gradedEpoch: number;
  readonly predictions: ArrayFile;
  readonly trainSeconds: number;
  readonly predictSeconds: number;
  readonly environment: TrainEnvironment;
  readonly notes: readonly string[];
}

/** What the worker says while it works. */
export type TrainMessage =
  | { readonly type: 'model'; readonly model: ModelSummary; readonly batches: number }
  | {
      readonly type: 'batch';
      readonly epoch: number;
      readonly batch: number;
      readonly batches: number;
      readonly logs: Readonly<Record<string, number>>;
    }
  | { readonly type: 'epoch'; readonly record: EpochRecord }
  | { readonly type: 'predicting'; readonly done: number; readonly total: number }
  | { readonly type: 'done'; readonly result: TrainResult }
  | { readonly type: 'failed'; readonly failure: Failure };

// --- scoring ----------------------------------------------------------------------------------

export interface ScoreJob {
  readonly task: Task;
  readonly metric: ProblemDefinition['metric'];
  readonly classes: readonly string[];
  readonly profile: Profile;
  readonly predictions: ArrayFile;
  readonly heldOut: HeldOutTargets;
}

export interface ClassScores {
  readonly name: string;
  readonly precision: number;
  readonly recall: number;
  readonly f1: number;
  readonly support: number;
}

export interface ClassificationDetails {
  readonly kind: 'classification';
  readonly accuracy: number;
  /** `confusion[actual][predicted]`, counts. */
  readonly confusion: readonly (readonly number[])[];
  readonly classes: readonly ClassScores[];
  readonly macroF1: number;
  /** One-vs-rest macro average; null where a class is missing from the targets. */
  readonly rocAuc: number | null;
  /** The most frequent errors, worst first, each with up to eight held-out row numbers. */
  readonly confusions: readonly {
    readonly actual: number;
    readonly predicted: number;
    readonly count: number;
    readonly rows: readonly number[];
  }[];
}

export interface RegressionDetails {
  readonly kind: 'regression';
  readonly mae: number;
  readonly mse: number;
  readonly rmse: number;
  readonly r2: number | null;
  /** Huber loss with delta 1, as in Keras. */
  readonly huber: number;
  readonly actual: readonly number[];
  readonly predicted: readonly number[];
  /** Dates of a forecast, one per row; absent for other regressions. */
  readonly labels?: readonly string[];
}

export interface BarResult extends Bar {
  readonly reached: boolean;
}

export interface ScoreResult {
  /** Value of the problem's metric, with its standard error. */
  readonly value: number;
  readonly standardError: number;
  /** The same metric for a model that always gives the best constant. */
  readonly constantBaseline: number;
  readonly points: number;
  readonly bars: readonly BarResult[];
  readonly rows: number;
  /** How the output was read: "argmax of 10 outputs", "last of 30 steps". */
  readonly outputReading: string;
  readonly details: ClassificationDetails | RegressionDetails;
}

// --- faults -----------------------------------------------------------------------------------

/** Whose fault a failure is. Only `candidate` and `limit` concern the submission. */
export type Fault = 'usage' | 'candidate' | 'limit' | 'package' | 'machine' | 'interrupted';

export interface Failure {
  readonly fault: Fault;
  /** Stable, kebab-case, for machines. */
  readonly code: string;
  /** One or two sentences: what is wrong, where, what came. */
  readonly message: string;
  /** What to do about it. */
  readonly help?: string;
}

// --- the report: one result, many renderings ------------------------------------------------------

export type Verdict =
  | 'passed'
  | 'below-pass-mark'
  | 'invalid-submission'
  | 'limit-exceeded'
  | 'package-fault'
  | 'machine-fault'
  | 'interrupted';

export interface GradeReport {
  readonly format: 'grade-report';
  readonly version: 1;
  /** ISO 8601, UTC. */
  readonly startedAt: string;
  readonly finishedAt: string;
  readonly problem: Pick<
    ProblemDefinition,
    'id' | 'title' | 'category' | 'task' | 'metric' | 'passMark' | 'classes'
  >;
  readonly profile: { readonly id: 'strict' | 'exam' } & Profile;
  readonly submission: {
    readonly file: string;
    readonly sha256: string | null;
    readonly format: string | null;
  };
  readonly verdict: Verdict;
  /** 0 to 5; null when nothing was graded. */
  readonly points: number | null;
  readonly failure: Failure | null;
  readonly data: DataSource | null;
  /** Flags and notes of every stage, in order. */
  readonly notes: readonly string[];
  readonly recipe: Recipe | null;
  readonly training: Omit<TrainResult, 'predictions' | 'environment' | 'notes'> | null;
  readonly score: ScoreResult | null;
  readonly environment: {
    readonly grader: string;
    readonly node: string;
    readonly platform: string;
    readonly cpu: string;
    readonly cores: number;
    readonly seed: number;
    readonly sandbox: string;
  } & Partial<TrainEnvironment>;
  /** Example held-out images of the worst confusions; null where inputs are not images. */
  readonly images: readonly ExampleImage[] | null;
}

export interface ExampleImage {
  readonly row: number;
  readonly actual: number;
  readonly predicted: number;
  /** `data:image/png;base64,...`, made by the grader from its own data. */
  readonly dataUrl: string;
}
