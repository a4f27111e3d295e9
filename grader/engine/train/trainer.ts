/** Mean loss and metrics over the examples of one pass; `loss`, `accuracy`, `mae`, `mse`. */
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
  /** Called after each step; an answer of true ends the epoch there. */
  readonly afterStep: (step: number, logs: Logs) => boolean;
}

export interface EpochOutcome {
  readonly logs: Logs;
  readonly learningRate: number;
  /** Steps that were run; fewer than asked when `afterStep` ended it or the loss left the numbers. */
  readonly steps: number;
  readonly wasStopped: boolean;
}

/** What runs the numbers of a training. `fit` decides; a trainer computes. */
export interface Trainer {
  trainEpoch(request: EpochRequest): Promise<EpochOutcome>;
  evaluate(part: 'training' | 'validation', rows: Int32Array): Promise<Logs>;
  snapshot(): Snapshot;
  restore(snapshot: Snapshot): void;
  dispose(): void;
}
