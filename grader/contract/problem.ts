import type { Better, MetricId } from '../metrics/metric.ts';
import type { ArrayFile, LazyArray, NdArray } from './arrays.ts';
import type { DescribedRows } from './examples.ts';
import type { Count, Integer, Ordinal, Points } from './numbers.ts';
import type { Task } from './task.ts';

/** One axis is a size, or null where any size is taken. The batch axis is not part of a shape. */
export type Shape = readonly (Count | null)[];

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
  /**
   * Five bars, from 5 points down to 1.
   * @minItems 5
   * @maxItems 5
   */
  readonly bars: readonly Bar[];
}

export type Disclosure = 'rows' | 'totals';

/** `problem.json`, checked by `problems/load-definition.ts`. */
export interface ProblemDefinition {
  readonly id: string;
  /** Counts up with each change that may change a score. */
  readonly version: Ordinal;
  readonly title: string;
  /** By which problems are listed. */
  readonly category: Ordinal;
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
  readonly passMark: Points;
  readonly limits: {
    readonly trainingSeconds: number;
    readonly parameters: number;
    readonly layers: number;
    /** Bound on the memory that one training batch's activations would need, in MiB. */
    readonly activationMegabytes: number;
  };
  /** Text problems: how many word ids a recipe may use. */
  readonly vocabulary?: { readonly default: number; readonly maximum: number };
  /** Forecasts: lowest and highest value of the training part, by which the series is scaled. */
  readonly seriesRange?: readonly [number, number];
  /**
   * What a report tells of held-out rows: each of them, or totals alone, where an exam keeps its data secret.
   * Rows where it is left out.
   */
  readonly disclosure?: Disclosure;
  /** True where `data.ts` can generate a sample set. */
  readonly sample: boolean;
  /**
   * Its texts in other languages, by the code of each and the English text: `problem.ko.json` beside it, which may
   * be left out.
   */
  readonly texts?: Readonly<Record<string, Readonly<Record<string, string>>>>;
}

/** How stored inputs become what the model sees, applied in this order. */
export interface InputDecoding {
  /** Bilinear resize with half-pixel centres to [height, width]. */
  readonly resize?: readonly [number, number];
  /** Factor after the resize, 1/255 for bytes. */
  readonly scale?: number;
}

export interface Split<Inputs extends NdArray | LazyArray = NdArray> {
  readonly inputs: Inputs;
  readonly targets: NdArray;
}

/** What a package's `data.ts` returns. */
export interface ProblemData<Inputs extends NdArray | LazyArray = NdArray> {
  readonly training: Split<Inputs>;
  readonly validation: Split<Inputs>;
  readonly heldOut: Split<Inputs>;
  readonly decoding: InputDecoding;
  /** Facts the candidate must know: rows dropped, values imputed, variant in use. */
  readonly notes: readonly string[];
  /** For the forecast plot: the label of each held-out example (a date), in order. */
  readonly heldOutLabels?: readonly string[];
  /** What the held-out rows are for people; without it a report shows the inputs themselves. */
  readonly heldOutRows?: DescribedRows;
}

/** The verified files of one data set variant. */
export interface DataFiles {
  readonly variant: string;
  /** The package's own folder, for what it brings beside its data set. */
  readonly directory: string;
  bytes(name: string): Promise<Uint8Array>;
  /** For a file that is read in parts. */
  path(name: string): string;
}

/** A problem package as everybody knows it: its folder and its definition. */
export interface Problem {
  readonly directory: string;
  readonly definition: ProblemDefinition;
}

/** What a package's `data.ts` exports: two pure functions, run by the preparer alone. */
export interface ProblemCode {
  prepare(files: DataFiles): Promise<ProblemData<NdArray | LazyArray>>;
  /** Generated data, the same for the same seed. */
  sample?(seed: number): ProblemData;
}

/** Where the data of a grading came from; printed in the report. */
export interface DataSource {
  readonly dataset: string;
  readonly variant: string;
  readonly sample: boolean;
  readonly sampleSeed?: Integer;
}

/** How many held-out rows the training or the validation part has as well. */
export interface SharedRows {
  /** Of the held-out part. */
  readonly rows: Count;
  /** With the same values. */
  readonly exact: Count;
  /** With values that are nearly the same, by the kind of the data; of a series there are none. */
  readonly near: Count;
  readonly kind: 'words' | 'pictures' | 'features' | 'series';
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

/** A forecast that needs no model, of each held-out row. */
export interface BaselineForecast {
  readonly id: 'persistence' | 'autoregression';
  /** Values of the window that it looks at. */
  readonly order: Count;
  readonly predicted: readonly number[];
}

/** What the preparer leaves for the scorer, in another folder. */
export interface HeldOutTargets {
  readonly targets: ArrayFile;
  readonly labels?: readonly string[];
  /** What a model that knows only the training targets guesses for every row, by the metric. */
  readonly bestConstant?: number;
  /** Of a forecast. */
  readonly baselines?: readonly BaselineForecast[];
}
