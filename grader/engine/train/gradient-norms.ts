import type { GradientNorm } from '../../contract.ts';

/** Often enough to see gradients grow, and a step that is measured takes up to a tenth longer. */
const every = 10;

/** Whether the gradients of a step, counted from 0 within its epoch, are measured. */
export function isMeasured(step: number): boolean {
  return step % every === 0;
}

/** The same of several steps in a row: 1 for those that are measured. */
export function measuredSteps(first: number, count: number): Uint8Array {
  return Uint8Array.from({ length: count }, (_, index) => Number(isMeasured(first + index)));
}

/** Of the measured steps of an epoch, from each one's squared norm over all weights. */
export class GradientNorms {
  private readonly norms: number[] = [];

  add(squared: number): void {
    this.norms.push(Math.sqrt(squared));
  }

  /** The mean and the largest; 0 where no step was measured. */
  summary(): GradientNorm {
    const { norms } = this;
    const sum = norms.reduce((total, norm) => total + norm, 0);
    return { mean: sum / Math.max(1, norms.length), largest: Math.max(0, ...norms) };
  }
}
