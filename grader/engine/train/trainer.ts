import type { GradientNorm } from '../../contract.ts';

/** Mean `loss` and metrics, by their ids, over the examples of one pass. */
export type Logs = Readonly<Record<string, number>>;

/** A copy of every weight of the model. Whoever takes one disposes of it. */
export interface Snapshot {
  dispose(): void;
}

export interface EpochRequest {
  /** Row numbers of each step, in the order of training. */
  readonly batches: Iterable<Int32Array>;
  /** The learning rate of a step, from the optimizer's own number or schedule at that step. */
  readonly learningRate: (own: number) => number;
  /** Called after each step, or run of steps, with those done so far; true ends the epoch there. */
  readonly afterStep: (step: number, logs: Logs) => boolean;
}

export interface EpochOutcome {
  readonly logs: Logs;
  readonly learningRate: number;
  readonly gradientNorm: GradientNorm;
  /** Steps that were run; fewer than asked when `afterStep` ended it or the loss left the numbers. */
  readonly steps: number;
  readonly wasStopped: boolean;
}

/** The rows that are trained on, or those held back for validation. */
export type Part = 'training' | 'validation';

/** What runs the numbers of a training. `fit` decides; a trainer computes. */
export interface Trainer {
  trainEpoch(request: EpochRequest): Promise<EpochOutcome>;
  /** Null where `shouldStop`, which is asked again and again, ends it before the last row. */
  evaluate(part: Part, rows: Int32Array, shouldStop?: () => boolean): Promise<Logs | null>;
  snapshot(): Snapshot;
  restore(snapshot: Snapshot): void;
  /** Brings the present weights into the model. */
  updateModel(): void;
  dispose(): void;
}
