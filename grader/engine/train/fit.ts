import type { EpochRecord, FitOptions, StoppedBy } from '../../contract.ts';
import { deriveSeed } from '../../random.ts';
import { seedPurposes } from './seed-purposes.ts';
import { BatchOrder } from './batch-order.ts';
import { activateAll, isImprovement, type EpochControls } from './callbacks.ts';
import { EpochWeights } from './epoch-weights.ts';
import { Pace } from './pace.ts';
import type { RowSplit } from './split-rows.ts';
import type { Logs, Part, Trainer } from './trainer.ts';

interface FitJob {
  readonly trainer: Trainer;
  readonly fit: FitOptions;
  readonly rows: RowSplit;
  readonly seed: number;
  /** `performance.now()` at which training must end. */
  readonly deadline: number;
  readonly isInterrupted: () => boolean;
  readonly onBatch: (state: { epoch: number; step: number; steps: number; logs: Logs }) => void;
  readonly onValidation: (epoch: number) => void;
  readonly onEpoch: (record: EpochRecord) => void;
}

export interface FitResult {
  readonly history: readonly EpochRecord[];
  readonly stoppedBy: StoppedBy;
  /** The epoch whose weights the model now has; 0 when no epoch was finished. */
  readonly gradedEpoch: number;
  /** Steps run in the epoch that was cut short, or in the last one. */
  readonly lastStep: number;
  /** The learning rate of that step. */
  readonly lastRate: number;
  /** Whether that epoch lacks the validation only. */
  readonly lacksValidation: boolean;
}

/**
 * Keras's `fit`: epochs of shuffled batches, validation, callbacks. Afterwards the model has the
 * weights that a callback kept, else those of the last epoch. A training that is cut short (time,
 * interrupt, a value that is not finite) ends with the kept weights or those of a whole epoch: the
 * last when it was interrupted, else the best by validation loss. An epoch without the validation that
 * is due after it does not count.
 */
export async function fit(job: FitJob): Promise<FitResult> {
  const run = new FitRun(job);
  try {
    for (let epoch = 1; epoch <= job.fit.epochs && !run.stoppedBy; epoch++) await run.epoch(epoch);
    return run.finish();
  } finally {
    run.dispose();
  }
}

class FitRun {
  stoppedBy: StoppedBy | null = null;
  private readonly job: FitJob;
  private readonly weights: EpochWeights;
  private readonly order: BatchOrder;
  private readonly callbacks;
  private readonly reductions: { factor: number; minimum: number }[] = [];
  private readonly history: EpochRecord[] = [];
  private bestLoss: number | null = null;
  private lastStep = 0;
  private lastRate = 0;
  private lacksValidation = false;
  private readonly pace;

  constructor(job: FitJob) {
    this.job = job;
    this.pace = { training: new Pace(job.deadline), validation: new Pace(job.deadline) };
    this.weights = new EpochWeights(job.trainer);
    this.order = new BatchOrder(
      job.rows.training,
      job.fit,
      deriveSeed(job.seed, seedPurposes.shuffle),
    );
    this.callbacks = activateAll(job.fit.callbacks);
  }

  async epoch(epoch: number): Promise<void> {
    const { job } = this;
    const started = performance.now();
    // The time can be over here after an epoch only: the first step is always tried.
    if (epoch > 1 && !this.pace.training.hasTime()) this.stoppedBy = 'time-limit';
    if (this.stoppedBy) return;
    this.pace.training.start();
    const outcome = await job.trainer.trainEpoch({
      batches: this.order.epoch(),
      learningRate: (own) => this.learningRate(epoch, own),
      afterStep: (step, logs) => {
        job.onBatch({ epoch, step, steps: this.order.steps, logs });
        return this.isOver('training');
      },
    });
    this.lastStep = outcome.steps;
    this.lastRate = outcome.learningRate;
    const isWhole = outcome.steps === this.order.steps && isFinite(outcome.logs);
    // A metric can leave the numbers where the loss does not: its square overflows first.
    if (outcome.wasStopped || !isFinite(outcome.logs)) {
      this.stoppedBy = this.whyStopped(outcome.logs);
    }
    const validated = isWhole ? await this.validate(epoch) : null;
    this.lacksValidation = isWhole && !validated;
    if (!validated) return;
    const logs = { ...outcome.logs, ...validated };
    const seconds = (performance.now() - started) / 1000;
    const { learningRate, gradientNorm } = outcome;
    const record = { epoch, seconds, learningRate, gradientNorm, logs };
    this.history.push(record);
    this.endEpoch(epoch, logs);
    job.onEpoch(record);
  }

  finish(): FitResult {
    const stoppedBy = this.stoppedBy ?? 'epochs';
    const isCut = ['time-limit', 'interrupted', 'not-finite'].includes(stoppedBy);
    // The update after a finite loss may have ruined the last epoch's weights already.
    const fallback = stoppedBy === 'interrupted' ? 'last' : 'best';
    const restored = this.weights.restore(isCut ? ['kept', fallback, 'last'] : ['kept']);
    this.job.trainer.updateModel();
    const gradedEpoch = restored || (this.history.at(-1)?.epoch ?? 0);
    const { history, lastStep, lastRate, lacksValidation } = this;
    return { history, stoppedBy, gradedEpoch, lastStep, lastRate, lacksValidation };
  }

  dispose(): void {
    this.weights.dispose();
  }

  private endEpoch(epoch: number, logs: Logs): void {
    const monitored = this.stoppedBy ? NaN : (logs['val_loss'] ?? logs['loss'] ?? NaN);
    const isBest = isImprovement(monitored, this.bestLoss, { monitor: 'loss', mode: 'min' });
    if (isBest) this.bestLoss = monitored;
    this.weights.take(epoch, isBest ? ['last', 'best'] : ['last']);
    const controls: EpochControls = {
      stop: (reason) => (this.stoppedBy ??= reason),
      keep: () => this.weights.take(epoch, ['kept']),
      multiplyLearningRate: (factor, minimum) => this.reductions.push({ factor, minimum }),
    };
    this.callbacks.onEpochEnd(epoch, logs, controls);
  }

  private learningRate(epoch: number, own: number): number {
    const scheduler = this.job.fit.callbacks.find(
      (callback) => callback.class_name === 'LearningRateScheduler',
    );
    // Keras's scheduler sets the rate at every epoch's start, over what a plateau has made of it.
    const planned = scheduler?.config.values[epoch - 1];
    if (planned !== undefined) return planned;
    return this.reductions.reduce(
      (rate, { factor, minimum }) => (rate > minimum ? Math.max(rate * factor, minimum) : rate),
      own,
    );
  }

  /** To be asked after each call into TensorFlow. */
  private isOver(part: Part): boolean {
    const isLate = this.pace[part].isLate();
    return this.job.isInterrupted() || isLate;
  }

  private whyStopped(logs: Logs): StoppedBy {
    if (!isFinite(logs)) return 'not-finite';
    return this.job.isInterrupted() ? 'interrupted' : 'time-limit';
  }

  /** Null where it is due and was not done. */
  private async validate(epoch: number): Promise<Logs | null> {
    const isDue = epoch % this.job.fit.validation_freq === 0;
    const { part, rows } = this.job.rows.validation;
    if (!isDue || rows.length === 0) return {};
    if (this.stoppedBy) return null;
    if (!this.pace.validation.hasTime()) this.stoppedBy = 'time-limit';
    if (this.stoppedBy) return null;
    this.job.onValidation(epoch);
    this.pace.validation.start();
    const logs = await this.job.trainer.evaluate(part, rows, () => this.isOver('validation'));
    if (!logs) this.stoppedBy = this.whyStopped({});
    if (!logs) return null;
    return Object.fromEntries(Object.entries(logs).map(([name, value]) => [`val_${name}`, value]));
  }
}

function isFinite(logs: Logs): boolean {
  return Object.values(logs).every(Number.isFinite);
}
