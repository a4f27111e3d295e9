/**
 * Whether another call into TensorFlow, which cannot be cut short, would end before a deadline, as far
 * as the last one tells.
 */
export class Pace {
  private readonly deadline: number;
  private began = 0;
  private took = 0;

  constructor(deadline: number) {
    this.deadline = deadline;
  }

  /** To be told before the first of several calls. */
  start(): void {
    this.began = performance.now();
  }

  /** To be asked after each call. */
  isLate(): boolean {
    const now = performance.now();
    this.took = now - this.began;
    this.began = now;
    return !this.hasTime();
  }

  hasTime(): boolean {
    return performance.now() + this.took <= this.deadline;
  }
}
