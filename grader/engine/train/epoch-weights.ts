import type { Snapshot, Trainer } from './trainer.ts';

interface Kept {
  readonly epoch: number;
  readonly snapshot: Snapshot;
}

/** The weights of the epochs that may be graded: kept by a callback, best so far, last whole one. */
export class EpochWeights {
  private readonly trainer: Trainer;
  private kept: Kept | null = null;
  private best: Kept | null = null;
  private last: Kept | null = null;

  constructor(trainer: Trainer) {
    this.trainer = trainer;
  }

  /** Takes the model's present weights under each of the given roles. */
  take(epoch: number, roles: readonly ('kept' | 'best' | 'last')[]): void {
    for (const role of roles) {
      this[role]?.snapshot.dispose();
      this[role] = { epoch, snapshot: this.trainer.snapshot() };
    }
  }

  /** Puts back the first that exists of these roles; answers its epoch, or 0 when none exists. */
  restore(roles: readonly ('kept' | 'best' | 'last')[]): number {
    for (const role of roles) {
      const found = this[role];
      if (!found) continue;
      this.trainer.restore(found.snapshot);
      return found.epoch;
    }
    return 0;
  }

  dispose(): void {
    for (const each of [this.kept, this.best, this.last]) each?.snapshot.dispose();
  }
}
