import type {
  Finding,
  GradeReport,
  ModelSummary,
  RateRun,
  Recipe,
  SeedRun,
  TrainProgress,
} from '../contract.ts';
import type { PrepareProgress } from '../prepare/prepare.ts';
import type { SetupEvent } from '../setup/engine.ts';

export type GradeStage =
  'submission' | 'data' | 'engine' | 'training' | 'predicting' | 'scoring' | 'explaining';

interface RateEvent extends RateRun {
  /** From 1. */
  readonly number: number;
  readonly of: number;
}

interface SeedEvent {
  readonly seed: number;
  /** From 1. */
  readonly number: number;
  readonly of: number;
  readonly run: SeedRun | null;
}

/** Whoever follows a grading: the terminal, a log. */
export interface GradeListener {
  onStage?(stage: GradeStage): void;
  onModel?(model: ModelSummary): void;
  /** What is trained, after its model; a model file that is graded as it comes has none. */
  onRecipe?(recipe: Recipe, seed: number): void;
  /** What a recipe is told before it is trained; the report has it too. */
  onFinding?(finding: Finding): void;
  /** One of several seeds begins (its run is null) or is done. */
  onSeed?(event: SeedEvent): void;
  /** A short training at another learning rate is done; the loss is null where it was no number. */
  onRate?(event: RateEvent): void;
  onSetup?(event: SetupEvent): void;
  onPrepare?(progress: PrepareProgress): void;
  /** The epochs are those of the recipe; 0 where nothing is trained. */
  onTrain?(progress: TrainProgress, epochs: number): void;
  /** One line for the log: what the candidate's code or TensorFlow printed. */
  onLog?(line: string): void;
  /** The last event, before the report is written. */
  onEnd?(report: GradeReport): void;
}
