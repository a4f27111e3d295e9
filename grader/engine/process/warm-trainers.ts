import { startTrainer, type TrainerProcess, type TrainerSetting } from '../start.ts';

/**
 * Trainers that load TensorFlow before their job is known. Each takes one job; one that got none
 * serves the next grading. Whoever makes this ends it.
 */
export class WarmTrainers {
  private readonly waiting: { readonly key: string; readonly trainer: TrainerProcess }[] = [];
  private hasEnded = false;
  private readonly toCome: () => number;

  /** `toCome` tells how many gradings have not begun yet. */
  constructor(toCome: () => number = () => 0) {
    this.toCome = toCome;
  }

  /** A trainer of this setting that waits already, or a new one. */
  take(setting: TrainerSetting): TrainerProcess {
    const key = JSON.stringify(setting);
    const index = this.waiting.findIndex((each) => each.key === key && each.trainer.isAlive());
    return this.waiting.splice(index, index < 0 ? 0 : 1)[0]?.trainer ?? startTrainer(setting);
  }

  /** Starts the trainer of the next grading, if there is to be one and none waits for it. */
  prepareNext(setting: TrainerSetting): void {
    if (this.waiting.length < this.toCome()) this.giveBack(setting, startTrainer(setting));
  }

  /** For a trainer that was taken and got no job: it serves a later grading, if there is to be one. */
  giveBack(setting: TrainerSetting, trainer: TrainerProcess): void {
    if (this.hasEnded || this.waiting.length >= this.toCome()) trainer.end();
    else this.waiting.push({ key: JSON.stringify(setting), trainer });
  }

  /** Ends those that wait, and whatever is given back later. */
  end(): void {
    this.hasEnded = true;
    for (const { trainer } of this.waiting.splice(0)) trainer.end();
  }
}
