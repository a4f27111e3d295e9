import type { Snapshot, Trainer } from './trainer.ts';

interface Kept {
  readonly epoch: number;
  readonly snapshot: Snapshot;
}

type Role = 'kept' | 'best' | 'last';

/** The weights of the epochs that may be graded: kept by a callback, best so far, last whole one. */
export class EpochWeights {
  private readonly trainer: Trainer;
  private kept: Kept | null = null;
  private best: Kept | null = null;
  private last: Kept | null = null;

  constructor(trainer: Trainer) {
    this.trainer = trainer;
  }

  /** Takes the model's present weights, those after this epoch, under each of the given roles. */
  take(epoch: number, roles: readonly Role[]): void {
    const present = this.all().find((kept) => kept.epoch === epoch);
    const taken = present ?? { epoch, snapshot: this.trainer.snapshot() };
    for (const role of roles) {
      const before = this[role];
      this[role] = taken;
      if (before && !this.all().includes(before)) before.snapshot.dispose();
    }
  }

  /** Puts back the first that exists of these roles; answers its epoch, or 0 when none exists. */
  restore(roles: readonly Role[]): number {
    for (const role of roles) {
      const found = this[role];
      if (!found) continue;
      this.trainer.restore(found.snapshot);
      return found.epoch;
    }
    return 0;
  }

  dispose(): void {
    for (const { snapshot } of new Set(this.all())) snapshot.dispose();
  }

  private all(): Kept[] {
    return [this.kept, this.best, this.last].filter((kept) => kept !== null);
  }
}
