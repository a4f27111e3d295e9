/** At most one yes in so many milliseconds. */
export class Throttle {
  private readonly milliseconds: number;
  private last = -Infinity;

  constructor(milliseconds: number) {
    this.milliseconds = milliseconds;
  }

  isDue(): boolean {
    const now = performance.now();
    if (now - this.last < this.milliseconds) return false;
    this.last = now;
    return true;
  }
}
